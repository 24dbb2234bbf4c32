"""Which paragraphs, items and words of two texts are the same ones, changed or not."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefs.document.blocks import Block, Inline
from briefs.document.differences import Stretch, stretches, tokens
from briefs.document.words import words_in

_WORD = re.compile(r"\w+")
# A paragraph that keeps so much of its words is the same one, changed; moved, it keeps more.
_ALIKE = 0.5
_ALIKE_MOVED = 0.75
# Shorter paragraphs stand in many places without having come from one another.
_LEAST_MOVED = 6
# Beyond so many pairs only paragraphs that stayed as they were are told to have moved.
_MOST_PAIRS = 4_000


@dataclass(slots=True)
class Match:
    """Which block of one side is which of the other, by index; `moved` are among them."""

    new_of: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)  # indexes of the old side


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, blank or mark, or anything that is one thing, with the marks around it, outermost
    first, as (kind, address)."""

    leaf: Inline
    marks: tuple[tuple[str, str], ...]
    key: str


def pieces_of(inlines: Iterable[Inline], marks: tuple[tuple[str, str], ...]) -> Iterator[Piece]:
    """The words of a paragraph one by one; a link without words reads as its address."""
    around = f"\0{json.dumps(marks)}" if marks else ""
    for inline in inlines:
        if isinstance(inline, str):
            for token in tokens(inline):
                yield Piece(token, marks, token + around)
        elif inline["kind"] == "footnote":
            # Its number may be another; it is the same one while it says the same.
            yield Piece(inline, marks, f"\0note:{json.dumps(inline['blocks'])}{around}")
        elif inline["kind"] == "code" or inline["kind"] == "image" or inline["kind"] == "break":
            yield Piece(inline, marks, f"\0{json.dumps(inline)}{around}")
        else:
            href = inline["href"] if inline["kind"] == "link" else ""
            inside: list[Inline] = inline["inlines"] or [href]
            yield from pieces_of(inside, (*marks, (inline["kind"], href)))


def matched(old: list[Block], new: list[Block]) -> Match:
    """Which block became which: those that stayed or changed in their order, then those that
    moved."""
    match = Match()
    if len(old) * len(new) <= _MOST_PAIRS:
        whole = Stretch(0, len(old), 0, len(new))
        match.new_of = _alike_in_order(whole, old, new)
    else:
        keys = [key_of(block) for block in old], [key_of(block) for block in new]
        at = new_at = 0
        for change in stretches(*keys):
            match.new_of |= _side_by_side(at, change.start, new_at)
            match.new_of |= _alike_in_order(change, old, new)
            at, new_at = change.end, change.new_end
        match.new_of |= _side_by_side(at, len(old), new_at)
    kept = set(match.new_of.values())
    left_old = [index for index in range(len(old)) if index not in match.new_of]
    left_new = [index for index in range(len(new)) if index not in kept]
    moved = _moved(left_old, left_new, old, new)
    match.new_of |= moved
    match.moved = set(moved)
    return match


def _side_by_side(start: int, end: int, new_start: int) -> dict[int, int]:
    return dict(zip(range(start, end), range(new_start, new_start + end - start), strict=True))


def _alike_in_order(within: Stretch, old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    """The pairs that keep the most words in their order, as Needleman and Wunsch (1970) align two
    sequences; none beyond the bound."""
    rows, columns = within.end - within.start, within.new_end - within.new_start
    if rows * columns > _MOST_PAIRS:
        return {}
    olds = [_Look.at(old[within.start + row]) for row in range(rows)]
    news = [_Look.at(new[within.new_start + column]) for column in range(columns)]
    gain = [[_gain(one, other) for other in news] for one in olds]
    best = [[0.0] * (columns + 1) for _row in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            together = best[row + 1][column + 1] + gain[row][column] if gain[row][column] else 0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], together)
    pairs: dict[int, int] = {}
    row = column = 0
    while row < rows and column < columns:
        here = gain[row][column]
        if here and best[row][column] == best[row + 1][column + 1] + here:
            pairs[within.start + row] = within.new_start + column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


@dataclass(frozen=True, slots=True)
class _Look:
    """What two blocks are compared by."""

    key: str
    shape: str
    bag: Counter[str]

    @classmethod
    def at(cls, block: Block) -> "_Look":
        return cls(key_of(block), _shape(block), _bag(block))


def _gain(one: _Look, other: _Look) -> float:
    """What is kept when one block becomes the other, in words; 0 when it is another block."""
    if one.key == other.key:
        return one.bag.total() + 1
    alike = _alike(one.bag, other.bag)
    if one.shape != other.shape or alike < _ALIKE:
        return 0
    return alike * (one.bag.total() + other.bag.total()) / 2


def _moved(
    olds: list[int], news: list[int], old: Sequence[Block], new: Sequence[Block]
) -> dict[int, int]:
    bags = {index: _bag(old[index]) for index in olds}
    sources = [index for index in olds if bags[index].total() >= _LEAST_MOVED]
    by_key: dict[str, list[int]] = {}
    for index in sources:
        by_key.setdefault(key_of(old[index]), []).append(index)
    moved: dict[int, int] = {}
    rest = []
    for index in news:
        if same := by_key.get(key_of(new[index])):
            moved[same.pop(0)] = index
        else:
            rest.append(index)
    sources = [index for index in sources if index not in moved]
    if len(sources) * len(rest) > _MOST_PAIRS:
        return moved
    for index in rest:
        bag = _bag(new[index])
        scores = [(_alike(bags[source], bag), -source) for source in sources]
        score, source = max(scores, default=(0.0, 0))
        if score >= _ALIKE_MOVED and _shape(old[-source]) == _shape(new[index]):
            moved[-source] = index
            sources.remove(-source)
    return moved


def as_block(item: list[Block]) -> Block:
    """An item of a list as one block, to be matched as blocks are."""
    return {"kind": "quote", "blocks": item}


def key_of(block: Block) -> str:
    """Blocks with the same key are the same in every mark."""
    return json.dumps(block, sort_keys=True)


def row_key(row: list[list[Inline]]) -> str:
    """The same of a row of a table."""
    return json.dumps(row, sort_keys=True)


def _shape(block: Block) -> str:
    return "list" if block["kind"].endswith("_list") else block["kind"]


def text_of(block: Block) -> str:
    """The words of one block, its notes included."""
    return words_in([block])


def _bag(block: Block) -> Counter[str]:
    return Counter(_WORD.findall(text_of(block).casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """How much two bags of words have in common, from 0 to 1 (Dice's coefficient)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
