"""The blocks of an answer as paragraphs and tables."""

from collections.abc import Iterable
from dataclasses import replace

from briefs.document.blocks import Block, Code, Inline, List, Paragraph, Quote
from briefs.document.language import Direction, direction_of
from briefs.document.word_marks import LIST_STEP, TYPED_STEP, mark_of_code, says_language
from briefs.document.words import words_in
from briefs.export.docx.anchors import Anchors
from briefs.export.docx.inlines import Inlines
from briefs.export.docx.looks import CODE_GROUND
from briefs.export.docx.markup import element, run, value
from briefs.export.docx.numbering import BULLET, HIGHEST_START, LEVELS
from briefs.export.docx.package import Relations
from briefs.export.docx.place import NOTE, Line, Place, paragraph_at
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.tables import table
from briefs.export.docx.tracking import Fate

_AFTER_LIST = 'w:after="140"'
_RULE = '<w:bottom w:val="single" w:sz="4" w:space="1" w:color="BFBFBF"/>'


class Setting:
    """Sets the blocks of one answer, or of one of its notes."""

    def __init__(
        self,
        sheet: Sheet,
        anchors: Anchors | None = None,
        relations: Relations | None = None,
        numbers: dict[tuple[bool, int], int] | None = None,
    ) -> None:
        self.sheet = sheet
        self.is_note = relations is not None
        self.numbers = {} if numbers is None else numbers
        self.inlines = Inlines(
            sheet,
            sheet.relations if relations is None else relations,
            anchors or Anchors(),
            None if self.is_note else self.note,
            self.numbers,
        )

    def blocks(self, blocks: Iterable[Block], place: Place) -> str:
        return "".join(self.block(block, place) for block in blocks)

    def block(self, block: Block, place: Place) -> str:
        match block["kind"]:
            case "paragraph":
                return self.paragraph(block, place)
            case "bullet_list" | "ordered_list":
                return self.items(block, place)
            case "quote":
                return self.quote(block, place)
            case "code":
                return self.code(block, place)
            case "table":
                return table(self, block, place)
            case "rule":
                side = place.room * 3 // 8
                far = f'w:left="{place.indent + side}" w:right="{side}"'
                properties = {"pBdr": _RULE, "ind": far}
                return paragraph_at(place, self.sheet.tracking, "", place.direction, properties)

    def paragraph(self, block: Paragraph, place: Place) -> str:
        direction = self.direction(block["inlines"], place)
        runs = self.inlines.write(block["inlines"], place.line(direction))
        # A picture alone in its paragraph stands in the middle.
        is_picture = not place.indent and _is_picture(block["inlines"])
        properties = {"jc": value("center")} if is_picture else {}
        return paragraph_at(place, self.sheet.tracking, runs, direction, properties)

    def direction(self, inlines: list[Inline], place: Place) -> Direction:
        words = words_in([{"kind": "paragraph", "inlines": inlines}])
        return direction_of(words) or place.direction

    def quote(self, block: Quote, place: Place) -> str:
        return self.blocks(block["blocks"], place.in_quote())

    def code(self, block: Code, place: Place) -> str:
        """Code has its own order, whatever stands in it: from left to right."""
        runs = self.inlines.text(block["text"], place.line("ltr").marked("code"))
        if says_language(block["language"]):
            identity = next(self.sheet.identities)
            name = mark_of_code(block["language"], identity)
            begin = f'<w:bookmarkStart w:id="{identity}" w:name="{name}"/>'
            runs = f'{begin}{runs}<w:bookmarkEnd w:id="{identity}"/>'
        is_in_note = place.style == NOTE
        style, properties = (NOTE, {"shd": CODE_GROUND}) if is_in_note else ("Code", {})
        return paragraph_at(place, self.sheet.tracking, runs, "ltr", properties, style=style)

    def items(self, block: List, place: Place) -> str:
        count = self.count_of(block, place)
        last = len(block["items"]) - 1
        found = ""
        for number, item in enumerate(block["items"]):
            head = self.head(block, place, count, number, is_last=number == last)
            found += self.item(item, place, head)
        return found

    def count_of(self, block: List, place: Place) -> int | None:
        """What counts a list; None for one that Word can't count so far."""
        if block["kind"] == "bullet_list":
            return BULLET
        start = block.get("start", 1)
        if start + len(block["items"]) > HIGHEST_START:
            return None
        return self.sheet.numbering.ordered(place.depth, start)

    def head(
        self, block: List, place: Place, count: int | None, number: int, *, is_last: bool
    ) -> "ItemHead":
        is_bullet = block["kind"] == "bullet_list"
        style = place.list_style(is_bullet=is_bullet)
        properties: dict[str, str] = {}
        left = place.indent + LIST_STEP
        if count is None:
            properties["numPr"] = element("numId", value(0))
            typed = f"{block.get('start', 1) + number}."
            left = place.indent + TYPED_STEP
            properties["ind"] = f'w:left="{left}" w:hanging="{TYPED_STEP}"'
        else:
            typed = ""
            level = element("ilvl", value(min(place.depth, LEVELS - 1)))
            properties["numPr"] = level + element("numId", value(count))
            if place.quotes or place.depth >= LEVELS:
                hanging = self.sheet.numbering.list_hanging(is_bullet=is_bullet)
                properties["ind"] = f'w:left="{left}" w:hanging="{hanging}"'
        if not block["tight"]:
            properties["spacing"] = _AFTER_LIST
        return ItemHead(style, properties, typed, is_last=is_last)

    def item(self, item: list[Block], place: Place, head: "ItemHead") -> str:
        """An item, whose first paragraph carries the mark. One that doesn't begin with a paragraph
        has the mark on a line of its own."""
        inlines, rest = first_paragraph(item)
        direction = self.direction(inlines, place)
        line = place.in_list().line(direction)
        runs = self.inlines.write(inlines, line)
        inside = place.in_list(is_last=head.is_last)
        first = self.item_head(place, head, runs, line, is_all=not rest)
        return first + self.blocks(rest, inside)

    def item_head(
        self, place: Place, head: "ItemHead", runs: str, line: Line, *, is_all: bool
    ) -> str:
        """The paragraph with the mark. The room below a list is that of its last paragraph."""
        if is_all and head.is_last and place.is_end:
            head.properties["spacing"] = _AFTER_LIST
        if head.typed:
            typed = run(f'<w:t xml:space="preserve">{head.typed}</w:t><w:tab/>')
            runs = self.sheet.tracking.around(typed, place.fate) + runs
        flat = replace(place, depth=0, quotes=0)
        return paragraph_at(
            flat, self.sheet.tracking, runs, line.direction, head.properties, style=head.style
        )

    def note(self, blocks: list[Block], fate: Fate) -> str:
        """What stands in a footnote, with the notes to which it refers behind it."""
        direction = self.sheet.language.direction
        place = Place(self.sheet.text_width, direction, NOTE, fate=fate)
        inside = Setting(self.sheet, None, self.sheet.notes.relations, self.numbers)
        mark = run("<w:footnoteRef/>", {"rStyle": value("FootnoteReference")})
        found = inside.led(mark + run('<w:t xml:space="preserve"> </w:t>'), blocks, place)
        waiting = inside.inlines.waiting
        while waiting:
            further, further_blocks = waiting.pop(0)
            named = run(f'<w:t xml:space="preserve">[{further}] </w:t>')
            lead = self.sheet.tracking.around(named, fate)
            found += inside.led(lead, further_blocks, place)
        return found

    def led(self, lead: str, blocks: list[Block], place: Place) -> str:
        """Blocks whose first paragraph begins with a mark of its own."""
        inlines, rest = first_paragraph(blocks)
        direction = self.direction(inlines, place)
        runs = lead + self.inlines.write(inlines, place.line(direction))
        return paragraph_at(place, self.sheet.tracking, runs, direction) + self.blocks(rest, place)


class ItemHead:
    """How the first paragraph of an item is set; `typed` is its number as text, blank where Word
    counts."""

    __slots__ = ("is_last", "properties", "style", "typed")

    def __init__(
        self, style: str, properties: dict[str, str], typed: str, *, is_last: bool
    ) -> None:
        self.is_last = is_last
        self.style = style
        self.properties = properties
        self.typed = typed


def _is_picture(inlines: list[Inline]) -> bool:
    return len(inlines) == 1 and not isinstance(inlines[0], str) and inlines[0]["kind"] == "image"


def first_paragraph(blocks: list[Block]) -> tuple[list[Inline], list[Block]]:
    """The words of the paragraph with which blocks begin, none when they don't, and the rest."""
    if blocks and blocks[0]["kind"] == "paragraph":
        return blocks[0]["inlines"], blocks[1:]
    return [], blocks
