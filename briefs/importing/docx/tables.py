"""Tables of Word: a cell is one line, merged cells are divided, and mere frames are taken off."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from briefs.importing.docx.blocks import Block, Heading, Point, Rule, Table
from briefs.importing.docx.elements import Element
from briefs.importing.docx.inlines import Inline, LineBreak, Words, has_words
from briefs.importing.docx.losses import Loss
from briefs.importing.docx.pictures import alternatives
from briefs.importing.docx.places import Places
from briefs.importing.docx.refusals import too_large
from briefs.importing.docx.sides import UNSAID, Side, side_of, sides_of

WIDEST = 63
"""Columns of a table in Word."""
MOST_CELLS = 500_000

Reader = Callable[[list[Element]], Iterator[Block]]
_ROWS_AROUND = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "mc:AlternateContent"})


class _Cell(NamedTuple):
    """A cell of so many columns; one that goes on with that above has no blocks."""

    blocks: list[Block]
    span: int
    side: Side


def table_blocks(
    table: Element, read: Reader, losses: Counter[Loss], places: Places
) -> Iterator[Block]:
    """The table as one block, or what it frames. `read` gives the blocks of a cell."""
    rows = [
        [_cell(cell, read, losses) for cell in _parts(row, "w:tc")]
        for row in _parts(table, "w:tr")
        if not _is_deleted(row, losses)
    ]
    cells = [cell.blocks for row in rows for cell in row]
    is_single = len(cells) == 1 and places.frames_text
    if is_single or any(isinstance(each, Heading) for blocks in cells for each in blocks):
        losses[Loss.LAYOUT] += 1
        for blocks in cells:
            yield from blocks
        return
    lines: list[list[list[Inline]]] = []
    sides: list[list[tuple[Side, bool]]] = []
    count = 0
    for row in filter(None, rows):
        columns = _columns(row, losses)
        lines.append([words for words, _side in columns])
        sides.append([(side, has_words(words)) for words, side in columns])
        count += len(columns)
        if count > MOST_CELLS:
            raise too_large()
    if any(has_words(cell) for row in lines for cell in row):
        yield Table(lines, sides_of(sides), places.table(table.child("w:tblPr")))


def _parts(around: Element, name: str) -> Iterator[Element]:
    """The rows or cells of an element, through whatever stands around them."""
    for each in alternatives(around):
        if each.name == name:
            yield each
        elif each.name in _ROWS_AROUND:
            yield from _parts(each, name)


def _is_deleted(row: Element, losses: Counter[Loss]) -> bool:
    properties = row.child("w:trPr")
    is_deleted = properties is not None and properties.child("w:del") is not None
    losses[Loss.DELETED] += is_deleted
    return is_deleted


def _cell(cell: Element, read: Reader, losses: Counter[Loss]) -> _Cell:
    properties = cell.child("w:tcPr")
    blocks = list(read(cell.children))
    if properties is None:
        return _Cell(blocks, 1, side_of(cell))
    said = properties.value("w:gridSpan") or "1"
    span = min(int(said[:4]), WIDEST) if said.isascii() and said.isdecimal() else 1
    merged = properties.value("w:vMerge")
    losses[Loss.MERGED] += span > 1 or merged == "restart"
    if properties.child("w:cellDel"):
        losses[Loss.DELETED] += 1
        blocks = []
    return _Cell(blocks, max(span, 1), side_of(cell))


def _columns(row: list[_Cell], losses: Counter[Loss]) -> list[tuple[list[Inline], Side]]:
    """The words of a row by its columns; those after the first of a wide cell have none."""
    columns: list[tuple[list[Inline], Side]] = []
    for cell in row:
        columns.append((_line(cell.blocks, losses), cell.side))
        columns += [([], UNSAID) for _column in range(1, cell.span) if len(columns) < WIDEST]
    return columns


def _line(blocks: list[Block], losses: Counter[Loss]) -> list[Inline]:
    """The blocks of a cell as one line, with the signs of its lists."""
    line: list[Inline] = []
    blocks = [each for each in blocks if not isinstance(each, Rule)]
    for each in blocks:
        losses[Loss.NESTED] += isinstance(each, Table)
        line += [Words(" "), *_words(each)]
    is_divided = len(blocks) > 1 or any(isinstance(each, LineBreak) for each in line)
    losses[Loss.CELL] += is_divided
    return [Words(" ") if isinstance(each, LineBreak) else each for each in line[1:]]


def words_of(block: Block) -> list[Inline]:
    """What a block says on one line."""
    match block:
        case Rule():
            return []
        case Table():
            cells = [cell for row in block.rows for cell in row if has_words(cell)]
            return [each for cell in cells for each in (*cell, Words(" "))][:-1]
        case _:
            return block.inlines


def _words(block: Block) -> list[Inline]:
    if isinstance(block, Point):
        number = block.item.number
        return [Words("• " if number is None else f"{number}. "), *block.inlines]
    return words_of(block)
