"""Where marks may begin and end so that Markdown reads them: at words, and not at blanks."""

import unicodedata
from dataclasses import dataclass

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from briefs.importing.docx.inlines import InLine, Marks, NoteMark, Shown, Words

EACH_MARK = (Marks.BOLD, Marks.ITALIC, Marks.STRIKE)
_SIGN = "\0"
"""Stands for a note or a picture among the characters of a line; XML holds none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that are set alike, or a sign among them: a note or a picture."""

    text: str
    marks: Marks
    link: str
    sign: NoteMark | Shown | None = None


@dataclass(slots=True)
class _Line:
    """A line by its characters."""

    text: str
    marks: list[Marks]
    links: list[str]
    signs: list[NoteMark | Shown]


def pieces_of(line: list[InLine], kept: Marks) -> list[Piece]:
    """A line without blanks at its ends, with those marks that are kept, each moved to where
    Markdown reads it."""
    found = _characters(line, kept)
    for mark in EACH_MARK:
        if mark in kept and any(mark in each for each in found.marks):
            _settle(found, mark)
    if any(found.links):
        _trim_links(found)
    return _joined(found)


def _characters(line: list[InLine], kept: Marks) -> _Line:
    found = _Line("", [], [], [])
    texts = []
    for each in line:
        if isinstance(each, Words):
            texts.append(each.text)
            found.marks += [each.marks & kept] * len(each.text)
            found.links += [each.link] * len(each.text)
        else:
            texts.append(_SIGN)
            found.marks.append(Marks.NONE)
            found.links.append("")
            found.signs.append(each)
    text = "".join(texts)
    first = len(text) - len(text.lstrip())
    last = max(len(text.rstrip()), first)
    found.text = text[first:last]
    found.marks = found.marks[first:last]
    found.links = found.links[first:last]
    return found


def _settle(line: _Line, mark: Marks) -> None:
    """Takes the blanks between marked words in, and the blanks at their ends out; punctuation, too,
    where a word follows it or goes before it without a blank."""
    for first, last in _stretches(line, mark):
        begin, end = first, last
        while begin < end and not _may_begin(line.text, begin):
            begin += 1
        while end > begin and not _may_end(line.text, end):
            end -= 1
        for at in (*range(first, begin), *range(end, last)):
            line.marks[at] &= ~mark
        for at in range(begin, end):
            if line.text[at] != _SIGN:
                line.marks[at] |= mark


def _stretches(line: _Line, mark: Marks) -> list[tuple[int, int]]:
    """Where marked characters begin and end, those joined that only blanks divide."""
    stretches: list[tuple[int, int]] = []
    begin = None
    end = 0
    for at, marks in enumerate(line.marks):
        if mark in marks:
            begin = at if begin is None else begin
            end = at + 1
        elif begin is not None and not _is_blank(line.text[at]):
            stretches.append((begin, end))
            begin = None
    return [*stretches, (begin, end)] if begin is not None else stretches


def _may_begin(text: str, at: int) -> bool:
    if _is_blank(text[at]):
        return False
    return not _is_punctuation(text[at]) or at == 0 or not _is_word(text[at - 1])


def _may_end(text: str, at: int) -> bool:
    if _is_blank(text[at - 1]):
        return False
    return not _is_punctuation(text[at - 1]) or at == len(text) or not _is_word(text[at])


def _trim_links(line: _Line) -> None:
    """A link begins and ends with a word."""
    first = 0
    for last in range(1, len(line.links) + 1):
        if last < len(line.links) and line.links[last] == line.links[first]:
            continue
        for places in (range(first, last), range(last - 1, first - 1, -1)):
            for at in places:
                if not _is_blank(line.text[at]):
                    break
                line.links[at] = ""
        first = last


def _joined(line: _Line) -> list[Piece]:
    pieces: list[Piece] = []
    signs = iter(line.signs)
    first = 0
    for last in range(1, len(line.text) + 1):
        if last < len(line.text) and _is_alike(line, first, last):
            continue
        text = line.text[first:last]
        sign = next(signs) if text == _SIGN else None
        pieces.append(Piece("" if sign else text, line.marks[first], line.links[first], sign))
        first = last
    return pieces


def _is_alike(line: _Line, one: int, other: int) -> bool:
    return (
        line.marks[one] == line.marks[other]
        and line.links[one] == line.links[other]
        and _SIGN not in (line.text[one], line.text[other])
    )


def _is_blank(character: str) -> bool:
    return isWhiteSpace(ord(character)) or unicodedata.category(character) == "Zs"


def _is_punctuation(character: str) -> bool:
    is_mark = isMdAsciiPunct(ord(character)) or isPunctChar(character)
    return character == _SIGN or is_mark


def _is_word(character: str) -> bool:
    return not _is_blank(character) and not _is_punctuation(character)
