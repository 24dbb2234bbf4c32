"""An answer as HTML, for preview and for the exported page. All text is escaped, none styled."""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from briefs.document.blocks import Block, Footnote, Image, Inline, Link, List, Span, Table, is_safe
from briefs.document.language import direction_of
from briefs.document.pictures import Shown, sha256_of

_TAG = re.compile(r"<[^>]*>")
_SPAN_TAGS = {"strong": "strong", "emphasis": "em", "strike": "s"}


def to_html(
    blocks: Iterable[Block],
    prefix: str,
    pictures: Mapping[str, Shown] | None = None,
    *,
    has_notes: bool = True,
) -> str:
    """The HTML of one answer's blocks, its footnotes as a list at the end.

    `prefix` begins every id, so it must be unique on the page and fit for an id. A picture of
    the brief is shown where `pictures` has it, by SHA-256. Any other is named by its description,
    linked where its source is a safe address: no page loads from elsewhere. Without `has_notes`,
    references are mere numbers, for whoever shows the notes in a way of their own.
    """
    writing = _Writing(prefix, pictures or {}, has_notes=has_notes)
    body = writing.blocks(blocks)
    return body + writing.footnotes()


class _Writing:
    """One answer on its way, with the notes met so far: by number, the blocks each one carries."""

    def __init__(self, prefix: str, pictures: Mapping[str, Shown], *, has_notes: bool) -> None:
        self.prefix = prefix
        self.has_notes = has_notes
        self.pictures = pictures
        self.notes: dict[int, list[Block]] = {}
        self.queue: list[int] = []
        self.references: set[int] = set()
        # The references in the link that is being written; None outside of one.
        self.behind: list[str] | None = None

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block["kind"]:
            case "paragraph":
                return f'<p dir="auto">{self.inlines(block["inlines"])}</p>\n'
            case "bullet_list" | "ordered_list":
                return self.items(block)
            case "quote":
                inside = self.blocks(block["blocks"])
                return f"<blockquote{_direction(inside)}>\n{inside}</blockquote>\n"
            case "code":
                return f'<pre dir="auto"><code>{escape(block["text"])}\n</code></pre>\n'
            case "table":
                return self.table(block)
            case "rule":
                return "<hr>\n"

    def items(self, block: List) -> str:
        tag = "ul" if block["kind"] == "bullet_list" else "ol"
        start = block.get("start", 1)
        items = "".join(self.item(item, is_tight=block["tight"]) for item in block["items"])
        counting = f' start="{start}"' if start != 1 else ""
        return f"<{tag}{_direction(items)}{counting}>\n{items}</{tag}>\n"

    def item(self, item: list[Block], *, is_tight: bool) -> str:
        """In a tight list a paragraph is only its words, as CommonMark writes it."""
        pieces = "".join(
            f"{self.inlines(block['inlines'])}\n"
            if is_tight and block["kind"] == "paragraph"
            else self.block(block)
            for block in item
        )
        return f"<li{_direction(pieces)}>{pieces.rstrip()}</li>\n"

    def table(self, block: Table) -> str:
        head = self.row(block["head"], block, "th", ' scope="col"')
        rows = "".join(self.row(row, block, "td", "") for row in block["rows"])
        body = f"<tbody>\n{rows}</tbody>\n" if rows else ""
        direction = _direction(head + body)
        table = f"<table{direction}>\n<thead>\n{head}</thead>\n{body}</table>\n"
        # The wrapper scrolls sideways, so it must be reached by keyboard.
        return f'<div class="table-wrap" tabindex="0"{direction}>\n{table}</div>\n'

    def row(self, row: list[list[Inline]], block: Table, tag: str, attributes: str) -> str:
        cells = []
        for cell, alignment in zip(row, block["alignments"], strict=True):
            aligned = f' class="align-{alignment}"' if alignment else ""
            cells.append(f'<{tag} dir="auto"{attributes}{aligned}>{self.inlines(cell)}</{tag}>\n')
        return f"<tr>\n{''.join(cells)}</tr>\n"

    def inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(map(self.inline, inlines))

    def inline(self, inline: Inline) -> str:
        if isinstance(inline, str):
            return escape(inline)
        match inline["kind"]:
            case "strong" | "emphasis" | "strike" | "link":
                return self.span(inline)
            case "code":
                return f"<code>{escape(inline['text'])}</code>"
            case "image":
                return picture_html(inline, self.pictures, is_in_link=self.behind is not None)
            case "footnote":
                return self.footnote(inline)
            case "break":
                return "<br>\n"

    def span(self, span: Span | Link) -> str:
        if span["kind"] == "link":
            return self.link(span)
        tag = _SPAN_TAGS[span["kind"]]
        return f"<{tag}>{self.inlines(span['inlines'])}</{tag}>"

    def link(self, link: Link) -> str:
        """No link may stand in another (HTML), so references to notes stand behind it."""
        self.behind = []
        inside = self.inlines(link["inlines"]) or escape(link["href"])
        behind, self.behind = self.behind, None
        return link_html(link["href"], inside) + "".join(behind)

    def footnote(self, footnote: Footnote) -> str:
        if not self.has_notes:
            return f'<sup class="footnote-ref">{footnote["number"]}</sup>'
        reference = self.reference(footnote)
        if self.behind is None:
            return reference
        self.behind.append(reference)
        return ""

    def reference(self, footnote: Footnote) -> str:
        number = footnote["number"]
        identity = ""
        if number not in self.references:
            self.references.add(number)
            identity = f' id="{self.identity("ref", number)}"'
        if footnote["blocks"]:
            self.notes[number] = footnote["blocks"]
            self.queue.append(number)
        else:
            # Another note may still bring what it says; one that says nothing is a note, too.
            self.notes.setdefault(number, [])
        target = self.identity("note", number)
        return f'<sup class="footnote-ref"><a href="#{target}"{identity}>{number}</a></sup>'

    def footnotes(self) -> str:
        """The notes in the order of their numbers; a note may bring further ones."""
        said: dict[int, str] = {}
        for number in self.queue:
            said[number] = self.blocks(self.notes[number]).rstrip()
        if not self.notes:
            return ""
        items = "".join(self.note(number, said.get(number, "")) for number in sorted(self.notes))
        return f'<ol class="footnotes">\n{items}</ol>\n'

    def note(self, number: int, said: str) -> str:
        back = f'<a class="footnote-back" href="#{self.identity("ref", number)}">↩</a>'
        return f'<li{_direction(said)} id="{self.identity("note", number)}">{said} {back}</li>\n'

    def identity(self, what: str, number: int) -> str:
        return escape(f"{self.prefix}-{what}-{number}")


def _direction(inside: str) -> str:
    """The direction of what holds further blocks, by its first letter that has one: "auto" doesn't
    look into children that have a direction of their own."""
    return direction_attribute(unescape(_TAG.sub("", inside)))


def direction_attribute(*texts: str) -> str:
    """The direction of the first of some texts that has one, for the tag around it."""
    found = next(filter(None, map(direction_of, texts)), None)
    return f' dir="{found}"' if found else ""


def picture_html(image: Image, pictures: Mapping[str, Shown], *, is_in_link: bool = False) -> str:
    """A picture of the brief, or the description of any other."""
    shown = pictures.get(sha256_of(image["source"]) or "")
    if shown:
        return (
            f'<img src="{escape(shown.address)}" alt="{escape(image["alt"])}" loading="lazy" '
            f'width="{shown.width}" height="{shown.height}">'
        )
    words = escape(image["alt"] or image["source"])
    is_link = is_safe(image["source"]) and not is_in_link
    return link_html(image["source"], words) if is_link else words


def link_html(href: str, inside: str) -> str:
    """A link around HTML; the address was found safe when it was parsed."""
    return f'<a href="{escape(href)}" rel="noopener noreferrer nofollow">{inside}</a>'
