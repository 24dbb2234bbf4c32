"""Blocks of a Word file as the lines of a Markdown text."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefs.document.blocks import Alignment
from briefs.importing.docx.blocks import Block, Code, Continued, Heading, Point, Quote, Table, Text
from briefs.importing.docx.code import code_lines
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
from briefs.importing.docx.lists import Lists
from briefs.importing.docx.losses import Loss
from briefs.importing.docx.refusals import too_large
from briefs.importing.docx.tables import words_of_table
from briefs.importing.source import MAX_BYTES

ALL_MARKS = Marks.BOLD | Marks.ITALIC | Marks.STRIKE | Marks.CODE
DEEPEST = 6
HARD_BREAK = "  "
NOTE_INDENT = "    "

_DELIMITERS: dict[Alignment, str] = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}

Notes = Callable[[NoteMark], list[Block]]


@dataclass(slots=True)
class Writer:
    """Writes one text. `notes` gives a note's blocks, none for a note that isn't there."""

    notes: Notes
    losses: Counter[Loss]
    has_title: bool = False
    lines: list[str] = field(default_factory=list)
    labels: dict[NoteMark, str] = field(default_factory=dict)
    _blocks_of: dict[NoteMark, list[Block]] = field(default_factory=dict)
    _waiting: list[NoteMark] = field(default_factory=list)
    _lists: Lists = field(default_factory=Lists)
    _last: type | None = None

    def write(self, blocks: Iterable[Block]) -> str:
        """All of it; a note stands below the paragraph, list or table that first refers to it."""
        for each in blocks:
            self._part_from(each)
            self._write(each)
            self._last = type(each)
        self._write_notes()
        return "\n".join(self.lines).strip("\n") + "\n"

    def _part_from(self, block: Block) -> None:
        """A blank line between two blocks, but for the items of a list."""
        is_inside = isinstance(block, Continued) or (isinstance(block, Code) and block.is_inside)
        if self._lists.opened and (is_inside or isinstance(block, Point)):
            if is_inside:
                self._blank()
            return
        if self._last is type(block) and isinstance(block, Quote) and not self._waiting:
            self.lines.append(">")
            return
        self._write_notes()
        self._blank()
        self._lists = Lists()

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _write(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Table():
                self.lines += self._table(block)
            case Point():
                before, marker = self._lists.marker(block.item)
                self.lines += before
                self._text(block.inlines, marker, " " * len(marker))
            case Quote():
                self._text(block.inlines, "> ", "> ")
            case Continued():
                self._text(block.inlines, self._inside(), self._inside())
            case Code():
                self.lines += code_lines(block.inlines, self._inside())
            case Text():
                self._text(block.inlines, "", "")

    def _inside(self) -> str:
        """The blanks before what stands in the item of a list that is open."""
        return " " * (self._lists.opened[-1].inside if self._lists.opened else 0)

    def _heading(self, heading: Heading) -> None:
        level = min(heading.level + self.has_title, DEEPEST) if heading.level else 1
        words = [each for each in heading.inlines if not isinstance(each, NoteMark | Shown)]
        text = escape_heading(self._line(_on_one_line(words), Marks.STRIKE))
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
                    self._blank()
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

    def _table(self, table: Table) -> Iterator[str]:
        rows = table.rows
        width = max(map(len, rows))
        # A cell takes three bytes at least.
        if width * len(rows) * 3 > MAX_BYTES:
            raise too_large()
        for at, row in enumerate(rows):
            kept = ALL_MARKS if at else ALL_MARKS & ~Marks.BOLD
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
        writer = Writer(lambda _mark: [], self.losses)
        blocks = self._blocks_of[mark]
        if isinstance(blocks[0], Text):
            text = writer.write(blocks)
        else:
            text = writer.write(Text(_words(each)) for each in blocks)
        first, *later = text.rstrip("\n").split("\n")
        yield f"[^{self.labels[mark]}]: {first}"
        for line in later:
            yield f"{NOTE_INDENT}{line}" if line else ""


def _on_one_line(inlines: Sequence[Inline]) -> list[InLine]:
    return [Words(" ") if isinstance(each, LineBreak) else each for each in inlines]


def _words(block: Block) -> list[Inline]:
    return words_of_table(block) if isinstance(block, Table) else block.inlines
