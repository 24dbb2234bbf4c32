"""Tables of Word: a cell is one line, merged cells are divided, and mere frames are taken off."""

from collections import Counter
from collections.abc import Callable, Iterator

from briefs.importing.docx.blocks import Block, Heading, Point, Table
from briefs.importing.docx.elements import Element
from briefs.importing.docx.inlines import Inline, LineBreak, Words, has_words
from briefs.importing.docx.losses import Loss
from briefs.importing.docx.pictures import alternatives
from briefs.importing.docx.refusals import too_large

WIDEST = 63
"""Columns of a table in Word."""
MOST_CELLS = 500_000

Reader = Callable[[list[Element]], Iterator[Block]]
_ROWS_AROUND = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "mc:AlternateContent"})


def table_blocks(table: Element, read: Reader, losses: Counter[Loss]) -> Iterator[Block]:
    """The table as one block, or what it frames. `read` gives the blocks of a cell."""
    rows = [
        [_cell(cell, read, losses) for cell in _parts(row, "w:tc")]
        for row in _parts(table, "w:tr")
        if not _is_deleted(row, losses)
    ]
    cells = [blocks for row in rows for blocks, _span in row]
    if len(cells) == 1 or any(isinstance(each, Heading) for blocks in cells for each in blocks):
        losses[Loss.LAYOUT] += 1
        for blocks in cells:
            yield from blocks
        return
    lines: list[list[list[Inline]]] = []
    count = 0
    for row in filter(None, rows):
        lines.append(_row(row, losses))
        count += len(lines[-1])
        if count > MOST_CELLS:
            raise too_large()
    if any(has_words(cell) for row in lines for cell in row):
        yield Table(lines)


def words_of_table(table: Table) -> list[Inline]:
    """All cells of a table on one line."""
    cells = [cell for row in table.rows for cell in row if has_words(cell)]
    return [each for cell in cells for each in (*cell, Words(" "))][:-1]


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


def _cell(cell: Element, read: Reader, losses: Counter[Loss]) -> tuple[list[Block], int]:
    """A cell's blocks and how many columns it takes; a cell that goes on with the one above has no
    blocks."""
    properties = cell.child("w:tcPr")
    blocks = list(read(cell.children))
    if properties is None:
        return blocks, 1
    said = properties.value("w:gridSpan") or "1"
    span = min(int(said[:4]), WIDEST) if said.isascii() and said.isdecimal() else 1
    merged = properties.value("w:vMerge")
    losses[Loss.MERGED] += span > 1 or merged == "restart"
    if properties.child("w:cellDel"):
        losses[Loss.DELETED] += 1
        blocks = []
    return blocks, max(span, 1)


def _row(row: list[tuple[list[Block], int]], losses: Counter[Loss]) -> list[list[Inline]]:
    cells: list[list[Inline]] = []
    for blocks, span in row:
        cells.append(_line(blocks, losses))
        cells += [[] for _column in range(1, span) if len(cells) < WIDEST]
    return cells


def _line(blocks: list[Block], losses: Counter[Loss]) -> list[Inline]:
    """The blocks of a cell as one line, with the signs of its lists."""
    line: list[Inline] = []
    for each in blocks:
        losses[Loss.NESTED] += isinstance(each, Table)
        line += [Words(" "), *_words(each)]
    is_divided = len(blocks) > 1 or any(isinstance(each, LineBreak) for each in line)
    losses[Loss.CELL] += is_divided
    return [Words(" ") if isinstance(each, LineBreak) else each for each in line[1:]]


def _words(block: Block) -> list[Inline]:
    if isinstance(block, Table):
        return words_of_table(block)
    if isinstance(block, Point):
        number = block.item.number
        return [Words("• " if number is None else f"{number}. "), *block.inlines]
    return block.inlines
