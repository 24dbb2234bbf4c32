"""The blocks of a Markdown file by their lines: enough to place text, without reading its words.

Blocks tile the file, so no line can fall between two of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.rules_block import blockquote, list_block
from markdown_it.token import Token

from briefs.document.markdown import INTERRUPTS, LIBRARY_NESTING, block_at_depth

TAB = 4

_BULLET = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|$)[ \t]*")


class BlockKind(StrEnum):
    """What a block is to the importer."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    RULE = "rule"
    LIST = "list"
    INDENTED = "indented"
    OPEN_FENCE = "open_fence"
    OTHER = "other"


_KINDS = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.PARAGRAPH,
    "hr": BlockKind.RULE,
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "code_block": BlockKind.INDENTED,
}


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Lines `start` to `end` (from 0, end excluded, blank lines at the end left off).

    `text` and `level` are a heading's; `is_underlined` says that it has no number signs but a line
    of dashes or equals signs below it. `items` are the lines of a list's own items.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    text: str = ""
    is_underlined: bool = False
    items: tuple[tuple[int, int], ...] = ()


def _parser() -> MarkdownIt:
    """Lists and quotes are as deep as an answer takes: what is deeper is text there, and must not
    swallow the lines behind it here."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": LIBRARY_NESTING})
    parser.enable("table").disable("reference")
    blocks = parser.block.ruler
    blocks.at(
        "blockquote", block_at_depth(blockquote), {"alt": [*INTERRUPTS, "blockquote", "list"]}
    )
    blocks.at("list", block_at_depth(list_block), {"alt": [*INTERRUPTS, "blockquote"]})
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


_PARSER = _parser()


def blocks_of(lines: Sequence[str], first: int, last: int) -> list[LineBlock]:
    """The blocks of the lines from `first` to before `last`."""
    tokens = _PARSER.parse("\n".join(lines[first:last]))
    tops = [
        position
        for position, token in enumerate(tokens)
        if token.level == 0 and token.nesting >= 0 and token.map
    ]
    starts = [first, *(_line(tokens[position]) + first for position in tops[1:]), last]
    return [
        _block(lines, tokens, position, starts[place], starts[place + 1], first)
        for place, position in enumerate(tops)
    ]


def is_blank(line: str) -> bool:
    """Whether Markdown reads a blank line; other blanks than these two are text."""
    return not line.strip(" \t")


def is_bullet(line: str) -> bool:
    """Whether a line begins an item of a list, however deep it is indented."""
    return _BULLET.match(line) is not None


def without_bullet(line: str) -> str:
    """A list item's first line without its marker."""
    return _BULLET.sub("", line, count=1)


def columns_before_text(line: str) -> int:
    """How many columns an item's marker takes, with the blanks around it."""
    match = _BULLET.match(line)
    return columns(match[0]) if match else indent(line)


def indent(line: str) -> int:
    """The columns of blanks that a line begins with."""
    return columns(line[: len(line) - len(line.lstrip(" \t"))])


def columns(text: str) -> int:
    """How wide a text is when tabs stop at every fourth column."""
    width = 0
    for character in text:
        width += TAB - width % TAB if character == "\t" else 1
    return width


def dedented(lines: Sequence[str], width: int) -> list[str]:
    """The lines moved left by `width` columns, or as far as they go."""
    return [_moved(line, width) for line in lines]


def common_indent(lines: Sequence[str], least: int = 0) -> int:
    """The indent that all lines share, of those that have `least` columns of it at all."""
    indents = [indent(line) for line in lines if not is_blank(line)]
    return min((columns for columns in indents if columns >= least), default=least)


def trimmed_end(lines: Sequence[str], start: int, end: int) -> int:
    """The end of a range without the blank lines at it."""
    while end > start and is_blank(lines[end - 1]):
        end -= 1
    return end


def _moved(line: str, width: int) -> str:
    bare = line.lstrip(" \t")
    return " " * max(indent(line) - width, 0) + bare if width else line


def _block(
    lines: Sequence[str], tokens: list[Token], position: int, start: int, end: int, first: int
) -> LineBlock:
    token = tokens[position]
    kind = _KINDS.get(token.type, BlockKind.OTHER)
    end = trimmed_end(lines, start, end)
    while start < end and is_blank(lines[start]):
        start += 1
    if kind is BlockKind.HEADING:
        return LineBlock(
            kind,
            start,
            end,
            level=int(token.tag[1]),
            text=tokens[position + 1].content,
            is_underlined=token.markup in ("-", "="),
        )
    if kind is BlockKind.LIST:
        return LineBlock(kind, start, end, items=_items(lines, tokens, position, end, first))
    if token.type == "fence" and not _is_closed(lines[start:end], token.markup):
        kind = BlockKind.OPEN_FENCE
    return LineBlock(kind, start, end)


def _is_closed(lines: Sequence[str], fence: str) -> bool:
    last = lines[-1].strip(" \t")
    return len(lines) > 1 and last.startswith(fence) and not last.strip(fence[0])


def _items(
    lines: Sequence[str], tokens: list[Token], position: int, end: int, first: int
) -> tuple[tuple[int, int], ...]:
    starts = []
    for token in tokens[position + 1 :]:
        if token.level == 0:
            break
        if token.type == "list_item_open" and token.level == 1:
            starts.append(_line(token) + first)
    return tuple(
        (start, trimmed_end(lines, start, stop))
        for start, stop in zip(starts, [*starts[1:], end], strict=True)
    )


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0
