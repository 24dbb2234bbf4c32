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
                return {"kind": "image", "alt": self.glyphs.line(inline["alt"]) or _("picture")}
            case "footnote":
                name = f"{self.name}/{inline['number']}"
                return {"kind": "footnote", "id": name, "blocks": self.blocks(inline["blocks"])}
            case "break":
                return {"kind": "break"}
            case kind:
                return self.marked(kind, inline, marks)

    def marked(self, kind: str, inline: Span | Link, marks: frozenset[str]) -> dict[str, Any]:
        """Words that are bold already aren't made bold again: Typst follows marks only so deep."""
        inside = {"inlines": self.inlines(inline["inlines"], marks | {kind})}
        if kind in marks or len(inline.get("href", "")) > _LONGEST_LINK:
            return {"kind": "plain", **inside}
        if inline["kind"] == "link":
            return {"kind": "link", "href": inline["href"], **inside}
        return {"kind": kind, **inside}


def _has_note(inlines: Iterable[Inline]) -> bool:
    return any(
        not isinstance(inline, str)
        and (inline["kind"] == "footnote" or ("inlines" in inline and _has_note(inline["inlines"])))
        for inline in inlines
    )


def _direction(inlines: Iterable[Inline]) -> Direction | None:
    """The direction of the first letter that has one, as a browser takes it for `dir="auto"`."""
    for inline in inlines:
        if isinstance(inline, str):
            for character in inline:
                if (side := unicodedata.bidirectional(character)) in ("L", "R", "AL"):
                    return "ltr" if side == "L" else "rtl"
        elif "inlines" in inline and (direction := _direction(inline["inlines"])):
            return direction
    return None
