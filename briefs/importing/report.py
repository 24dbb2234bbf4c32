"""What reading a file found: where each line went, and what was odd about it. Nothing is stored."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from briefs.document.look import Look
from briefs.document.tree import LooseKind
from briefs.drafting.picture_file import Encoded


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
    UNKNOWN_KEY = "unknown_key"
    LEFT_BEHIND = "left_behind"
    PICTURE = "picture"
    NOT_KNOWN = "not_known"

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
    OddityKind.UNKNOWN_KEY: _("Unknown key"),
    OddityKind.LEFT_BEHIND: _("Left behind"),
    OddityKind.PICTURE: _("Picture"),
    OddityKind.NOT_KNOWN: _("Not known"),
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
    it, None when it came first; `is_first` then puts it before the part's other sections, where it
    was, and not behind them. `brief_key` is the key that it should have in the brief, if that is
    free; blank, it gets one from its title.
    """

    key: str
    title: str
    part: str
    after: str | None
    text: str
    line: int
    is_first: bool = False
    brief_key: str = ""


@dataclass(frozen=True, slots=True)
class FoundLoose:
    """Text that goes into no answer. `section` is a section's key, None for the whole brief.

    `line` is None for what had no place in a file when the brief was exported. `origin` names the
    section and the prompt under which it stood, blank where that is told by `section`.
    """

    kind: LooseKind
    section: str | None
    text: str
    line: int | None
    origin: str = ""


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

    `found` are the template's sections whose heading was there, in the file's order; `pictures`
    are those that the texts name, ready to be kept. A null `look` is a file that says nothing of
    how it is printed.
    """

    header: Header
    answers: tuple[FoundAnswer, ...]
    own_sections: tuple[OwnSection, ...]
    loose: tuple[FoundLoose, ...]
    oddities: tuple[Oddity, ...]
    fates: tuple[Fate | None, ...]
    found: tuple[str, ...] = field(default=())
    pictures: tuple[Encoded, ...] = ()
    look: Look | None = None

    def counts(self) -> dict[str, int]:
        """Lines by fate, blank ones left out."""
        counted = Counter(fate for fate in self.fates if fate)
        return {fate.value: counted[fate] for fate in Fate}
