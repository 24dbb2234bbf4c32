"""Code of a Word file as a fenced block of Markdown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from briefs.document.word_marks import language_of_code
from briefs.importing.docx.blocks import Block, Code, Paragraph
from briefs.importing.docx.elements import Element
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


def with_language(block: Paragraph, paragraph: Element) -> Paragraph:
    """Code of a file of ours with the language that a bookmark in its paragraph names."""
    if not isinstance(block, Code):
        return block
    names = (each.get("w:name") for each in paragraph.within("w:bookmarkStart"))
    return replace(block, language=next(filter(None, map(language_of_code, names)), ""))


def with_joined_code(blocks: list[Block]) -> list[Block]:
    """Code that takes several paragraphs is one block, until one says its language anew."""
    found: list[Block] = []
    for each in blocks:
        last = found[-1] if found else None
        if isinstance(each, Code) and isinstance(last, Code) and _goes_on(each, last):
            last.inlines.extend([LineBreak(), *each.inlines])
        else:
            found.append(each)
    return found


def _goes_on(code: Code, last: Code) -> bool:
    return code.where == last.where and not code.language


def code_lines(block: Code, signs: str) -> Iterator[str]:
    """The lines of the block, each behind the signs of its place; a fence is longer than any in the
    code."""
    text = "".join(_said(each) for each in block.inlines)
    longest = max((len(found) for found in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    lines = text.split("\n") if text else []
    for line in (f"{fence}{block.language}", *lines, fence):
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
