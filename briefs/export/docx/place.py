"""Where blocks and words stand, which decides how they are set."""

from dataclasses import dataclass, replace

from briefs.document.language import Direction
from briefs.document.word_marks import LIST_STEP, QUOTE_STEP
from briefs.export.docx.markup import Properties, paragraph_properties, value
from briefs.export.docx.tracking import Fate, Tracking

BODY, NOTE, CELL = "BodyText", "FootnoteText", "TableText"


@dataclass(frozen=True, slots=True)
class Place:
    """`style` is that of plain paragraphs there, `width` in twips what they would have without
    lists (`depth` of them) and quotes around, of which `is_in_quote` says that a quote is the
    innermost, and `direction` the one of text without letters. `is_end` is whether no item follows
    of the lists around."""

    width: int
    direction: Direction
    style: str = BODY
    depth: int = 0
    quotes: int = 0
    is_in_quote: bool = False
    fate: Fate = Fate.SAME
    is_end: bool = True

    @property
    def indent(self) -> int:
        return self.depth * LIST_STEP + self.quotes * QUOTE_STEP

    @property
    def room(self) -> int:
        """The width of a line, in twips."""
        return max(self.width - self.indent, LIST_STEP)

    @property
    def paragraph_style(self) -> str:
        if self.style != BODY:
            return self.style
        return "Quote" if self.is_in_quote else "ListContinue" if self.depth else BODY

    def list_style(self, *, is_bullet: bool) -> str:
        """Word has five styles for either kind of list."""
        if self.style != BODY:
            return self.style
        name = "ListBullet" if is_bullet else "ListNumber"
        return f"{name}{min(self.depth, 4) + 1}" if self.depth else name

    def in_list(self, *, is_last: bool = False) -> "Place":
        is_end = self.is_end and is_last
        return replace(self, depth=self.depth + 1, is_in_quote=False, is_end=is_end)

    def in_quote(self) -> "Place":
        return replace(self, quotes=self.quotes + 1, is_in_quote=True)

    def as_(self, fate: Fate) -> "Place":
        return replace(self, fate=fate)

    def line(self, direction: Direction) -> "Line":
        return Line(direction, self.room, self.fate)


@dataclass(frozen=True, slots=True)
class Line:
    """Where words stand: the direction of their paragraph, the room for a picture in twips, and the
    marks around. `is_read` is whether a reader's quote may stand there."""

    direction: Direction
    room: int
    fate: Fate = Fate.SAME
    marks: frozenset[str] = frozenset()
    is_read: bool = True

    def marked(self, mark: str) -> "Line":
        return replace(self, marks=self.marks | {mark})

    def as_(self, fate: Fate) -> "Line":
        return replace(self, fate=fate)

    def unread(self) -> "Line":
        return replace(self, is_read=False)


def paragraph(
    runs: str,
    style: str,
    direction: Direction,
    properties: Properties | None = None,
    mark: str = "",
) -> str:
    """A paragraph of runs. `mark` is what `Tracking.mark()` gives for its end."""
    own = dict(properties or {})
    own["pStyle"] = value(style)
    if direction == "rtl":
        own["bidi"] = ""
    if mark:
        own["rPr"] = mark
    return f"<w:p>{paragraph_properties(own)}{runs}</w:p>"


def paragraph_at(
    place: Place,
    tracking: Tracking,
    runs: str,
    direction: Direction,
    properties: Properties | None = None,
    *,
    style: str = "",
) -> str:
    """A paragraph among blocks, as far in as its lists and quotes ask."""
    own = dict(properties or {})
    if place.indent:
        own.setdefault("ind", f'w:left="{place.indent}"')
    return paragraph(
        runs, style or place.paragraph_style, direction, own, tracking.mark(place.fate)
    )
