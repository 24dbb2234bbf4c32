"""Blocks of a Word file as the lines of a Markdown text."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from briefs.document.blocks import Alignment
from briefs.importing.docx.blocks import Block, Code, Heading, Point, Rule, Table, Text
from briefs.importing.docx.code import code_lines
from briefs.importing.docx.containers import Containers
from briefs.importing.docx.escaping import escape_cell, escape_heading, escape_line
from briefs.importing.docx.inline_markdown import inline_markdown
from briefs.importing.docx.inlines import (
    InLine,
    Inline,
    LineBreak,
    Marks,
    NoteMark,
    Shown,
    Words,
    has_words,
    lines_of,
)
from briefs.importing.docx.losses import Loss
from briefs.importing.docx.refusals import too_large
from briefs.importing.docx.tables import words_of
from briefs.importing.source import MAX_BYTES

ALL_MARKS = Marks.BOLD | Marks.ITALIC | Marks.STRIKE | Marks.CODE
DEEPEST = 6
HARD_BREAK = "  "
RULE = "***"
NOTE_INDENT = "    "
_LEFT_TO_RIGHT_MARK = "\u200e"  # which our own files have on either side of a title

_DELIMITERS: dict[Alignment, str] = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}

Notes = Callable[[NoteMark], list[Block]]


class _Bare(NamedTuple):
    """The line of an item's sign that has nothing behind it yet; `is_parted` says that the blank
    line before it is there for that alone."""

    at: int
    is_parted: bool


@dataclass(slots=True)
class Writer:
    """Writes one text. `notes` gives a note's blocks, none for a note that isn't there."""

    notes: Notes
    losses: Counter[Loss]
    has_title: bool = False
    containers: Containers = field(default_factory=Containers)
    lines: list[str] = field(default_factory=list)
    labels: dict[NoteMark, str] = field(default_factory=dict)
    _blocks_of: dict[NoteMark, list[Block]] = field(default_factory=dict)
    _waiting: list[NoteMark] = field(default_factory=list)
    _last: Block | None = None
    _bare: _Bare | None = None

    def write(self, blocks: Iterable[Block]) -> str:
        """All of it; a note stands below the outermost block that first refers to it."""
        for each in blocks:
            self._write(each)
        self._write_notes()
        return "\n".join(self.lines).strip("\n") + "\n"

    def _write(self, block: Block) -> None:
        kept = self._kept(block)
        bare = self._bare if self._is_within_last(block, kept) else None
        if not kept:
            self._write_notes()
        if not kept or (bare is None and self._is_parted(block, kept)):
            self._blank(kept)
        is_for_sign = isinstance(block, Point) and self._is_parted_for_sign(block, kept)
        match block:
            case Heading():
                self.containers = Containers(self.containers.is_exact)
                self._heading(block)
            case Point():
                where = self.containers.around(block.item, block.quotes)
                marker = self.containers.marker(block.item, where, is_loose=block.is_loose)
                self._text(block.inlines, *marker)
            case _:
                self._within(block, self.containers.enter(block.where))
        self._last = block
        self._bare = self._joined(bare, block, is_for_sign=is_for_sign)

    def _joined(self, bare: _Bare | None, block: Block, *, is_for_sign: bool) -> _Bare | None:
        """Puts what begins an item behind its sign, if that stands alone; gives the sign of the
        block that does now."""
        is_bare = isinstance(block, Point) and not block.inlines
        if bare is None:
            return _Bare(len(self.lines) - 1, is_for_sign) if is_bare else None
        sign, first = self.lines[bare.at] + " ", self.lines[bare.at + 1]
        joined = sign + first[len(sign) :]
        if is_bare and joined.replace(" ", "").endswith("---"):
            # Three signs alone would be a rule.
            return _Bare(bare.at + 1, is_parted=False)
        self.lines[bare.at : bare.at + 2] = [joined]
        if bare.is_parted and not is_bare:
            del self.lines[bare.at - 1]
        return bare if is_bare else None

    def _is_within_last(self, block: Block, kept: int) -> bool:
        """Whether a block stands within the innermost of what is open, and isn't the next item."""
        is_next = isinstance(block, Point) and self._is_next(block, kept)
        return kept == len(self.containers.opened) > 0 and not is_next

    def _is_next(self, point: Point, kept: int) -> bool:
        """Whether an item is the next one of a list that is open."""
        where = self.containers.around(point.item, point.quotes)
        return self.containers.has_list_of(where, kept)

    def _within(self, block: Text | Code | Rule | Table, signs: str) -> None:
        """A block whose lines all begin with these signs."""
        match block:
            case Table():
                self.lines += (f"{signs}{row}" for row in self._table(block))
            case Code():
                self.lines += code_lines(block, signs)
            case Rule():
                self.lines.append(f"{signs}{RULE}")
            case Text():
                self._text(block.inlines, signs, signs)

    def _kept(self, block: Block) -> int:
        """How many of the lists and quotes that are open go on around a block."""
        if isinstance(block, Heading):
            return 0
        if isinstance(block, Point):
            where = self.containers.around(block.item, block.quotes)
            return self.containers.kept(where, is_item=True)
        return self.containers.kept(block.where)

    def _is_parted(self, block: Block, kept: int) -> bool:
        """Whether a blank line parts a block from the one before, within what is around both."""
        last = self._last
        if isinstance(block, Point):
            return self._is_point_parted(block, kept)
        # A blank line in an item makes its list another one: there it stands only where it must.
        if not self.containers.is_exact or not self.containers.is_list(kept):
            return True
        is_below_deeper = kept < len(self.containers.opened)
        match block:
            case Table():
                return is_below_deeper or isinstance(last, Table)
            case Text(where=where) if where.quotes <= self.containers.quotes(kept):
                return is_below_deeper or not isinstance(last, Code | Rule)
            case _:
                return False

    def _is_point_parted(self, point: Point, kept: int) -> bool:
        if self._is_next(point, kept):
            return self.containers.is_parted(point.item, kept)
        is_quoted = self.containers.quotes(kept) < point.quotes
        if is_quoted and self.containers.is_exact:
            return not self.containers.is_list(kept)
        # Neither a number other than 1 nor a sign alone begins a list right below a line of text.
        is_other = point.item.number not in (None, 1)
        return is_quoted or is_other or self._is_parted_for_sign(point, kept)

    def _is_parted_for_sign(self, point: Point, kept: int) -> bool:
        """Whether the sign of an item, if it stays alone, needs a blank line before it."""
        is_first = kept > 0 and not self._is_next(point, kept)
        return is_first and not point.inlines and point.item.number in (None, 1)

    def _blank(self, kept: int = 0) -> None:
        """A blank line within so many lists and quotes."""
        signs = self.containers.signs(kept).rstrip()
        if self.lines and self.lines[-1] not in ("", signs):
            self.lines.append(signs)

    def _heading(self, heading: Heading) -> None:
        level = min(heading.level + self.has_title, DEEPEST) if heading.level else 1
        words = [each for each in heading.inlines if not isinstance(each, NoteMark | Shown)]
        text = escape_heading(
            self._line(_on_one_line(words), Marks.STRIKE).strip(_LEFT_TO_RIGHT_MARK)
        )
        if text:
            number = "" if heading.number is None else f"{heading.number}. "
            self.lines.append(f"{'#' * level} {number}{text}")
        for mark in heading.inlines:
            if isinstance(mark, Shown):
                self._blank()
                self._text([mark], "", "")
            elif isinstance(mark, NoteMark) and self._known(mark):
                self.losses[Loss.NOTE] += 1
                for each in self._blocks_of[mark]:
                    self._write(each)

    def _text(self, inlines: list[Inline], first: str, later: str) -> None:
        lines = [
            escape_line(text)
            for line in lines_of(self._with_notes(inlines))
            if (text := self._line(line, ALL_MARKS))
        ]
        for at, line in enumerate(lines):
            end = HARD_BREAK if at + 1 < len(lines) else ""
            self.lines.append(f"{later if at else first}{line}{end}")
        if not lines and first != later:
            self.lines.append(first.rstrip())

    def _table(self, table: Table) -> Iterator[str]:
        rows = table.rows
        width = max(map(len, rows))
        # A cell takes three bytes at least.
        if width * len(rows) * 3 > MAX_BYTES:
            raise too_large()
        for at, row in enumerate(rows):
            is_plain = at or self.containers.is_exact
            kept = ALL_MARKS if is_plain else ALL_MARKS & ~Marks.BOLD
            cells = [
                escape_cell(self._line(_on_one_line(self._with_notes(cell)), kept)) for cell in row
            ]
            cells += [""] * (width - len(cells))
            yield f"| {' | '.join(cells)} |"
            if at == 0:
                yield f"| {' | '.join(_DELIMITERS[side] for side in table.sides)} |"

    def _line(self, line: list[InLine], kept: Marks) -> str:
        if not has_words(line):
            return ""
        written = inline_markdown(line, self.labels, kept)
        self.losses[Loss.MARKS] += not written.is_whole
        return written.text

    def _with_notes(self, inlines: list[Inline]) -> list[Inline]:
        """The inlines with a label for each note, and without those that lead to none."""
        kept: list[Inline] = []
        for each in inlines:
            if isinstance(each, NoteMark):
                if not self._known(each):
                    continue
                if each not in self.labels:
                    self.labels[each] = str(len(self.labels) + 1)
                    self._waiting.append(each)
            kept.append(each)
        return kept

    def _known(self, mark: NoteMark) -> bool:
        if mark not in self._blocks_of:
            self._blocks_of[mark] = self.notes(mark)
        return bool(self._blocks_of[mark])

    def _write_notes(self) -> None:
        waiting, self._waiting = self._waiting, []
        for mark in waiting:
            self._blank()
            self.lines += self._definition(mark)

    def _definition(self, mark: NoteMark) -> Iterator[str]:
        containers = Containers(self.containers.is_exact)
        writer = Writer(lambda _mark: [], self.losses, containers=containers)
        blocks = self._blocks_of[mark]
        if isinstance(blocks[0], Text) or self.containers.is_exact:
            text = writer.write(blocks)
        else:
            text = writer.write(Text(words_of(each)) for each in blocks)
        first, *later = text.rstrip("\n").split("\n")
        yield f"[^{self.labels[mark]}]: {first}"
        for line in later:
            yield f"{NOTE_INDENT}{line}" if line else ""


def _on_one_line(inlines: Sequence[Inline]) -> list[InLine]:
    return [Words(" ") if isinstance(each, LineBreak) else each for each in inlines]
