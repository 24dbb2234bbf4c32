"""What a brief is made of, once it has left the database: one tree that every reader shares.

`briefs.reading` builds it from rows; `briefs.export` writes it out. Text is normalised Markdown
(`briefs.document.text`), parsed on demand by `briefs.document.blocks`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from briefs.document.look import Look


class TextState(StrEnum):
    """Which text a document was built from."""

    WORKING = "working"
    APPROVED = "approved"


class LooseKind(StrEnum):
    """Why a text stands outside the answers: no place was found, or it isn't meant for readers."""

    PARKED = "parked"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class AnswerNode:
    """The text under one prompt. A blank label is the section's body."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who approved exactly the text that this document holds, and when. `override` is the reason
    for which a manager, the last of them, did so without all sign-offs, blank when there were all;
    `countersigned_by` is the second person, blank while there is none."""

    revision: int
    approved_by: tuple[str, ...]
    approved_at: datetime
    override: str = ""
    countersigned_by: str = ""


@dataclass(frozen=True, slots=True)
class SectionNode:
    """One section with its answers in the outline's order; `number` is computed, blank in the
    opening.

    `revision` is the number of the revision whose text this is, None when nothing was ever
    recorded; `clearance` is None unless this very text is approved. `released_because` is the
    reason for which it is in an edition although the section wasn't clear, blank otherwise.
    The content hash names the section by `asked_as`, blank when that is its key, and the version
    `asked_since` of the template; None, in editions from before there was another, is the
    document's.
    """

    key: str
    number: str
    title: str
    status: str
    is_own: bool
    content_hash: str
    revision: int | None
    clearance: Clearance | None
    answers: tuple[AnswerNode, ...]
    released_because: str = ""
    asked_as: str = ""
    asked_since: int | None = None

    @property
    def name(self) -> str:
        """Number and title, as it is called in a sentence."""
        return f"{self.number} {self.title}".strip()

    @property
    def is_empty(self) -> bool:
        return not any(answer.text for answer in self.answers)


@dataclass(frozen=True, slots=True)
class PartNode:
    """One chapter of the outline; the opening has no number and no title."""

    key: str
    number: int | None
    title: str
    sections: tuple[SectionNode, ...]


@dataclass(frozen=True, slots=True)
class LooseNode:
    """Imported text that is in no answer; `section` is None when it belongs to the brief as a
    whole.

    `line` is its first line in the source, counted from 1; None when it came another way.
    """

    kind: LooseKind
    section: str | None
    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the cover's "at a glance" box."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class TemplateName:
    """Which outline, and which version of it, the brief is pinned to."""

    key: str
    version: int
    title: str


@dataclass(frozen=True, slots=True)
class EditionMark:
    """Which release a document is: its number, counted from 1 in each brief, and its day, which is
    the date printed."""

    number: int
    released_on: date


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A picture that a text names by its SHA-256, or the logo of the house. `content` is PNG or
    JPEG, of `width` times `height` pixels."""

    sha256: str
    mime_type: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One remark of a discussion: the first, or an answer to it."""

    author: str
    written_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Where some words of an answer stand, in the words that a reader sees, notes included (a note
    is read after its paragraph). Only letters and digits are counted: from the one numbered
    `start`, the first being 0, to before the one numbered `end`; `is_changed` when they read
    differently now."""

    start: int
    end: int
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class DiscussionNode:
    """A remark and what was answered. `answer` is the key of the answer that it is about, None for
    the section as a whole; `quote` the words that it is about, blank for all, and `passage` where
    they, or what they have become, stand: None where they are gone."""

    section: str
    answer: str | None
    quote: str
    is_resolved: bool
    replies: tuple[Reply, ...]
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole brief. `modified_at` is the newest revision's time, None for a brief never written
    in; `date` is the brief's own date when it has one, and in an edition that of its release. No
    clock is read for either. `edition` is None for what wasn't released. `changes` are printed
    behind the brief, one line each, and so are `discussions`, in the order of their sections.
    `pictures` are those that the texts name and the logo. `excerpt_of` is how many sections the
    brief has where only some are in the document, 0 where all are.
    """

    slug: str
    title: str
    subject: str
    country: str
    language: str
    reference: str
    marking: str
    date: date | None
    modified_at: datetime | None
    facts: tuple[Fact, ...]
    prepared_by: tuple[str, ...]
    template: TemplateName
    text: TextState
    parts: tuple[PartNode, ...]
    loose: tuple[LooseNode, ...]
    edition: EditionMark | None = None
    changes: tuple[str, ...] = ()
    look: Look = field(default_factory=Look)
    pictures: tuple[PictureNode, ...] = ()
    discussions: tuple[DiscussionNode, ...] = ()
    excerpt_of: int = 0

    @property
    def sections(self) -> Iterator[SectionNode]:
        """Every section, in the order of the outline."""
        for part in self.parts:
            yield from part.sections

    @property
    def is_draft(self) -> bool:
        """Working text is a draft, whatever it says."""
        return self.text is TextState.WORKING
