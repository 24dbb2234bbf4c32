"""Lines that name something: headings, bold lines that stand for one, and labels before a text."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from briefs.importing.lines import LineBlock
from briefs.importing.matching import split_number, without_marks

LONGEST_TITLE = 200
LONGEST_LINE = 400
"""A longer line names nothing, and isn't searched for marks, which could take long."""

_BOLD_LINE = re.compile(
    r"(\*{1,3}|_{1,3})(?P<words>[^\s*_](?:[^*_]|(?<=\w)_(?=\w))*)\1[ \t]*[:\uff1a]?"
)
_MARKED_LABEL = re.compile(
    r"(\*{1,3}|_{1,3})(?P<label>[^\s*](?:[^*]*[^\s*])?)\1[ \t]*"
    r"(?P<after>[:\uff1a]|[-\u2013\u2014](?=\s))?[ \t]*"
)
_PLAIN_LABEL = re.compile(r"(?P<label>[^\s:*_`|<>#][^:*_`|<>]*):(?:[ \t]+|$)")


class Style(StrEnum):
    """How a caption was set apart."""

    HEADING = "heading"
    BOLD = "bold"
    ITALIC = "italic"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that may name a part, a section or a prompt. `title` has no marks and no `number`.

    `level` is a heading's, 0 for any other style. `has_colon` says that it ends in one.
    """

    start: int
    end: int
    style: Style
    title: str
    number: str = ""
    level: int = 0
    has_colon: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A caption with its text behind it on the same line."""

    caption: Caption
    rest: str


def heading_caption(block: LineBlock) -> Caption:
    """What a heading of Markdown's says."""
    return _caption(block.start, block.end, Style.HEADING, block.text, level=block.level)


def line_caption(line: str, at: int) -> Caption | None:
    """What a whole line says if it is in bold or italics, or may be a title without marks."""
    text = line.strip()
    if not text or len(text) > LONGEST_LINE:
        return None
    match = _BOLD_LINE.fullmatch(text)
    if match is None:
        return _caption(at, at + 1, Style.PLAIN, text)
    style = Style.BOLD if len(match[1]) > 1 else Style.ITALIC
    caption = _caption(at, at + 1, style, match["words"])
    return replace(caption, has_colon=caption.has_colon or text[-1] in ":\uff1a")


def line_label(text: str, at: int) -> Label | None:
    """The label that a line's text begins with, in bold or followed by a colon."""
    text = text.strip()
    match = _MARKED_LABEL.match(text[:LONGEST_LINE])
    style = Style.BOLD if match and len(match[1]) > 1 else Style.ITALIC
    if match is None:
        match = _PLAIN_LABEL.match(text[:LONGEST_LINE])
        style = Style.PLAIN
    if match is None:
        return None
    caption = _caption(at, at + 1, style, match["label"])
    if style is Style.PLAIN or match["after"]:
        caption = replace(caption, has_colon=True)
    return Label(caption, text[match.end() :])


def is_prose(block: LineBlock) -> bool:
    """Whether a heading is only a paragraph with a fence directly under it."""
    long = len(block.text) > 120 or "\n" in block.text
    return block.is_underlined and (long or block.text.rstrip()[-1:] in tuple(".!;,"))


def _caption(start: int, end: int, style: Style, words: str, *, level: int = 0) -> Caption:
    if len(words) > LONGEST_LINE:
        return Caption(start, end, style, " ".join(words.split()), level=level)
    has_colon = words.rstrip(" *_")[-1:] in (":", "\uff1a")
    number, title = split_number(without_marks(words))
    return Caption(start, end, style, title.strip(), number, level, has_colon)
