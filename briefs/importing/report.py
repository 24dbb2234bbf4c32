"""What reading a file found: where each line went, and what was odd about it. Nothing is stored."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from briefs.document.tree import LooseKind


class Fate(StrEnum):
    """What became of a line that isn't blank. A label with text behind it is of the answer."""

    ANSWER = "answer"
    STRUCTURE = "structure"
    SET_ASIDE = "set_aside"
    PARKED = "parked"


class OddityKind(StrEnum):
    """What can be odd about a file; the sentence of an oddity says what was done."""

    FRONT_MATTER = "front_matter"
    TITLE = "title"
    GUIDANCE = "guidance"
    AUTHORS_NOTE = "authors_note"
    BOLD_HEADING = "bold_heading"
    PLAIN_HEADING = "plain_heading"
    TYPED_NUMBER = "typed_number"
    HEADING_LEVEL = "heading_level"
    HEADING_IN_ANSWER = "heading_in_answer"
    RENAMED = "renamed"
    OUT_OF_ORDER = "out_of_order"
    ASKED_TWICE = "asked_twice"
    OWN_SECTION = "own_section"
    UNKNOWN_LABEL = "unknown_label"
    NO_PLACE = "no_place"
    INDENTED_LIST = "indented_list"
    OPEN_FENCE = "open_fence"
    NOTE_MOVED = "note_moved"
    OTHER_TEMPLATE = "other_template"

    @property
    def label(self) -> str:
        """The kind in a few words."""
        return str(_LABELS[self])


_LABELS = {
    OddityKind.FRONT_MATTER: _("Front matter"),
    OddityKind.TITLE: _("Title"),
    OddityKind.GUIDANCE: _("Guidance in the text"),
    OddityKind.AUTHORS_NOTE: _("Author's note"),
    OddityKind.BOLD_HEADING: _("Bold line as heading"),
    OddityKind.PLAIN_HEADING: _("Plain line as heading"),
    OddityKind.TYPED_NUMBER: _("Typed number"),
    OddityKind.HEADING_LEVEL: _("Level of a heading"),
    OddityKind.HEADING_IN_ANSWER: _("Heading within an answer"),
    OddityKind.RENAMED: _("Another name"),
    OddityKind.OUT_OF_ORDER: _("Out of order"),
    OddityKind.ASKED_TWICE: _("Asked twice"),
    OddityKind.OWN_SECTION: _("Unknown section"),
    OddityKind.UNKNOWN_LABEL: _("Unknown label"),
    OddityKind.NO_PLACE: _("No place"),
    OddityKind.INDENTED_LIST: _("Indented list"),
    OddityKind.OPEN_FENCE: _("Code without an end"),
    OddityKind.NOTE_MOVED: _("Footnote"),
    OddityKind.OTHER_TEMPLATE: _("Another template"),
}


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing worth knowing about a line, counted from 1."""

    line: int
    kind: OddityKind
    sentence: str


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """The text for one prompt of the template, normalised; `line` is its first in the source."""

    section: str
    prompt: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A headed section that the template doesn't know. `key` names it within this reading only.

    `part` is the key of the part in which it stood, `after` that of the template's section before
    it, None when it came first.
    """

    key: str
    title: str
    part: str
    after: str | None
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class FoundLoose:
    """Text that goes into no answer. `section` is a section's key, None for the whole brief."""

    kind: LooseKind
    section: str | None
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself; blank where it says nothing."""

    title: str = ""
    subject: str = ""
    country: str = ""
    language: str = ""
    reference: str = ""
    marking: str = ""
    date: dt.date | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file, read against an outline. `fates` has one entry a line, None for a blank one.

    `found` are the template's sections whose heading was there, in the file's order.
    """

    header: Header
    answers: tuple[FoundAnswer, ...]
    own_sections: tuple[OwnSection, ...]
    loose: tuple[FoundLoose, ...]
    oddities: tuple[Oddity, ...]
    fates: tuple[Fate | None, ...]
    found: tuple[str, ...] = field(default=())

    def counts(self) -> dict[str, int]:
        """Lines by fate, blank ones left out."""
        counted = Counter(fate for fate in self.fates if fate)
        return {fate.value: counted[fate] for fate in Fate}
