"""On which page a heading probably stands.

Word counts pages only when somebody asks it to, so until then the contents show what is written
there. Setting text as Word does takes Word; this is a count of lines, near enough to find a
heading by, and `tests/briefs/export/test_docx_libreoffice.py` holds it to a real count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from math import ceil

from briefs.document.blocks import Block, Inline, List, Table
from briefs.document.pictures import sha256_of
from briefs.document.word_marks import LIST_STEP
from briefs.document.words import words_in
from briefs.export.across import is_across
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.tables import MOST_COMFORTABLE, widths_of


@dataclass(frozen=True, slots=True)
class Look:
    """Of one style, in points: the height of a line, the mean width of a character, and the space
    around its paragraphs."""

    line: float
    character: float
    before: float = 0.0
    after: float = 0.0


_BODY = Look(13.9, 4.58, after=7)
_CODE = Look(11.5, 5.0, before=3, after=8)
_NOTE = Look(10.2, 3.9, after=2)
_CELL, _TINY_CELL = Look(11.2, 4.4), Look(6.9, 2.7)
_ROUND_CELL, _ROUND_TINY_CELL = 11, 3  # beside the words of a cell, both sides together
_HEADINGS = {
    1: Look(21.0, 9.0, before=35, after=11),
    2: Look(15.5, 6.4, before=19, after=7),
    3: Look(13.0, 5.2, before=14, after=5),
}
_ENTRIES = {1: Look(12.2, 5.0, before=5.5, after=1.0), 2: Look(12.2, 4.7, before=0.5, after=0.5)}
_AFTER_ITEM = 3.0
_KEPT_BELOW = 2 * _BODY.line  # what a heading has below it on its page
_PIXEL = 0.75  # points


class Pages:
    """Follows a document down its pages, from the one after the cover on. Sizes are in points."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = sheet.text_height / 20
        self.width = sheet.text_width / 20
        self.page = 2 if sheet.document.look.has_cover else 1
        self.used = 0.0
        self.after = 0.0  # the space that the last paragraph asks for below it

    def contents(self, levels: Iterable[int]) -> None:
        """The table of contents, by the levels of its entries."""
        self.put(1, _HEADINGS[1])
        for level in levels:
            self.put(1, _ENTRIES[level])
        self.turn()

    def turn(self) -> None:
        """The next page, unless this one is empty."""
        if self.used:
            self.page += 1
            self.used = self.after = 0.0

    def heading(self, level: int, title: str) -> int:
        """Gives the page on which the heading stands."""
        look = _HEADINGS[level]
        lines = self.lines(title, self.width, look)
        self.keep(max(look.before, self.after) + lines * look.line + look.after + _KEPT_BELOW)
        page = self.page
        self.put(lines, look)
        return page

    def keep(self, height: float) -> None:
        """The next page, where this one hasn't so much room left."""
        if self.used + height > self.height:
            self.turn()

    def put(self, lines: int, look: Look) -> None:
        """Lines of one paragraph, which may go on over the page. Of the spaces between two
        paragraphs only the larger counts."""
        self.used += max(look.before, self.after) if self.used else 0
        for _line in range(lines):
            if self.used + look.line > self.height:
                self.turn()
            self.used += look.line
        self.after = look.after

    def blocks(self, blocks: Iterable[Block], width: float | None = None) -> None:
        for block in blocks:
            if width is None and block["kind"] == "table" and is_across(block):
                self.across(block)
            else:
                self.block(block, width or self.width)

    def across(self, block: Table) -> None:
        """A table on pages of its own, which lie across."""
        self.turn()
        upright = self.height, self.width
        self.height, self.width = (
            self.sheet.across.text_height / 20,
            self.sheet.across.text_width / 20,
        )
        self.table(block, self.width)
        self.turn()
        self.height, self.width = upright

    def block(self, block: Block, width: float) -> None:
        match block["kind"]:
            case "paragraph":
                self.paragraph(block["inlines"], width)
            case "bullet_list" | "ordered_list":
                self.items(block, width)
            case "quote":
                self.blocks(block["blocks"], max(width - 34, 40))
            case "code":
                self.put(self.lines(block["text"], width, _CODE), _CODE)
            case "table":
                self.table(block, width)
            case "rule":
                self.put(1, _BODY)

    def items(self, block: List, width: float) -> None:
        for item in block["items"]:
            self.blocks(item, max(width - LIST_STEP / 20, 40))
            if block["tight"]:
                self.after = _AFTER_ITEM
        self.after = max(self.after, _BODY.after)

    def paragraph(self, inlines: list[Inline], width: float) -> None:
        words = words_in([{"kind": "paragraph", "inlines": _without_notes(inlines)}])
        self.put(self.lines(words, width, _BODY), _BODY)
        self.beside(inlines)

    def beside(self, inlines: Iterable[Inline]) -> None:
        """Pictures, and the notes at the foot of the page."""
        for inline in inlines:
            if isinstance(inline, str):
                continue
            if inline["kind"] == "footnote" and inline["blocks"]:
                words = words_in(inline["blocks"])
                self.used += self.lines(words, self.width, _NOTE) * _NOTE.line + _NOTE.after
            elif inline["kind"] == "image":
                height = self.picture_height(inline["source"])
                self.keep(height)
                self.used += height

    def picture_height(self, source: str) -> float:
        picture = self.sheet.pictures.find(sha256_of(source))
        if picture is None:
            return 0
        scale = min(1, self.width / max(picture.width * _PIXEL, 1))
        return min(picture.height * _PIXEL * scale, self.height * 0.8)

    def table(self, block: Table, width: float) -> None:
        rows = [[_said(cell) for cell in row] for row in (block["head"], *block["rows"])]
        is_tiny = len(block["head"]) > MOST_COMFORTABLE
        look, padding = (_TINY_CELL, _ROUND_TINY_CELL) if is_tiny else (_CELL, _ROUND_CELL)
        widths = widths_of(rows, round(width * 20), is_tiny=is_tiny)
        self.used += self.after
        for row in rows:
            lines = (
                self.lines(cell, room / 20 - padding, look)
                for cell, room in zip(row, widths, strict=True)
            )
            height = max(lines) * look.line + 5.5
            self.keep(height)
            self.used += height
        self.after = 10
        self.beside(chain.from_iterable(chain.from_iterable([block["head"], *block["rows"]])))

    def lines(self, words: str, width: float, look: Look) -> int:
        """How many lines some words take; none takes less than one."""
        most = max(width / look.character, 1)
        return sum(max(1, ceil(len(line) / most)) for line in words.split("\n"))


def _without_notes(inlines: Iterable[Inline]) -> list[Inline]:
    return [one for one in inlines if isinstance(one, str) or one["kind"] != "footnote"]


def _said(cell: list[Inline]) -> str:
    return words_in([{"kind": "paragraph", "inlines": cell}]).replace("\n", " ")
