"""Two texts of one section compared as they will be read, prompt by prompt."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from briefs.document.drawn_changes import DrawnBlock, Fate, Labels, draw_changes
from briefs.document.pictures import Shown
from briefs.drafting.comparison import CONTEXT_WORDS, Asked

# So much of a passage is quoted by a comment on it, in characters.
MOST_QUOTED = 300


@dataclass(frozen=True, slots=True)
class DrawnPassage:
    """One block that changed, or neighbouring ones that stayed. `number` counts the section's
    changes from 1, and is 0 where nothing changed; `quote` is what a comment on it quotes."""

    fate: Fate
    html: str
    number: int
    words: int
    paragraphs: int
    quote: str
    is_upward: bool

    @property
    def is_folded(self) -> bool:
        return not self.number and self.words > CONTEXT_WORDS


@dataclass(frozen=True, slots=True)
class DrawnPrompt:
    question: Asked
    passages: tuple[DrawnPassage, ...]


@dataclass(frozen=True, slots=True)
class DrawnComparison:
    """The whole section, in the order in which its prompts are asked. `changes` counts the passages
    that changed; words that only moved neither came nor went."""

    prompts: tuple[DrawnPrompt, ...]
    changes: int
    words_added: int
    words_removed: int


def draw_texts(
    questions: Iterable[Asked],
    old: Mapping[str, str],
    new: Mapping[str, str],
    pictures: Mapping[str, Shown],
) -> DrawnComparison:
    """What changed from one text of a section to another, both normalised and by prompt key."""
    labels = Labels(_("added:"), _("removed:"), _("end of change"))
    prompts: list[DrawnPrompt] = []
    changes = added = removed = 0
    for question in questions:
        before, after = old.get(question.key, ""), new.get(question.key, "")
        drawn = draw_changes(before, after, labels, pictures)
        added += drawn.words_added
        removed += drawn.words_removed
        passages = tuple(_passages(drawn.blocks, changes))
        changes += sum(bool(passage.number) for passage in passages)
        prompts.append(DrawnPrompt(question, passages))
    return DrawnComparison(tuple(prompts), changes, added, removed)


def _passages(blocks: list[DrawnBlock], number: int) -> Iterator[DrawnPassage]:
    for is_same, group in groupby(blocks, key=lambda block: block.fate is Fate.SAME):
        if is_same:
            same = list(group)
            html = "".join(block.html for block in same)
            words = sum(block.words for block in same)
            yield DrawnPassage(Fate.SAME, html, 0, words, len(same), "", is_upward=False)
            continue
        for block in group:
            number += 1
            quote = " ".join(block.text.split())
            if len(quote) > MOST_QUOTED:
                quote = quote[:MOST_QUOTED].rpartition(" ")[0]
            yield DrawnPassage(
                block.fate, block.html, number, block.words, 1, quote, block.is_upward
            )
