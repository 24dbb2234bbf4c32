"""Which Markdown an answer may use: CommonMark with tables, strikethrough and footnotes.

Headings, raw HTML and link reference definitions are off and stay text: headings come from the
template alone, and the other two would be read differently wherever an answer ends up.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_inline

MAX_NESTING = 12
"""How many lists and quotes, or notes and pictures, may stand inside each other; deeper is text."""

# The library drops whatever is nested deeper than its own limit, so ours must be reached first:
# a list takes two of its levels.
LIBRARY_NESTING = 40

# The blocks that every container may break off; replacing a rule means saying so again.
INTERRUPTS = ["paragraph", "reference"]

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]


def reader() -> MarkdownIt:
    """A new parser for the text of one answer. Tokens stand in source order, footnotes too."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": LIBRARY_NESTING})
    parser.use(footnote_plugin, move_to_end=False).enable(["table", "strikethrough"])
    parser.disable(["heading", "lheading", "reference", "html_block", "html_inline"])
    blocks = parser.block.ruler
    blocks.at(
        "blockquote", block_at_depth(blockquote), {"alt": [*INTERRUPTS, "blockquote", "list"]}
    )
    blocks.at("list", block_at_depth(list_block), {"alt": [*INTERRUPTS, "blockquote"]})
    blocks.at("footnote_def", block_at_depth(footnote_def), {"alt": INTERRUPTS})
    parser.inline.ruler.at("image", inline_at_depth(image))
    parser.inline.ruler.at("footnote_inline", inline_at_depth(footnote_inline))
    return parser


def tokens_of(text: str) -> tuple[list[Token], MutableMapping[str, Any]]:
    """The tokens of a normalised text, and what the parser noted of its footnotes."""
    notes: MutableMapping[str, Any] = {}
    return _READER.parse(text, notes), notes


def block_at_depth(rule: BlockRule) -> BlockRule:
    """The rule of a container, which gives way to text at the deepest level."""

    def guarded(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        depth = state.env.get("depth", 0)
        if depth >= MAX_NESTING:
            return False
        state.env["depth"] = depth + 1
        try:
            return rule(state, start_line, end_line, silent)
        finally:
            state.env["depth"] = depth

    return guarded


def inline_at_depth(rule: InlineRule) -> InlineRule:
    """A rule that parses its label anew, for which the library has no limit of its own."""

    def guarded(state: StateInline, silent: bool) -> bool:
        depth = state.env.get("inline_depth", 0)
        if depth >= MAX_NESTING:
            return False
        state.env["inline_depth"] = depth + 1
        try:
            return rule(state, silent)
        finally:
            state.env["inline_depth"] = depth

    return guarded


_READER = reader()
