"""The blocks of one answer as the plain values that `brief.typ` sets."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from briefs.document.blocks import Block, Inline, Link, Span
from briefs.export.language import Direction
from briefs.export.pdf.glyphs import Glyphs

_LONGEST_LINK = 2000


class Setting:
    """Sets the blocks of one answer. `name` keeps its footnotes apart from other answers' notes."""

    def __init__(self, name: str, glyphs: Glyphs) -> None:
        self.name = name
        self.glyphs = glyphs

    def blocks(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> dict[str, Any]:
        match block["kind"]:
            case "paragraph":
                inlines = block["inlines"]
                return {
                    "kind": "paragraph",
                    "inlines": self.inlines(inlines),
                    "dir": _direction(inlines),
                }
            case "bullet_list" | "ordered_list":
                return {**block, "items": [self.blocks(item) for item in block["items"]]}
            case "quote":
                return {"kind": "quote", "blocks": self.blocks(block["blocks"])}
            case "code":
                return {"kind": "code", "text": self.glyphs.text(block["text"])}
            case "table":
                return {
                    "kind": "table",
                    "alignments": block["alignments"],
                    "head": [self.inlines(cell) for cell in block["head"]],
                    "rows": [[self.inlines(cell) for cell in row] for row in block["rows"]],
                    # A note may be set once only, but a head is set on every page.
                    "is_head_repeated": not any(_has_note(cell) for cell in block["head"]),
                }
            case "rule":
                return {"kind": "rule"}

    def inlines(self, inlines: Iterable[Inline], marks: frozenset[str] = frozenset()) -> list[Any]:
        return [self.inline(inline, marks) for inline in inlines]

    def inline(self, inline: Inline, marks: frozenset[str]) -> Any:
        if isinstance(inline, str):
            return self.glyphs.text(inline).replace("\n", " ")
        match inline["kind"]:
            case "code":
                return {"kind": "code", "text": self.glyphs.line(inline["text"])}
            case "image":
                words = inline["alt"] or inline["source"] or _("picture")
                return {"kind": "image", "alt": self.glyphs.line(words)}
            case "footnote":
                name = f"{self.name}/{inline['number']}"
                return {"kind": "footnote", "id": name, "blocks": self.blocks(inline["blocks"])}
            case "break":
                return {"kind": "break"}
            case "strong" | "emphasis" | "strike" | "link":
                return self.marked(inline, marks)

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
        return {"kind": "link", "href": link["href"], "inlines": inlines}


def _inside(inline: Inline) -> list[Inline]:
    """The marked words of a span or a link."""
    if isinstance(inline, str):
        return []
    match inline["kind"]:
        case "strong" | "emphasis" | "strike" | "link":
            return inline["inlines"]
        case _:
            return []


def _has_note(inlines: Iterable[Inline]) -> bool:
    return any(
        (not isinstance(inline, str) and inline["kind"] == "footnote") or _has_note(_inside(inline))
        for inline in inlines
    )


def _direction(inlines: Iterable[Inline]) -> Direction | None:
    """The direction of the first letter that has one, as a browser takes it for `dir="auto"`."""
    for inline in inlines:
        found = (
            _letter_direction(inline) if isinstance(inline, str) else _direction(_inside(inline))
        )
        if found:
            return found
    return None


def _letter_direction(text: str) -> Direction | None:
    for character in text:
        side = unicodedata.bidirectional(character)
        if side in ("L", "R", "AL"):
            return "ltr" if side == "L" else "rtl"
    return None
