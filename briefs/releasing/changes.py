"""What changed from one edition of a brief to another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import translation

from briefs.document.language import language_of, list_of
from briefs.document.translation import gettext as _
from briefs.document.translation import ngettext
from briefs.document.tree import AnswerNode, Document, SectionNode
from briefs.drafting.comparison import Comparison, compare_texts

MOST_LINES = 45  # what a page takes


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that isn't the same in both; `node` is as it is in the later edition that has
    it."""

    node: SectionNode
    comparison: Comparison
    is_new: bool
    is_gone: bool

    @property
    def anchor(self) -> str:
        return self.node.key.replace("/", "-")

    @property
    def heading(self) -> str:
        return self.node.name

    @property
    def amount(self) -> str:
        """How much came and went, in words of the language that is active."""
        added, removed = self.comparison.words_added, self.comparison.words_removed
        parts = []
        if added:
            parts.append(
                ngettext("%(count)s word added", "%(count)s words added", added) % {"count": added}
            )
        if removed:
            parts.append(
                ngettext("%(count)s word removed", "%(count)s words removed", removed)
                % {"count": removed}
            )
        if self.is_new:
            parts.insert(0, _("new section"))
        if self.is_gone:
            parts.insert(0, _("no longer there"))
        language = language_of(translation.get_language() or "en")
        return list_of(parts, language) or _("the same words, set anew")


def compare_editions(old: Document, new: Document) -> list[SectionChange]:
    """The sections that changed, in the order of the newer edition; what is gone comes last."""
    before = {node.key: node for node in old.sections}
    changes = [_change(before.pop(node.key, None), node) for node in new.sections]
    gone = [_change(node, None) for node in before.values()]
    return [change for change in (*changes, *gone) if change]


def with_changes(old: Document, new: Document) -> Document:
    """The newer edition with a page of what changed since the older one."""
    with translation.override(language_of(new.language).locale):
        return replace(new, changes=tuple(_lines(old, new)))


def _change(old: SectionNode | None, new: SectionNode | None) -> SectionChange | None:
    node = new or old
    assert node is not None
    before, after = _texts(old), _texts(new)
    if before == after and old and new:
        return None
    comparison = compare_texts(_asked(old, new), before, after)
    return SectionChange(node, comparison, is_new=old is None, is_gone=new is None)


def _texts(node: SectionNode | None) -> dict[str, str]:
    return {answer.key: answer.text for answer in node.answers if answer.text} if node else {}


def _asked(old: SectionNode | None, new: SectionNode | None) -> list[AnswerNode]:
    """The prompts of both, as the later edition has them."""
    asked = {answer.key: answer for node in (new, old) if node for answer in reversed(node.answers)}
    order = [answer.key for node in (new, old) if node for answer in node.answers]
    return [asked[key] for key in dict.fromkeys(order)]


def _lines(old: Document, new: Document) -> Iterator[str]:
    assert old.edition is not None
    changes = compare_editions(old, new)
    told = {"number": old.edition.number}
    if not changes:
        yield _("Since edition %(number)s no text has changed.") % told
        return
    yield ngettext(
        "Since edition %(number)s, the text of %(count)s section has changed.",
        "Since edition %(number)s, the text of %(count)s sections has changed.",
        len(changes),
    ) % (told | {"count": len(changes)})
    for change in changes[:MOST_LINES]:
        yield _("%(section)s: %(amount)s.") % {"section": change.heading, "amount": change.amount}
    more = max(0, len(changes) - MOST_LINES)
    if more:
        yield ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more}
