"""What stands in a paragraph, before it is Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag


class Marks(IntFlag):
    """How words are set."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    STRIKE = 4
    CODE = 8


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are set alike; `link` is the address that they lead to, blank for none."""

    text: str
    marks: Marks = Marks.NONE
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to a note: the kind of its part (`footnotes`, `endnotes`) and its key there."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture by its SHA-256, and what it is said to show; blank when nothing is said."""

    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line that ends within the paragraph."""


NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
"""The elements that refer to notes, and the kinds of their parts."""

InLine = Words | NoteMark | Shown
"""What a line is made of."""

Inline = InLine | LineBreak


def lines_of(inlines: Sequence[Inline]) -> list[list[InLine]]:
    """The lines of a paragraph that hold anything."""
    lines: list[list[InLine]] = [[]]
    for each in inlines:
        if isinstance(each, LineBreak):
            lines.append([])
        else:
            lines[-1].append(each)
    return [line for line in lines if has_words(line)]


def has_words(inlines: Sequence[Inline]) -> bool:
    """Whether there is more than blanks."""
    return any(isinstance(each, NoteMark | Shown) or plain_text([each]).strip() for each in inlines)


def plain_text(inlines: Sequence[Inline]) -> str:
    """The words alone."""
    return "".join(each.text if isinstance(each, Words) else " " for each in inlines)


def is_bold(inlines: Sequence[Inline]) -> bool:
    """Whether all words are in bold."""
    words = [each for each in inlines if isinstance(each, Words) and each.text.strip()]
    return bool(words) and all(Marks.BOLD in each.marks for each in words)
