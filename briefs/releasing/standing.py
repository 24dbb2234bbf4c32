"""What an edition of a brief would hold if it were released now: which text of each section, and
why not all of it is clear.

A section is clear while its newest revision has every sign-off. What somebody types just now is in
no revision, so it neither holds a release up nor comes into it. Of a section that isn't clear, the
text that was last approved is released; where none ever was, only the heading, or, when a manager
says so, the newest revision. Either takes a reason, which is printed.
"""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from briefs.document.plain import to_plain
from briefs.document.tree import Document, PartNode, SectionNode, TextState
from briefs.models import Brief, Section, SignOff
from briefs.reading import read_document

State = Section.State


@dataclass(frozen=True, slots=True)
class SectionStanding:
    """One section as it would be released: `node` holds its approved text, or none."""

    pk: int
    node: SectionNode
    is_clear: bool
    newest: int
    is_in_review: bool

    @property
    def may_go_unapproved(self) -> bool:
        """Whether there is a text, but none that was ever approved."""
        return not self.is_clear and self.node.clearance is None and self.newest > 0

    @property
    def why_not(self) -> str:
        """Why it isn't clear, and which text goes out; blank when it is."""
        if self.is_clear:
            return ""
        return f"{self._state()} {self._taken()}"

    def _state(self) -> str:
        if not self.newest:
            return _("Nothing is written here yet.")
        if self.is_in_review:
            return _("Revision %(newest)s is in review.") % {"newest": self.newest}
        return _("Revision %(newest)s is not approved.") % {"newest": self.newest}

    def _taken(self) -> str:
        if self.node.clearance:
            return _("The approved text of revision %(revision)s is released.") % {
                "revision": self.node.revision
            }
        return _("Only its heading is released.")


@dataclass(frozen=True)
class Standing:
    """`number` is that of the next edition; `document` is the approved text, as it would be
    released with every section clear."""

    number: int
    document: Document
    sections: tuple[SectionStanding, ...]
    loose: int

    @property
    def unclear(self) -> list[SectionStanding]:
        return [section for section in self.sections if not section.is_clear]

    @property
    def clear(self) -> list[SectionStanding]:
        return [section for section in self.sections if section.is_clear]

    @cached_property
    def seen(self) -> str:
        """A hash of what would be released and why it is clear or not: a form names the one that it
        showed. How it is printed is no part of it."""
        shown = [
            self.number,
            to_plain(self.document),
            [[section.node.key, section.is_clear, section.newest] for section in self.sections],
        ]
        return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def clear_sections(brief: Brief) -> set[str]:
    """The keys of the sections whose newest revision has every sign-off."""
    clearing = SignOff.objects.filter(
        section=OuterRef("pk"), content_hash=OuterRef("content_hash"), clears_section=True
    )
    return set(brief.sections.filter(Exists(clearing)).values_list("key", flat=True))


def read_standing(brief: Brief) -> Standing:
    """In a constant number of queries."""
    rows = {row["key"]: row for row in brief.sections.values("pk", "key", "version", "status")}
    clear = clear_sections(brief)
    whole = read_document(brief, TextState.APPROVED)
    document = as_released(whole)
    last = brief.editions.order_by("-number").values_list("number", flat=True).first() or 0
    sections = tuple(
        SectionStanding(
            pk=rows[node.key]["pk"],
            node=node,
            is_clear=node.key in clear,
            newest=rows[node.key]["version"],
            is_in_review=rows[node.key]["status"] == Section.Status.IN_REVIEW,
        )
        for node in document.sections
    )
    return Standing(last + 1, document, sections, len(whole.loose))


def as_released(document: Document) -> Document:
    """Without what is true of the drafting beside it, and so moves on while the text stays: texts
    without a place, and how far a section is."""
    return replace(document, loose=(), parts=tuple(_part(part) for part in document.parts))


def _part(part: PartNode) -> PartNode:
    sections = tuple(replace(node, status=_status(node).value) for node in part.sections)
    return replace(part, sections=sections)


def _status(node: SectionNode) -> Section.State:
    if node.clearance:
        return State.APPROVED
    return State.EMPTY if node.is_empty else State.DRAFTING
