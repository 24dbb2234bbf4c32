"""Tables: columns as wide as their words ask, and a head that comes again on every page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefs.document.blocks import Alignment, Inline, Table
from briefs.document.language import Direction, direction_of
from briefs.document.words import words_in
from briefs.export.across import is_across
from briefs.export.docx.across import laid_across
from briefs.export.docx.markup import element, value
from briefs.export.docx.place import BODY, CELL, Place, paragraph
from briefs.export.docx.tracking import Fate, Tracking

if TYPE_CHECKING:
    from briefs.export.docx.text import Setting

MOST_COLUMNS = 60
"""Word opens no table of more than 63 columns. What is wider goes on in a table below."""

MOST_COMFORTABLE = 10  # columns; in a table of more, letters and the room around them are tiny
_PADDING, _TINY_PADDING = 220, 60  # twips, both sides of a cell together
_CHARACTER, _TINY_CHARACTER = 100, 60  # twips, about as wide as one is at 9 points, and at 5.5
_LONGEST_WORD = 18  # characters of a word that a column is made wide enough for
_MOST_WORDS = 400  # characters of a cell beyond which a column gets no wider
_LOW_LINES = 20
_HEAD = "TableHeading"
_TINY_MARGINS = (
    f'<w:tblCellMar><w:left w:w="{_TINY_PADDING // 2}" w:type="dxa"/>'
    f'<w:right w:w="{_TINY_PADDING // 2}" w:type="dxa"/></w:tblCellMar>'
)

Rows = Sequence[list[list[Inline]]]


@dataclass(frozen=True, slots=True)
class Layout:
    """`place` is that of the table, `widths` of its columns in twips, `style` that of the words of
    its rows: the more columns, the smaller."""

    place: Place
    widths: list[int]
    alignments: Sequence[Alignment]
    direction: Direction
    is_small: bool
    is_tiny: bool = False

    @classmethod
    def of(cls, alignments: Sequence[Alignment], rows: Rows, place: Place) -> "Layout":
        words = [[_words(cell) for cell in row] for row in rows]
        direction = direction_of(" ".join(map(" ".join, words))) or place.direction
        is_tiny = len(alignments) > MOST_COMFORTABLE
        widths = widths_of(words, place.room, is_tiny=is_tiny)
        is_small = len(alignments) > 5
        return cls(place, widths, alignments, direction, is_small=is_small, is_tiny=is_tiny)

    def is_low(self, row: list[list[Inline]]) -> bool:
        """Whether a row is so low that it may be kept on one page."""
        rooms = [max(width / _CHARACTER, 1) for width in self.widths]
        return all(
            len(_words(cell)) < room * _LOW_LINES for cell, room in zip(row, rooms, strict=True)
        )

    def cell_place(self, column: int, fate: Fate, *, is_head: bool) -> Place:
        padding = _TINY_PADDING if self.is_tiny else _PADDING
        width = max(self.widths[column] - padding, 60)
        size = "Tiny" if self.is_tiny else "Small" if self.is_small else ""
        style = f"{_HEAD if is_head else CELL}{size}"
        return Place(width, self.direction, style, fate=fate)


def table(setting: "Setting", block: Table, place: Place) -> str:
    """All of a table, in as many pieces as its columns ask. One that came or went stays upright:
    pages can't turn by a change that is still to be accepted."""
    is_alone = place.style == BODY and not place.indent and place.fate is Fate.SAME
    if is_alone and is_across(block):
        there = replace(place, width=setting.sheet.across.text_width)
        return laid_across(_pieces(setting, block, there))
    return _pieces(setting, block, place)


def _pieces(setting: "Setting", block: Table, place: Place) -> str:
    found = ""
    for start in range(0, len(block["head"]), MOST_COLUMNS):
        columns = slice(start, start + MOST_COLUMNS)
        rows = [row[columns] for row in (block["head"], *block["rows"])]
        layout = Layout.of(block["alignments"][columns], rows, place)
        set_rows = (
            row_of_words(setting, row, layout, place.fate, is_head=number == 0)
            for number, row in enumerate(rows)
        )
        found += framed("".join(set_rows), layout, setting.sheet.tracking)
    return found


def row_of_words(
    setting: "Setting", row: list[list[Inline]], layout: Layout, fate: Fate, *, is_head: bool
) -> str:
    cells = []
    for column, inlines in enumerate(row):
        place = layout.cell_place(column, fate, is_head=is_head)
        direction = direction_of(_words(inlines)) or layout.direction
        runs = setting.inlines.write(inlines, place.line(direction))
        cells.append(cell(runs, direction, layout, column, place, setting.sheet.tracking))
    is_low = layout.is_low(row)
    return row_of(cells, fate, setting.sheet.tracking, is_head=is_head, is_low=is_low)


def cell(
    runs: str, direction: Direction, layout: Layout, column: int, place: Place, tracking: Tracking
) -> str:
    side = layout.alignments[column]
    properties = {"jc": value(jc(side, direction))} if side else {}
    inside = paragraph(runs, place.style, direction, properties, tracking.mark(place.fate))
    width = f'<w:tcW w:w="{layout.widths[column]}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}</w:tcPr>{inside}</w:tc>"


def row_of(
    cells: Iterable[str], fate: Fate, tracking: Tracking, *, is_head: bool, is_low: bool = True
) -> str:
    """A row, which stays on one page when it `is_low`; a head that is comes again on every page."""
    kept = "<w:cantSplit/>" if is_low else ""
    repeated = "<w:tblHeader/>" if is_head and is_low else ""
    about = f"{kept}{repeated}{tracking.mark(fate)}"
    if not about:
        return f"<w:tr>{''.join(cells)}</w:tr>"
    return f"<w:tr>{element('trPr', about)}{''.join(cells)}</w:tr>"


def framed(rows: str, layout: Layout, tracking: Tracking, style: str = "BriefTable") -> str:
    """A table of rows, and the line of space that keeps it from the next one: Word makes one table
    of two that touch."""
    place = layout.place
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in layout.widths)
    about = (
        f'<w:tblStyle w:val="{style}"/>'
        + ("<w:bidiVisual/>" if layout.direction == "rtl" else "")
        + f'<w:tblW w:w="{sum(layout.widths)}" w:type="dxa"/>'
        + (f'<w:tblInd w:w="{place.indent}" w:type="dxa"/>' if place.indent else "")
        + '<w:tblLayout w:type="fixed"/>'
        + (_TINY_MARGINS if layout.is_tiny else "")
        + '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        + 'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    space = paragraph("", "TableSpace", layout.direction, mark=tracking.mark(place.fate))
    return f"<w:tbl><w:tblPr>{about}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{space}"


def jc(side: str, direction: Direction) -> str:
    """A side of the page as Word names it: in paragraphs from right to left it means the other
    one by "left"."""
    if direction == "rtl":
        return {"left": "right", "right": "left"}.get(side, side)
    return side


def widths_of(words: Sequence[Sequence[str]], room: int, *, is_tiny: bool = False) -> list[int]:
    """How wide columns of these cells are within `room`, in twips: each at least as its longest
    word while there is room, and the more the longer its texts are."""
    letter = _TINY_CHARACTER if is_tiny else _CHARACTER
    padding = _TINY_PADDING if is_tiny else _PADDING
    least, wanted = [], []
    for column in zip(*words, strict=True):
        longest = max((len(word) for cell in column for word in cell.split()), default=1)
        least.append(min(longest, _LONGEST_WORD) * letter + padding)
        lengths = [min(len(cell), _MOST_WORDS) for cell in column]
        wanted.append(max(*lengths, 1) ** 0.5 * sum(lengths, 1) ** 0.25)
    spare = room - sum(least)
    if spare < 0:
        scaled = [room * one // sum(least) for one in least]
    else:
        scaled = [
            one + int(spare * share / sum(wanted)) for one, share in zip(least, wanted, strict=True)
        ]
    scaled[-1] += room - sum(scaled)
    return scaled


def _words(inlines: list[Inline]) -> str:
    return words_in([{"kind": "paragraph", "inlines": inlines}])
