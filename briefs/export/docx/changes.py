"""What changed between two texts, as changes that Word accepts or rejects: with all accepted the
file says the new text, with all rejected the old."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest
from operator import itemgetter
from typing import TypeVar

from briefs.document.blocks import Block, Inline, List, Table
from briefs.document.differences import differences, stretches
from briefs.document.matching import Piece, as_block, key_of, matched, pieces_of, row_key
from briefs.export.docx.place import Line, Place, paragraph_at
from briefs.export.docx.tables import MOST_COLUMNS, Layout, cell, framed, row_of, row_of_words
from briefs.export.docx.text import ItemHead, Setting, first_paragraph
from briefs.export.docx.tracking import Fate

T = TypeVar("T")
Row = list[list[Inline]]
Rows = list[Row]


@dataclass(frozen=True, slots=True)
class _Reference:
    """Where a note is referred to; `is_another` when not for the first time."""

    number: int
    is_another: bool


class Changes:
    """Sets two versions of one answer as one text. What moved counts as gone and come."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.tracking = setting.sheet.tracking

    def blocks(self, old: list[Block], new: list[Block], place: Place) -> str:
        return "".join(
            self.pair(before, after, place) for before, after in _paired(old, new, old, new)
        )

    def pair(self, old: Block | None, new: Block | None, place: Place) -> str:
        if old is None or new is None:
            return self.one_sided(old, new, place)
        if key_of(old) == key_of(new) and not any(self.parted([old], [new])):
            same = self.setting.block(new, place)
            self.remember(old, new)
            return same
        if old["kind"] == "paragraph" and new["kind"] == "paragraph":
            direction = self.setting.direction(new["inlines"], place)
            runs = self.runs(old["inlines"], new["inlines"], place.line(direction))
            return paragraph_at(place, self.tracking, runs, direction)
        return self.nested(old, new, place)

    def nested(self, old: Block, new: Block, place: Place) -> str:
        if old["kind"] == "quote" and new["kind"] == "quote":
            return self.blocks(old["blocks"], new["blocks"], place.in_quote())
        if old["kind"] == "table" and new["kind"] == "table" and _are_alike(old, new):
            return self.table(old, new, place)
        before, after = _as_list(old), _as_list(new)
        if before and after and _counted(before) == _counted(after):
            return self.items(before, after, place)
        return self.one_sided(old, new, place)

    def one_sided(self, old: Block | None, new: Block | None, place: Place) -> str:
        gone = self.setting.block(old, place.as_(Fate.REMOVED)) if old else ""
        return gone + (self.setting.block(new, place.as_(Fate.ADDED)) if new else "")

    def remember(self, old: object, new: object) -> None:
        """A note that stayed may have another number in the older text."""
        for before, after in zip(_notes(old), _notes(new), strict=False):
            number = self.setting.numbers.get((False, after.number))
            if number is not None:
                self.setting.numbers.setdefault((True, before.number), number)

    def parted(self, old: Iterable[object], new: Iterable[object]) -> Iterator[bool]:
        """For each pair, which reads the same in both texts, whether it refers once more to a note
        that is another one in the file for the older text: one that itself went and came."""
        stayed: dict[int, int] = {}
        numbers = self.setting.numbers
        for one, other in zip(old, new, strict=True):
            is_parted = False
            for before, after in zip(_notes(one), _notes(other), strict=False):
                if not after.is_another:
                    stayed[before.number] = after.number
                elif stayed.get(before.number) != after.number:
                    written = numbers.get((False, after.number))
                    is_parted |= written != numbers.get((True, before.number))
            yield is_parted

    def items(self, old: List, new: List, place: Place) -> str:
        count = self.setting.count_of(new, place)
        items = _paired(
            [as_block(item) for item in old["items"]],
            [as_block(item) for item in new["items"]],
            old["items"],
            new["items"],
        )
        pairs = list(items)
        found = ""
        for number, (before, after) in enumerate(pairs):
            head = self.setting.head(new, place, count, number, is_last=number == len(pairs) - 1)
            found += self.item(before, after, place, head)
        return found

    def item(
        self, old: list[Block] | None, new: list[Block] | None, place: Place, head: ItemHead
    ) -> str:
        if old is None or new is None:
            fate = Fate.ADDED if old is None else Fate.REMOVED
            return self.setting.item(new or old or [], place.as_(fate), head)
        words, rest = first_paragraph(old)
        new_words, new_rest = first_paragraph(new)
        line = place.in_list().line(self.setting.direction(new_words, place))
        runs = self.runs(words, new_words, line)
        below = self.blocks(rest, new_rest, place.in_list(is_last=head.is_last))
        is_all = not (rest or new_rest)
        return self.setting.item_head(place, head, runs, line, is_all=is_all) + below

    def table(self, old: Table, new: Table, place: Place) -> str:
        layout = Layout.of(new["alignments"], [new["head"], *new["rows"], *old["rows"]], place)
        rows = [self.row(old["head"], new["head"], layout, is_head=True)]
        rows += [
            self.row(before, after, layout, is_head=False)
            for before, after in _paired_rows(old["rows"], new["rows"])
        ]
        return framed("".join(rows), layout, self.tracking)

    def row(
        self,
        old: list[list[Inline]] | None,
        new: list[list[Inline]] | None,
        layout: Layout,
        *,
        is_head: bool,
    ) -> str:
        if old is None or new is None:
            fate = Fate.ADDED if old is None else Fate.REMOVED
            return row_of_words(self.setting, new or old or [], layout, fate, is_head=is_head)
        cells = []
        for column, (before, after) in enumerate(zip(old, new, strict=True)):
            place = layout.cell_place(column, Fate.SAME, is_head=is_head)
            direction = self.setting.direction(after, place)
            runs = self.runs(before, after, place.line(direction))
            cells.append(cell(runs, direction, layout, column, place, self.tracking))
        is_low = layout.is_low(old) and layout.is_low(new)
        return row_of(cells, Fate.SAME, self.tracking, is_head=is_head, is_low=is_low)

    def runs(self, old: list[Inline], new: list[Inline], line: Line) -> str:
        """The words of a paragraph, those that came and went among those that stayed."""
        before, after = list(pieces_of(old, ())), list(pieces_of(new, ()))
        found, at, new_at = "", 0, 0
        changes = differences([one.key for one in before], [one.key for one in after])
        for change in changes:
            same = change.start - at
            found += self.kept(before[at : change.start], after[new_at : new_at + same], line)
            new_at += same
            came = after[new_at : new_at + len(change.new)]
            found += self.pieces(before[change.start : change.end], line.as_(Fate.REMOVED))
            found += self.pieces(came, line.as_(Fate.ADDED))
            at, new_at = change.end, new_at + len(change.new)
        return found + self.kept(before[at:], after[new_at:], line)

    def kept(self, old: Sequence[Piece], new: Sequence[Piece], line: Line) -> str:
        leaves, new_leaves = [one.leaf for one in old], [one.leaf for one in new]
        parted = list(self.parted(leaves, new_leaves))
        found = ""
        for is_parted, run in groupby(zip(parted, old, new, strict=True), key=itemgetter(0)):
            _, before, after = zip(*run, strict=True)
            if is_parted:
                found += self.pieces(before, line.as_(Fate.REMOVED))
                found += self.pieces(after, line.as_(Fate.ADDED))
            else:
                found += self.pieces(after, line)
                self.remember([one.leaf for one in before], [one.leaf for one in after])
        return found

    def pieces(self, pieces: Sequence[Piece], line: Line) -> str:
        found = ""
        for marks, run in groupby(pieces, key=lambda one: one.marks):
            inside = line
            address = ""
            for kind, href in marks:
                address = self.setting.inlines.address(href) if kind == "link" else address
                if kind != "link" or address:
                    inside = inside.marked(kind)
            runs = self.setting.inlines.write(_joined(run), inside)
            found += self.setting.inlines.linked(address, runs)
        return found


def _joined(pieces: Iterable[Piece]) -> Iterator[Inline]:
    """Words side by side are one string."""
    for is_text, run in groupby(pieces, key=lambda one: isinstance(one.leaf, str)):
        leaves = [one.leaf for one in run]
        yield from ["".join(map(str, leaves))] if is_text else leaves


def _paired(
    old: list[Block], new: list[Block], old_values: Sequence[T], new_values: Sequence[T]
) -> Iterator[tuple[T | None, T | None]]:
    """What stayed or changed, with what went before it and what came, in order. Blocks are what is
    compared, values what is given."""
    match = matched(old, new)
    old_of = {at: source for source, at in match.new_of.items() if source not in match.moved}
    at = 0
    for index, value in enumerate(new_values):
        source = old_of.get(index)
        if source is None:
            yield None, value
            continue
        yield from ((gone, None) for gone in old_values[at:source])
        yield old_values[source], value
        at = source + 1
    yield from ((gone, None) for gone in old_values[at:])


def _paired_rows(old: Rows, new: Rows) -> Iterator[tuple[Row | None, Row | None]]:
    at = new_at = 0
    for change in stretches([row_key(row) for row in old], [row_key(row) for row in new]):
        yield from zip(old[at : change.start], new[new_at : change.new_start], strict=True)
        gone, came = old[change.start : change.end], new[change.new_start : change.new_end]
        yield from zip_longest(gone, came)
        at, new_at = change.end, change.new_end
    yield from zip(old[at:], new[new_at:], strict=True)


def _are_alike(old: Table, new: Table) -> bool:
    """Whether the columns of two tables are the same ones."""
    return old["alignments"] == new["alignments"] and len(new["head"]) <= MOST_COLUMNS


def _as_list(block: Block) -> List | None:
    if block["kind"] == "bullet_list" or block["kind"] == "ordered_list":
        return block
    return None


def _counted(block: List) -> tuple[str, int, bool]:
    return block["kind"], block.get("start", 1), block["tight"]


def _notes(value: object) -> Iterator[_Reference]:
    """The references to notes in blocks or words, in order."""
    if isinstance(value, dict):
        if value.get("kind") == "footnote":
            yield _Reference(value["number"], is_another=not value["blocks"])
        yield from chain.from_iterable(map(_notes, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_notes, value))
