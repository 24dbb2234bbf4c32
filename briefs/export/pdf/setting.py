"""The blocks of one answer as the plain values that `pages/text.typ` sets."""

from collections.abc import Iterable
from typing import Any

from briefs.document.blocks import Block, Footnote, Image, Inline, Link, Span, Table
from briefs.document.language import Direction, direction_of
from briefs.document.pictures import sha256_of
from briefs.document.translation import gettext as _
from briefs.document.words import words_in
from briefs.export.across import MOST_UPRIGHT, is_across
from briefs.export.pdf.figures import Figures
from briefs.export.pdf.glyphs import Glyphs, breakable
from briefs.export.sources import notes_in

_LONGEST_LINK = 2000
_PIECE = 5  # letters after which a word may break in a table of more
_MOST_ROWS_KEPT, _MOST_LETTERS_KEPT = 10, 400  # of a table that stays on one page


class Setting:
    """Sets the blocks of one answer. `name` keeps its footnotes apart from other answers' notes;
    `figures` are the pictures that it may show."""

    def __init__(self, name: str, glyphs: Glyphs, figures: Figures) -> None:
        self.name = name
        self.glyphs = glyphs
        self.figures = figures
        self.is_in_note = False
        self.met: set[int] = set()  # notes that were referred to, by number
        self.words: dict[int, str] = {}  # of the notes that stand within others, by number
        self.direction: Direction | None = None  # of the paragraph that is set
        self.columns = 1  # among which the width of the page is divided where this stands

    def text(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        """The blocks of an answer. A wide table that stands in nothing else gets a page of its own,
        laid across."""
        written = list(blocks)
        values = self.blocks(written)
        for value, block in zip(values, written, strict=True):
            if block["kind"] == "table":
                value["is_across"] = is_across(block)
        return values

    def blocks(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> dict[str, Any]:
        match block["kind"]:
            case "paragraph":
                inlines = block["inlines"]
                self.direction = _direction(inlines)
                return {
                    "kind": "paragraph",
                    "inlines": self.inlines(inlines),
                    "dir": self.direction,
                }
            case "bullet_list" | "ordered_list":
                return {**block, "items": [self.blocks(item) for item in block["items"]]}
            case "quote":
                return {"kind": "quote", "blocks": self.blocks(block["blocks"])}
            case "code":
                return {"kind": "code", "text": self.glyphs.text(block["text"])}
            case "table":
                return self.table(block)
            case "rule":
                return {"kind": "rule"}

    def table(self, table: Table) -> dict[str, Any]:
        self.columns = len(table["head"])
        rows = [[self.cell(cell) for cell in row] for row in [table["head"], *table["rows"]]]
        self.columns = 1
        return {
            "kind": "table",
            "alignments": table["alignments"],
            "head": rows[0],
            "rows": rows[1:],
            "is_across": False,
            "is_kept": _is_small(table),
            # A note may be set once only, but a head is set on every page; and what is repeated is
            # no content of a tagged file, in which nothing leads anywhere.
            "is_head_repeated": not any(
                _has(cell, kind) for cell in table["head"] for kind in ("footnote", "link")
            ),
        }

    def cell(self, inlines: list[Inline]) -> list[Any]:
        self.direction = _direction(inlines)
        return self.inlines(inlines)

    def inlines(self, inlines: Iterable[Inline], marks: frozenset[str] = frozenset()) -> list[Any]:
        return [self.inline(inline, marks) for inline in inlines]

    def inline(self, inline: Inline, marks: frozenset[str]) -> Any:
        if isinstance(inline, str):
            text = self.glyphs.text(inline).replace("\n", " ")
            return breakable(text, _PIECE) if self.columns > MOST_UPRIGHT else text
        match inline["kind"]:
            case "code":
                return {"kind": "code", "text": self.glyphs.line(inline["text"])}
            case "image":
                return self.image(inline)
            case "footnote":
                return self.footnote(inline)
            case "break":
                return {"kind": "break"}
            case "strong" | "emphasis" | "strike" | "link":
                return self.marked(inline, marks)

    def footnote(self, note: Footnote) -> Any:
        """A note, or another reference to it. Notes within notes are set as words in brackets:
        Typst loses those that it finds only while it sets others."""
        number = note["number"]
        is_first = number not in self.met
        self.met.add(number)
        if self.is_in_note and is_first:
            for each in [note, *notes_in(note["blocks"])]:
                self.words[each["number"]] = " ".join(words_in(each["blocks"]).split())
        if number in self.words:
            return f" [{self.glyphs.line(self.words[number])}]"
        was_in_note, self.is_in_note = self.is_in_note, True
        direction = self.direction
        # A note that says nothing is one all the same: Typst takes no reference to none.
        says: list[Block] = [{"kind": "paragraph", "inlines": []}] if is_first else []
        blocks = self.blocks(note["blocks"] or says)
        self.is_in_note, self.direction = was_in_note, direction
        return {"kind": "footnote", "id": f"{self.name}/{number}", "blocks": blocks}

    def image(self, image: Image) -> Any:
        """The picture, or where it isn't the brief's own, what it is said to show."""
        words = self.glyphs.line(image["alt"]) or _("picture")
        found = self.figures.find(sha256_of(image["source"]), self.columns)
        if found is None:
            return f"[{words if image['alt'] else self.glyphs.line(image['source']) or words}]"
        return {"kind": "image", "alt": words, "file": found.file, "width": found.width}

    def marked(self, inline: Span | Link, marks: frozenset[str]) -> dict[str, Any]:
        return self.link(inline, marks) if inline["kind"] == "link" else self.span(inline, marks)

    def span(self, span: Span, marks: frozenset[str]) -> dict[str, Any]:
        """Words that are bold already aren't made bold again: Typst follows marks only so deep."""
        inlines = self.inlines(span["inlines"], marks | {span["kind"]})
        kind = "plain" if span["kind"] in marks else span["kind"]
        return {"kind": kind, "inlines": inlines}

    def link(self, link: Link, marks: frozenset[str]) -> dict[str, Any]:
        inlines = self.inlines(link["inlines"], marks) or [self.glyphs.line(link["href"])]
        if len(link["href"]) > _LONGEST_LINK:
            return {"kind": "plain", "inlines": inlines}
        if self.direction == "rtl" and _is_address(link):
            inlines = ["\u2066", *inlines, "\u2069"]  # else its last slash would come first
        return {"kind": "link", "href": link["href"], "inlines": inlines}


def _is_address(link: Link) -> bool:
    """Whether what is read of a link is where it leads."""
    words = words_in([{"kind": "paragraph", "inlines": link["inlines"]}])
    return words in (link["href"], link["href"].removeprefix("mailto:"))


def _inside(inline: Inline) -> list[Inline]:
    """The marked words of a span or a link."""
    if isinstance(inline, str):
        return []
    match inline["kind"]:
        case "strong" | "emphasis" | "strike" | "link":
            return inline["inlines"]
        case _:
            return []


def _is_small(table: Table) -> bool:
    """Whether a table is so low, whatever the widths of its columns, that it fits on any page."""
    cells = [cell for row in [table["head"], *table["rows"]] for cell in row]
    is_plain = not any(_has(cell, "footnote") or _has(cell, "image") for cell in cells)
    letters = sum(len(words_in([{"kind": "paragraph", "inlines": cell}])) for cell in cells)
    return is_plain and len(table["rows"]) <= _MOST_ROWS_KEPT and letters <= _MOST_LETTERS_KEPT


def _has(inlines: Iterable[Inline], kind: str) -> bool:
    return any(
        (not isinstance(inline, str) and inline["kind"] == kind) or _has(_inside(inline), kind)
        for inline in inlines
    )


def _direction(inlines: Iterable[Inline]) -> Direction | None:
    """The direction of the first letter that has one, as a browser takes it for `dir="auto"`."""
    for inline in inlines:
        found = direction_of(inline) if isinstance(inline, str) else _direction(_inside(inline))
        if found:
            return found
    return None
