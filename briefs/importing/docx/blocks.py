"""The blocks of a Word file in the order in which they are read, before they are Markdown."""

from dataclasses import dataclass

from briefs.document.blocks import Alignment
from briefs.importing.docx.inlines import Inline
from briefs.importing.docx.numbering import Item
from briefs.importing.docx.where import NOWHERE, Where


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
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Code:
    """A paragraph of code; its language is blank where nothing says it."""

    inlines: list[Inline]
    where: Where = NOWHERE
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from side to side."""

    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a list, with so many quotes around. `is_loose` says that there is room below it
    that asks for a blank line before the next one."""

    item: Item
    inlines: list[Inline]
    quotes: int = 0
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head. Rows may be of different lengths. `sides` has for
    each column of the longest where its words stand."""

    rows: list[list[list[Inline]]]
    sides: list[Alignment]
    where: Where = NOWHERE


Paragraph = Heading | Text | Code | Point
Block = Paragraph | Table | Rule
