"""What an answer says, as plain data: the one parse that preview, checks and every export share."""

from functools import lru_cache
from itertools import groupby
from typing import Literal, NotRequired, TypeAlias, TypedDict
from urllib.parse import urlsplit

from markdown_it.token import Token

from briefs.document.markdown import MAX_NESTING, tokens_of

SAFE_SCHEMES = ("http", "https", "mailto")


class Span(TypedDict):
    """Marked words."""

    kind: Literal["strong", "emphasis", "strike"]
    inlines: list["Inline"]


class InlineCode(TypedDict):
    kind: Literal["code"]
    text: str


class Link(TypedDict):
    """A link to one of `SAFE_SCHEMES`; any other is only its text."""

    kind: Literal["link"]
    href: str
    inlines: list["Inline"]


class Image(TypedDict):
    """A picture by its source as typed; what may be shown of it is the writer's to decide."""

    kind: Literal["image"]
    source: str
    alt: str


class Footnote(TypedDict):
    """A reference to a note. `number` counts from 1 in the answer; the first reference to a note
    carries its blocks, any later one has none."""

    kind: Literal["footnote"]
    number: int
    blocks: list["Block"]


class Break(TypedDict):
    """A line break that the author asked for."""

    kind: Literal["break"]


Alignment: TypeAlias = Literal["left", "center", "right", ""]
Inline: TypeAlias = str | Span | InlineCode | Link | Image | Footnote | Break


class Paragraph(TypedDict):
    kind: Literal["paragraph"]
    inlines: list[Inline]


class List(TypedDict):
    """`start` only in an ordered list. A tight list has no blank lines between its items."""

    kind: Literal["bullet_list", "ordered_list"]
    items: list[list["Block"]]
    tight: bool
    start: NotRequired[int]


class Quote(TypedDict):
    kind: Literal["quote"]
    blocks: list["Block"]


class Code(TypedDict):
    kind: Literal["code"]
    text: str
    language: str


class Table(TypedDict):
    """Every row has as many cells as the head; cells beyond it are not read (GFM)."""

    kind: Literal["table"]
    alignments: list[Alignment]
    head: list[list[Inline]]
    rows: list[list[list[Inline]]]


class Rule(TypedDict):
    kind: Literal["rule"]


Block: TypeAlias = Paragraph | List | Quote | Code | Table | Rule


_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "center": "center",
    "right": "right",
    "": "",
}
_SPANS: dict[str, Literal["strong", "emphasis", "strike"]] = {
    "strong_open": "strong",
    "em_open": "emphasis",
    "s_open": "strike",
}


@lru_cache(maxsize=256)
def parse(text: str) -> list[Block]:
    """The blocks of one answer's normalised text; any text is valid and none of it is left out.

    The list is kept and shared: whoever needs another one builds it anew. An answer is its own
    scope, so its footnotes know nothing of other answers. A note that nothing refers to stands
    where it was written.
    """
    tokens, notes = tokens_of(text)
    return _Reading(tokens, notes.get("footnotes", {}).get("list", {})).document()


class _Reading:
    """One pass over the tokens of one answer, with what must be remembered of its footnotes."""

    def __init__(
        self, tokens: list[Token], inline_notes: dict[int, dict[str, list[Token]]]
    ) -> None:
        self.inline_notes = inline_notes
        self.definitions: list[list[Token]] = []
        self.by_label: dict[str, int] = {}
        self.tokens = self.without_definitions(tokens)
        self.numbers: dict[int, int] = {}
        self.count = 0
        self.note_depth = 0
        # Where each definition stood: the list of blocks, the index in it, and which definition.
        self.places: list[tuple[list[Block], int, int]] = []

    def document(self) -> list[Block]:
        blocks = self.blocks(self.tokens)
        self.settle(0)
        return blocks

    def without_definitions(self, tokens: list[Token]) -> list[Token]:
        """The tokens with each definition replaced by one token that marks its place."""
        open_lists: list[list[Token]] = [[]]
        for token in tokens:
            if token.type == "footnote_reference_open":
                place = Token("footnote_place", "", 0, meta={"index": len(self.definitions)})
                open_lists[-1].append(place)
                self.by_label.setdefault(token.meta["label"], len(self.definitions))
                self.definitions.append([])
                open_lists.append(self.definitions[-1])
            elif token.type == "footnote_reference_close":
                open_lists.pop()
            else:
                open_lists[-1].append(token)
        return open_lists[0]

    def settle(self, mark: int) -> None:
        """Put the notes that no reference carries back where they stood."""
        places = self.places[mark:]
        del self.places[mark:]
        settled: list[tuple[list[Block], int, list[Block]]] = []
        for around, position, index in places:
            if index not in self.numbers:
                self.numbers[index] = 0
                blocks = self.blocks(self.definitions[index])
                self.settle(mark)
                settled.append((around, position, blocks))
        for around, position, blocks in reversed(settled):
            around[position:position] = blocks

    def blocks(self, tokens: list[Token]) -> list[Block]:
        position = 0
        blocks: list[Block] = []
        while position < len(tokens):
            position = self.block(tokens, position, blocks)
        return blocks

    def block(self, tokens: list[Token], position: int, blocks: list[Block]) -> int:
        """Read the block that begins at `position` into `blocks`; gives the position after it."""
        token = tokens[position]
        match token.type:
            case "paragraph_open":
                inlines = self.inlines(tokens[position + 1].children or [])
                blocks.append({"kind": "paragraph", "inlines": inlines})
                return position + 3
            case "bullet_list_open" | "ordered_list_open":
                return self.list_from(tokens, position, blocks)
            case "blockquote_open":
                quoted, after = self.inside(tokens, position, "blockquote_close")
                blocks.append({"kind": "quote", "blocks": quoted})
                return after
            case "fence" | "code_block":
                text = token.content.removesuffix("\n")
                language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
                blocks.append({"kind": "code", "text": text, "language": language})
            case "table_open":
                return self.table(tokens, position, blocks)
            case "hr":
                blocks.append({"kind": "rule"})
            case "footnote_place":
                self.places.append((blocks, len(blocks), token.meta["index"]))
            case _:
                raise AssertionError(f"unknown token {token.type}")
        return position + 1

    def inside(self, tokens: list[Token], position: int, closing: str) -> tuple[list[Block], int]:
        blocks: list[Block] = []
        position += 1
        while tokens[position].type != closing:
            position = self.block(tokens, position, blocks)
        return blocks, position + 1

    def list_from(self, tokens: list[Token], position: int, blocks: list[Block]) -> int:
        opening = tokens[position]
        items: list[list[Block]] = []
        position += 1
        begins = position
        while tokens[position].type == "list_item_open":
            item, position = self.inside(tokens, position, "list_item_close")
            items.append(item)
        # The parser hides the paragraphs of a tight list, all or none of them.
        level = opening.level + 2
        tight = all(
            token.hidden
            for token in tokens[begins:position]
            if token.type == "paragraph_open" and token.level == level
        )
        if opening.type == "bullet_list_open":
            blocks.append({"kind": "bullet_list", "items": items, "tight": tight})
        else:
            start = int(opening.attrs.get("start", 1))
            blocks.append({"kind": "ordered_list", "items": items, "tight": tight, "start": start})
        return position + 1

    def table(self, tokens: list[Token], position: int, blocks: list[Block]) -> int:
        rows: list[list[list[Inline]]] = []
        alignments: list[Alignment] = []
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "th_open":
                style = str(token.attrs.get("style", ""))
                alignments.append(_ALIGNMENTS[style.removeprefix("text-align:")])
            elif token.type == "inline":
                rows[-1].append(self.inlines(token.children or []))
            position += 1
        blocks.append(
            {"kind": "table", "alignments": alignments, "head": rows[0], "rows": rows[1:]}
        )
        return position + 1

    def inlines(self, tokens: list[Token]) -> list[Inline]:
        """Marks are read with a stack of the lists that are open; a mark that isn't kept (too deep,
        an unsafe link, or one in a link) opens the list around it once more."""
        root: list[Inline] = []
        open_lists = [root]
        is_in_link = False
        for token in tokens:
            if token.nesting == 1:
                opened = self.opened(token, open_lists, is_in_link=is_in_link)
                is_in_link |= token.type == "link_open" and opened is not open_lists[-1]
                open_lists.append(opened)
            elif token.nesting == -1:
                closed = open_lists.pop()
                if closed is not open_lists[-1]:
                    _join(closed)
                    is_in_link &= token.type != "link_close"
            else:
                open_lists[-1].append(self.leaf(token))
        _join(root)
        return root

    def opened(
        self, token: Token, open_lists: list[list[Inline]], *, is_in_link: bool
    ) -> list[Inline]:
        around = open_lists[-1]
        inside: list[Inline] = []
        if len(open_lists) > MAX_NESTING:
            return around
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            if is_in_link or not is_safe(href):
                return around
            around.append({"kind": "link", "href": href, "inlines": inside})
        else:
            around.append({"kind": _SPANS[token.type], "inlines": inside})
        return inside

    def leaf(self, token: Token) -> Inline:
        match token.type:
            case "softbreak":
                return " "
            case "hardbreak":
                return {"kind": "break"}
            case "code_inline":
                return {"kind": "code", "text": token.content}
            case "image":
                source = str(token.attrs.get("src", ""))
                return {"kind": "image", "source": source, "alt": _words_of(token.children or [])}
            case "footnote_ref":
                return self.footnote(token)
            case _:
                return token.content

    def footnote(self, token: Token) -> Inline:
        if "label" not in token.meta:
            self.count += 1
            number = self.count
            inlines = self.inlines(self.inline_notes[token.meta["id"]]["tokens"])
            paragraph: Paragraph = {"kind": "paragraph", "inlines": inlines}
            return {"kind": "footnote", "number": number, "blocks": [paragraph]}
        label = token.meta["label"]
        index = self.by_label[label]
        if self.numbers.get(index):
            return {"kind": "footnote", "number": self.numbers[index], "blocks": []}
        if index in self.numbers or self.note_depth >= MAX_NESTING:
            return f"[^{label}]"
        self.count += 1
        number = self.numbers[index] = self.count
        self.note_depth += 1
        blocks = self.blocks(self.definitions[index])
        self.note_depth -= 1
        return {"kind": "footnote", "number": number, "blocks": blocks}


def is_safe(href: str) -> bool:
    """Whether a link may be followed from a page or a file: well formed, of `SAFE_SCHEMES`."""
    try:
        return urlsplit(href).scheme in SAFE_SCHEMES
    except ValueError:
        return False


def _join(inlines: list[Inline]) -> None:
    """Make one string of strings that stand side by side."""
    joined: list[Inline] = []
    for is_text, run in groupby(inlines, lambda inline: isinstance(inline, str)):
        if is_text:
            text = "".join(str(piece) for piece in run)
            joined.extend([text] if text else [])
        else:
            joined.extend(run)
    inlines[:] = joined


def _words_of(tokens: list[Token]) -> str:
    """The text of a picture's description, which has no marks."""
    words = []
    for token in tokens:
        if token.type == "image":
            words.append(_words_of(token.children or []))
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "footnote_ref" and "label" in token.meta:
            words.append(f"[^{token.meta['label']}]")
        else:
            words.append(token.content)
    return "".join(words)
