"""The blocks of a Word file in the order in which they are read, before they are Markdown."""

from dataclasses import dataclass

from briefs.document.blocks import Alignment
from briefs.importing.docx.inlines import Inline
from briefs.importing.docx.numbering import Item


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 0 for a title, else from 1; `number` is that of a chapter, None for none."""

    level: int
    inlines: list[Inline]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    inlines: list[Inline]


@dataclass(frozen=True, slots=True)
class Quote:
    """A paragraph that is quoted."""

    inlines: list[Inline]


@dataclass(frozen=True, slots=True)
class Code:
    """A paragraph of code; `is_inside` says that it stands further in, as within a list."""

    inlines: list[Inline]
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a list."""

    item: Item
    inlines: list[Inline]


@dataclass(frozen=True, slots=True)
class Continued:
    """A further paragraph of the item before it."""

    inlines: list[Inline]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head. Rows may be of different lengths. `sides` has for
    each column of the longest where its words stand."""

    rows: list[list[list[Inline]]]
    sides: list[Alignment]


Paragraph = Heading | Text | Quote | Code | Point | Continued
Block = Paragraph | Table
