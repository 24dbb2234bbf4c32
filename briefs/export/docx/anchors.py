"""Where in an answer the words stand that a discussion is about, while the answer is written."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from unicodedata import category

from briefs.document.blocks import Block
from briefs.document.tree import DiscussionNode, Passage
from briefs.document.words import letters_in, lines_in
from briefs.export.docx.comments import Comments

_JOINERS = "\u200c\u200d"


class Mark(str):
    """Markup between two stretches of words."""

    __slots__ = ()


class Anchors:
    """Puts the marks of comments between words. Only letters and digits are counted, as in
    `briefs.document.source`: a reader who copies words sees no marks, and blanks otherwise."""

    def __init__(self, spans: Iterable[tuple[int, int, str, str]] = ()) -> None:
        """Each span is from the first of so many letters to before another, and the marks there."""
        spans = list(spans)
        self._begins = sorted(((start, mark) for start, _, mark, _ in spans), reverse=True)
        self._ends = sorted(((end, mark) for _, end, _, mark in spans), reverse=True)
        self._read = 0

    def cut(self, text: str) -> Iterator[str]:
        """The text in pieces, with the marks that stand between them."""
        if not self._ends:
            if text:
                yield text
            return
        cut = 0
        for at, character in enumerate(text):
            if not character.isalnum():
                continue
            begins = "".join(_taken(self._begins, self._read))
            if begins:
                yield from filter(None, [text[cut:at], Mark(begins)])
                cut = at
            self._read += 1
            ends = "".join(_taken(self._ends, self._read))
            if ends:
                end = _end_of_letter(text, at)
                yield from [text[cut:end], Mark(ends)]
                cut = end
        if text[cut:]:
            yield text[cut:]

    def around(self, unit: str, words: str) -> str:
        """What can't be cut, such as a picture that reads as its description."""
        marks = [piece for piece in self.cut(words) if isinstance(piece, Mark)]
        begins = "".join(mark for mark in marks if "RangeStart" in mark)
        ends = "".join(mark for mark in marks if "RangeStart" not in mark)
        return f"{begins}{unit}{ends}"


def _end_of_letter(text: str, at: int) -> int:
    """Behind the marks, vowel signs and joiners that are drawn with a letter: parted from it, they
    would stand on a circle."""
    end = at + 1
    while end < len(text) and (category(text[end])[0] == "M" or text[end] in _JOINERS):
        end += 1
    return end


def anchored(
    blocks: Iterable[Block], discussions: Iterable[DiscussionNode], comments: Comments
) -> tuple[Anchors, list[DiscussionNode]]:
    """The anchors of those discussions whose words stand in the blocks, and the other ones. Words
    in a note count as not found."""
    before = _letters_before(blocks)
    spans = []
    others = []
    for discussion in discussions:
        start, end = _written(discussion.passage, before)
        if start == end:
            others.append(discussion)
        elif discussion.replies:
            thread = comments.thread(discussion, is_found=True)
            spans.append((start, end, thread.begin, thread.end))
    return Anchors(spans), others


def _letters_before(blocks: Iterable[Block]) -> list[int]:
    """For each letter that a reader sees, and the end: how many stand before it outside of
    notes."""
    outside = [
        0 if is_of_note else 1
        for line, is_of_note in lines_in(blocks)
        for _letter in range(letters_in(line))
    ]
    return list(accumulate(outside, initial=0))


def _written(passage: Passage | None, before: list[int]) -> tuple[int, int]:
    """From the first of the letters outside of notes to before another; equal when there are
    none."""
    if passage is None:
        return 0, 0
    last = len(before) - 1
    return before[min(passage.start, last)], before[min(passage.end, last)]


def _taken(marks: list[tuple[int, str]], position: int) -> Iterator[str]:
    while marks and marks[-1][0] == position:
        yield marks.pop()[1]
