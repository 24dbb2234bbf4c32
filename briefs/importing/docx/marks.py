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

    def is_code(self, at: int) -> bool:
        return Marks.CODE in self.marks[at]

    def is_blank(self, at: int) -> bool:
        return not self.is_code(at) and _is_blank(self.text[at])

    def is_punctuation(self, at: int) -> bool:
        """Code begins and ends with a sign, whatever is in it."""
        return self.is_code(at) or _is_punctuation(self.text[at])

    def is_word(self, at: int) -> bool:
        return not self.is_blank(at) and not self.is_punctuation(at)

    def may_begin(self, at: int) -> bool:
        """Whether Markdown reads a mark that begins there."""
        if self.is_blank(at):
            return False
        return not self.is_punctuation(at) or at == 0 or not self.is_word(at - 1)

    def may_end(self, at: int) -> bool:
        """Whether it reads one that ends before that place."""
        if self.is_blank(at - 1):
            return False
        return not self.is_punctuation(at - 1) or at == len(self.text) or not self.is_word(at)

    def is_in_code(self, at: int) -> bool:
        """Whether code goes on from the place before."""
        return 0 < at < len(self.text) and self.is_code(at - 1) and self.is_code(at)


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
    first, last = 0, len(text)
    while first < last and text[first].isspace() and Marks.CODE not in found.marks[first]:
        first += 1
    while first < last and text[last - 1].isspace() and Marks.CODE not in found.marks[last - 1]:
        last -= 1
    found.text = text[first:last]
    found.marks = found.marks[first:last]
    found.links = found.links[first:last]
    return found


def _settle(line: _Line, mark: Marks) -> None:
    """Takes the blanks between marked words in, and the blanks at their ends out; punctuation and
    code, too, where a word follows it or goes before it without a blank."""
    for first, last in _stretches(line, mark):
        begin, end = _settled(line, first, last)
        for at in (*range(first, begin), *range(end, last)):
            line.marks[at] &= ~mark
        for at in range(begin, end):
            if line.text[at] != _SIGN:
                line.marks[at] |= mark


def _settled(line: _Line, begin: int, end: int) -> tuple[int, int]:
    """Where a mark may begin and end within a stretch; not within code."""
    while begin < end and not line.may_begin(begin):
        begin += 1
        while begin < end and line.is_in_code(begin):
            begin += 1
    while end > begin and not line.may_end(end):
        end -= 1
        while end > begin and line.is_in_code(end):
            end -= 1
    return begin, end


def _stretches(line: _Line, mark: Marks) -> list[tuple[int, int]]:
    """Where marked characters begin and end, those joined that only blanks divide."""
    stretches: list[tuple[int, int]] = []
    begin = None
    end = 0
    for at, marks in enumerate(line.marks):
        if mark in marks:
            begin = at if begin is None else begin
            end = at + 1
        elif begin is not None and not line.is_blank(at):
            stretches.append((begin, end))
            begin = None
    return [*stretches, (begin, end)] if begin is not None else stretches


def _trim_links(line: _Line) -> None:
    """A link begins and ends with a word."""
    first = 0
    for last in range(1, len(line.links) + 1):
        if last < len(line.links) and line.links[last] == line.links[first]:
            continue
        for places in (range(first, last), range(last - 1, first - 1, -1)):
            for at in places:
                if not line.is_blank(at):
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
