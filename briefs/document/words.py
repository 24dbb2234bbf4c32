"""The words of an answer as a reader sees them: without marks, link targets, picture sources."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from briefs.document.blocks import Block, Inline, parse

# Scripts written without blanks between words: each character counts as one word.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}][^\s\u2014\u2026{_UNSPACED}]*")
# Without any of these, and without numbered items, a text reads as it is written.
_MARKS = re.compile(r"[*_`~\[\]<>&\\|^]|^[ \t]*\d{1,9}[.)](?:[ \t]|$)", re.MULTILINE)


def count_words(text: str) -> int:
    """How many words a reader of this normalised text sees, notes included.

    A word is a run without blanks that holds a letter or digit ("U.S.", "60-70" and "well-known"
    are one each); dashes and ellipses part words; each Chinese or Japanese character is a word.
    """
    return sum(1 for _ in _WORD.finditer(plain(text)))


def plain(text: str) -> str:
    """A normalised text without its marks, for search and snippets: one line for each paragraph,
    item or row; a note stands after the paragraph that refers to it."""
    if not _MARKS.search(text):
        return text
    return words_in(parse(text))


def words_in(blocks: Iterable[Block]) -> str:
    """The words of parsed blocks, a line for each paragraph, item or row."""
    return "\n".join(line for line, _is_of_note in lines_in(blocks))


def letters_in(words: str) -> int:
    """How many letters and digits there are: what is counted where marks and blanks don't
    matter."""
    return sum(character.isalnum() for character in words)


def lines_in(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """The same line by line, each with whether it is of a note."""
    for block in blocks:
        match block["kind"]:
            case "paragraph":
                yield from _cells([block["inlines"]])
            case "bullet_list" | "ordered_list":
                yield from lines_in(chain.from_iterable(block["items"]))
            case "quote":
                yield from lines_in(block["blocks"])
            case "code":
                yield block["text"], False
            case "table":
                yield from chain.from_iterable(map(_cells, [block["head"], *block["rows"]]))
            case "rule":
                pass


def _cells(cells: list[list[Inline]]) -> Iterator[tuple[str, bool]]:
    notes: list[Block] = []
    yield " ".join("".join(_pieces(cell, notes)) for cell in cells), False
    for line, _is_of_note in lines_in(notes):
        yield line, True


def _pieces(inlines: Iterable[Inline], notes: list[Block]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, str):
            yield inline
            continue
        match inline["kind"]:
            case "strong" | "emphasis" | "strike" | "link":
                yield from _pieces(inline["inlines"], notes)
            case "code":
                yield inline["text"]
            case "image":
                yield inline["alt"]
            case "footnote":
                notes.extend(inline["blocks"])
            case "break":
                yield " "
