"""Code of a Word file as a fenced block of Markdown."""

import re
from collections.abc import Iterator
from itertools import count

from briefs.importing.docx.blocks import Block, Code
from briefs.importing.docx.inlines import Inline, LineBreak, Marks, NoteMark, Shown, Words

_FENCES = re.compile("`{3,}")
_TICKS = re.compile("`+")


def may_be_code(inlines: list[Inline]) -> bool:
    """Whether a paragraph loses nothing as code, in which there are no notes, links or pictures."""
    return not any(
        isinstance(each, NoteMark | Shown)
        or (isinstance(each, Words) and (each.marks & ~Marks.CODE or each.link))
        for each in inlines
    )


def with_joined_code(blocks: list[Block]) -> list[Block]:
    """Code that takes several paragraphs is one block."""
    found: list[Block] = []
    for each in blocks:
        last = found[-1] if found else None
        if isinstance(each, Code) and isinstance(last, Code) and each.where == last.where:
            last.inlines.extend([LineBreak(), *each.inlines])
        else:
            found.append(each)
    return found


def code_lines(inlines: list[Inline], signs: str) -> Iterator[str]:
    """The lines of the block, each behind the signs of its place; a fence is longer than any in the
    code."""
    text = "".join(_said(each) for each in inlines)
    longest = max((len(found) for found in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    lines = text.split("\n") if text else []
    for line in (fence, *lines, fence):
        yield f"{signs}{line}" if line else signs.rstrip()


def code_span(text: str) -> str:
    """Words as code within a line, between signs that are not in it."""
    taken = {len(found) for found in _TICKS.findall(text)}
    ticks = "`" * next(length for length in count(1) if length not in taken)
    # One blank at either end isn't read, if there is one at both.
    is_padded = text[0] == text[-1] == " " and text.strip(" ")
    room = " " if is_padded or "`" in (text[0], text[-1]) else ""
    return f"{ticks}{room}{text}{room}{ticks}"


def _said(inline: Inline) -> str:
    if isinstance(inline, Words):
        return inline.text
    return "\n" if isinstance(inline, LineBreak) else ""
