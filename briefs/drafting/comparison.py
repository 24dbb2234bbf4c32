"""Two texts of one section beside each other, prompt by prompt and word by word: what a reviewer
reads, and what a restore would change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Protocol

from briefs.document.compare import (
    Change,
    ChangeKind,
    ComparedParagraph,
    compare,
    has_changes,
    paragraphs,
)
from briefs.document.language import direction_of
from briefs.document.words import count_words

# Unchanged text up to this many words stays in sight: it says where a change stands.
CONTEXT_WORDS = 40
LINE_BREAK_MARK = "¶"


class Asked(Protocol):
    """What a text is compared under: a prompt as it is asked now, or as an edition has it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring lines that all changed, or that all stayed. `number` counts the section's
    changes from 1, and is 0 where nothing changed. `direction` is as the `dir` of HTML has it:
    numbers and marks without a letter run as the rest of the text does."""

    runs: tuple[Change, ...]
    number: int
    words: int
    paragraphs: int
    direction: str = "auto"

    @property
    def is_folded(self) -> bool:
        return not self.number and self.words > CONTEXT_WORDS


@dataclass(frozen=True, slots=True)
class ComparedPrompt:
    """One prompt of both texts."""

    question: Asked
    passages: tuple[Passage, ...]

    @property
    def has_changes(self) -> bool:
        return any(passage.number for passage in self.passages)


@dataclass(frozen=True)
class Comparison:
    """The whole section, in the order in which its prompts are asked."""

    prompts: tuple[ComparedPrompt, ...]

    @cached_property
    def changes(self) -> int:
        """How many passages changed."""
        return sum(bool(passage.number) for passage in self._passages())

    @cached_property
    def words_added(self) -> int:
        return self._words(ChangeKind.INSERT)

    @cached_property
    def words_removed(self) -> int:
        return self._words(ChangeKind.DELETE)

    @property
    def changed_prompts(self) -> list[ComparedPrompt]:
        return [prompt for prompt in self.prompts if prompt.has_changes]

    def _passages(self) -> Iterator[Passage]:
        for prompt in self.prompts:
            yield from prompt.passages

    def _words(self, kind: ChangeKind) -> int:
        return sum(
            count_words(run.text)
            for passage in self._passages()
            for run in passage.runs
            if run.kind is kind
        )


def compare_texts(
    questions: Iterable[Asked], old: Mapping[str, str], new: Mapping[str, str]
) -> Comparison:
    """What changed from one text of a section to another, both normalised and by prompt key."""
    prompts: list[ComparedPrompt] = []
    changes = 0
    for question in questions:
        before, after = old.get(question.key, ""), new.get(question.key, "")
        around = direction_of(after) or direction_of(before) or "auto"
        passages = tuple(_passages(compare(before, after), changes, around))
        changes += sum(bool(passage.number) for passage in passages)
        prompts.append(ComparedPrompt(question, passages))
    return Comparison(tuple(prompts))


def _passages(changes: list[Change], number: int, around: str) -> Iterator[Passage]:
    blocks = _blocks(paragraphs(changes))
    for is_changed, group in groupby(blocks, key=has_changes):
        if is_changed:
            for runs in group:
                number += 1
                yield _passage(runs, number, 1, around)
        else:
            same = list(group)
            yield _passage([run for runs in same for run in runs], 0, len(same), around)


def _blocks(lines: list[ComparedParagraph]) -> Iterator[list[Change]]:
    """Lines that a reader takes for one thing: those of a paragraph, and neighbouring items of a
    list, as long as they all changed or all stayed."""
    block: list[Change] = []
    was_changed = False
    for line in lines:
        if block and (line.is_changed != was_changed or block[-1].text.endswith("\n\n")):
            yield block
            block = []
        block = [*block, *line.runs]
        was_changed = line.is_changed
    if block:
        yield block


def _passage(runs: list[Change], number: int, blocks: int, around: str) -> Passage:
    shown = [_shown(run) for run in runs]
    shown[-1] = replace(shown[-1], text=shown[-1].text.rstrip("\n"))
    text = "".join(run.text for run in runs)
    words = 0 if number else count_words(text)
    return Passage(tuple(shown), number, words, blocks, direction_of(text) or around)


def _shown(run: Change) -> Change:
    """A line break that came or went would be invisible by itself."""
    if run.kind is ChangeKind.EQUAL or run.text.strip() or "\n" not in run.text:
        return run
    return replace(run, text=f"{LINE_BREAK_MARK}\n")
