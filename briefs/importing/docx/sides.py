"""On which side of their column the words of a table stand."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from briefs.document.blocks import Alignment
from briefs.importing.docx.elements import Element
from briefs.importing.docx.styles import is_on

_ENDS = {"start": "start", "left": "start", "end": "end", "right": "end"}
_AROUND = frozenset({"w:sdt", "w:sdtContent", "w:customXml"})


class Side(NamedTuple):
    """Where the words of a cell stand; blank when the cell doesn't say. `is_usual` says that they
    stand there anyway, as some programs write of every paragraph."""

    side: Alignment
    is_usual: bool = False


UNSAID = Side("")


def side_of(cell: Element) -> Side:
    """What all paragraphs of a cell say."""
    said = {_of_paragraph(each) for each in _paragraphs(cell)}
    return said.pop() if len(said) == 1 else UNSAID


def sides_of(rows: Sequence[Sequence[tuple[Side, bool]]]) -> list[Alignment]:
    """The side of each column, which the body's cells with words agree on; where there are none,
    all cells. Each cell is its side and whether it has words.

    A table all of whose words stand where they would anyway says nothing by that.
    """
    columns = [
        _agreed(column[0], [cell for cell in column[1:] if cell]) for column in zip_longest(*rows)
    ]
    says = any(each.side and not each.is_usual for each in columns)
    has_unsaid = any(side == UNSAID for row in rows for side, has_words in row if has_words)
    return [each.side if says or has_unsaid else "" for each in columns]


def _agreed(head: tuple[Side, bool] | None, body: list[tuple[Side, bool]]) -> Side:
    said = {side for side, has_words in body if has_words}
    said = said or {side for side, _has_words in (*filter(None, [head]), *body)}
    if len({each.side for each in said}) != 1:
        return UNSAID
    return min(said, key=lambda each: each.is_usual)


def _of_paragraph(paragraph: Element) -> Side:
    """Within a paragraph from right to left, Word means by "left" where lines begin."""
    properties = paragraph.child("w:pPr")
    said = (properties.value("w:jc") if properties else None) or ""
    if properties is None or said == "center":
        return Side("center" if said else "")
    end = _ENDS.get(said)
    if end is None:
        return UNSAID
    bidi = properties.child("w:bidi")
    is_reversed = bidi is not None and is_on(bidi.get("w:val", "1"))
    is_left = (end == "start") != is_reversed
    return Side("left" if is_left else "right", is_usual=end == "start")


def _paragraphs(around: Element) -> Iterator[Element]:
    for each in around.children:
        if each.name == "w:p":
            yield each
        elif each.name in _AROUND:
            yield from _paragraphs(each)
