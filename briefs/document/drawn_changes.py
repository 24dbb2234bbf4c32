"""What changed between two texts, drawn as it will be read: words that came and went within their
paragraphs, lists and tables, and paragraphs that moved."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from briefs.document.blocks import Block, Inline, List, Paragraph, Table, parse
from briefs.document.differences import Stretch, differences, stretches, tokens
from briefs.document.html import link_html, picture_html, to_html
from briefs.document.pictures import Shown
from briefs.document.words import count_words, words_in

_WORD = re.compile(r"\w+")
# A paragraph that keeps so much of its words is the same one, changed; moved, it keeps more.
_ALIKE = 0.5
_ALIKE_MOVED = 0.75
# Shorter paragraphs stand in many places without having come from one another.
_LEAST_MOVED = 6
# Beyond so many pairs only paragraphs that stayed as they were are told to have moved.
_MOST_PAIRS = 4_000


class Fate(StrEnum):
    """What became of a block of the text."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class Labels:
    """What those who listen are told around words that came or went."""

    added: str
    removed: str
    end: str


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A paragraph, list, table … with its fate. `html` is safe: all text in it is escaped. `words`
    counts what is read of it, `text` is what stands there now, as words. A block that moved is
    drawn where it is now, and where it was is an empty one; `is_upward` says of either that the
    other is further up."""

    fate: Fate
    html: str
    words: int
    text: str
    is_upward: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """Words that only moved neither came nor went."""

    blocks: list[DrawnBlock]
    words_added: int
    words_removed: int


def draw_changes(
    old: str, new: str, labels: Labels, pictures: Mapping[str, Shown] | None = None
) -> Drawn:
    """The blocks of both normalised texts in the order of the new one; what went stands where it
    was. Without what went it is the new text, without what came the old one.

    Texts that differ in everything cost little more than others: beyond bounds, blocks count as
    removed and added.
    """
    before, after = _with_notes(parse(old)), _with_notes(parse(new))
    drawing = _Drawing(labels, pictures or {})
    blocks = list(drawing.blocks(before, after))
    return Drawn(blocks, drawing.came, drawing.went)


@dataclass(slots=True)
class _Match:
    """Which block of one side is which of the other, by index; `moved` are among them."""

    new_of: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)  # indexes of the old side


class _Drawing:
    def __init__(self, labels: Labels, pictures: Mapping[str, Shown]) -> None:
        self.labels = labels
        self.pictures = pictures
        # Words that came and went so far.
        self.came = self.went = 0

    def blocks(self, old: list[Block], new: list[Block]) -> Iterator[DrawnBlock]:
        match = _matched(old, new)
        old_of = {new_at: old_at for old_at, new_at in match.new_of.items()}
        at = 0
        for index, block in enumerate(new):
            source = old_of.get(index)
            if source is not None and source not in match.moved:
                yield from self.gone(old, at, source, match)
                at = source + 1
            if source is None:
                yield self.drawn(Fate.ADDED, block, self.added(block))
            elif source in match.moved:
                inside = self.pair(old[source], block)
                yield self.drawn(Fate.MOVED_HERE, block, inside, is_upward=source < at)
            else:
                is_same = _key(old[source]) == _key(block)
                inside = self.whole(block) if is_same else self.pair(old[source], block)
                yield self.drawn(Fate.SAME if is_same else Fate.CHANGED, block, inside)
        yield from self.gone(old, at, len(old), match)

    def gone(self, old: list[Block], start: int, end: int, match: _Match) -> Iterator[DrawnBlock]:
        """What stood between two blocks that stayed."""
        for index in range(start, end):
            if index in match.moved:
                # Where it went is told by what stayed around it.
                stayed = [
                    new
                    for one, new in match.new_of.items()
                    if one < index and one not in match.moved
                ]
                is_upward = match.new_of[index] < max(stayed, default=-1)
                yield DrawnBlock(Fate.MOVED_AWAY, "", 0, "", is_upward)
            else:
                inside = self.removed(old[index])
                yield DrawnBlock(Fate.REMOVED, inside, count_words(_text(old[index])), "")

    def drawn(
        self, fate: Fate, block: Block, inside: str, *, is_upward: bool = False
    ) -> DrawnBlock:
        text = _text(block)
        return DrawnBlock(fate, inside, count_words(text), text, is_upward)

    def whole(self, block: Block) -> str:
        """A block by itself. Notes stand in a list of their own, so references lead nowhere."""
        return to_html([block], "", self.pictures, has_notes=False)

    def added(self, block: Block) -> str:
        self.came += count_words(_text(block))
        told, inside = self.told(self.labels.added), self.whole(block)
        return f'<ins class="whole">{told}{inside}{self.ended()}</ins>\n'

    def removed(self, block: Block) -> str:
        self.went += count_words(_text(block))
        told, inside = self.told(self.labels.removed), self.whole(block)
        return f'<del class="whole">{told}{inside}{self.ended()}</del>\n'

    def told(self, words: str) -> str:
        return f'<span class="visually-hidden"> {escape(words)} </span>'

    def ended(self) -> str:
        return f'<span class="visually-hidden">, {escape(self.labels.end)}. </span>'

    def pair(self, old: Block, new: Block) -> str:
        """One block that changed."""
        if old["kind"] == "paragraph" and new["kind"] == "paragraph":
            return f'<p dir="auto">{self.runs(old["inlines"], new["inlines"])}</p>\n'
        if old["kind"] == "quote" and new["kind"] == "quote":
            return f"<blockquote>\n{self.nested(old['blocks'], new['blocks'])}</blockquote>\n"
        if old["kind"] == "table" and new["kind"] == "table":
            return self.tables(old, new)
        if (old["kind"] == "bullet_list" or old["kind"] == "ordered_list") and (
            new["kind"] == "bullet_list" or new["kind"] == "ordered_list"
        ):
            return self.lists(old, new)
        return self.removed(old) + self.added(new)

    def nested(self, old: list[Block], new: list[Block]) -> str:
        return "".join(block.html for block in self.blocks(old, new))

    def lists(self, old: List, new: List) -> str:
        tag = "ul" if new["kind"] == "bullet_list" else "ol"
        start = new.get("start", 1)
        counting = f' start="{start}"' if start != 1 else ""
        match = _matched(
            [_quoted(item) for item in old["items"]], [_quoted(item) for item in new["items"]]
        )
        old_of = {at: source for source, at in match.new_of.items() if source not in match.moved}
        items, at = [], 0
        for index, item in enumerate(new["items"]):
            source = old_of.get(index)
            if source is not None:
                items += [self.item(gone, []) for gone in old["items"][at:source]]
                at = source + 1
            items.append(self.item(old["items"][source] if source is not None else [], item))
        items += [self.item(gone, []) for gone in old["items"][at:]]
        return f"<{tag}{counting}>\n{''.join(items)}</{tag}>\n"

    def item(self, old: list[Block], new: list[Block]) -> str:
        return f'<li dir="auto">{self.nested(old, new)}</li>\n'

    def tables(self, old: Table, new: Table) -> str:
        if old["alignments"] != new["alignments"]:
            return self.removed(old) + self.added(new)
        keys = [_inlines_key(row) for row in old["rows"]]
        new_keys = [_inlines_key(row) for row in new["rows"]]
        rows, at, new_at = [], 0, 0
        for change in [*stretches(keys, new_keys), None]:
            end = change.start if change else len(keys)
            rows += [self.row(row, row, "td") for row in old["rows"][at:end]]
            new_at += end - at
            if change is None:
                break
            gone = old["rows"][change.start : change.end]
            came = new["rows"][change.new_start : change.new_end]
            both = min(len(gone), len(came))
            rows += [self.row(*pair, "td") for pair in zip(gone[:both], came[:both], strict=True)]
            rows += [self.row(row, [[] for _cell in row], "td") for row in gone[both:]]
            rows += [self.row([[] for _cell in row], row, "td") for row in came[both:]]
            at, new_at = change.end, change.new_end
        head = self.row(old["head"], new["head"], "th")
        return (
            f'<div class="table-wrap" tabindex="0">\n<table>\n<thead>\n{head}</thead>\n'
            f"<tbody>\n{''.join(rows)}</tbody>\n</table>\n</div>\n"
        )

    def row(self, old: list[list[Inline]], new: list[list[Inline]], tag: str) -> str:
        cells = "".join(
            f'<{tag} dir="auto">{self.runs(before, after)}</{tag}>\n'
            for before, after in zip(old, new, strict=True)
        )
        return f"<tr>\n{cells}</tr>\n"

    def runs(self, old: list[Inline], new: list[Inline]) -> str:
        """The words of a paragraph, those that came and went marked."""
        before, after = list(_pieces(old, ())), list(_pieces(new, ()))
        html, at, new_at = [], 0, 0
        for change in differences([one.key for one in before], [one.key for one in after]):
            same = change.start - at
            html.append(self.piece_html(after[new_at : new_at + same]))
            new_at += same
            gone, came = before[change.start : change.end], after[new_at : new_at + len(change.new)]
            self.went += _count(gone)
            self.came += _count(came)
            if gone:
                inside = self.piece_html(gone)
                html.append(f"{self.told(self.labels.removed)}<del>{inside}</del>{self.ended()}")
            if came:
                inside = self.piece_html(came)
                html.append(f"{self.told(self.labels.added)}<ins>{inside}</ins>{self.ended()}")
            at, new_at = change.end, new_at + len(change.new)
        html.append(self.piece_html(after[new_at:]))
        return "".join(html)

    def piece_html(self, pieces: Sequence["_Piece"]) -> str:
        html = []
        for piece in pieces:
            inside = self.leaf(piece.leaf)
            for kind, target in reversed(piece.marks):
                tag = {"strong": "strong", "emphasis": "em", "strike": "s"}.get(kind)
                inside = f"<{tag}>{inside}</{tag}>" if tag else link_html(target, inside)
            html.append(inside)
        return "".join(html)

    def leaf(self, leaf: Inline) -> str:
        if isinstance(leaf, str):
            return escape(leaf)
        match leaf["kind"]:
            case "code":
                return f"<code>{escape(leaf['text'])}</code>"
            case "image":
                return picture_html(leaf, self.pictures)
            case "footnote":
                return f'<sup class="footnote-ref">{leaf["number"]}</sup>'
            case "break":
                return "<br>\n"
            case _:
                raise AssertionError(f"not a leaf: {leaf['kind']}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, blank or mark, or anything that is one thing, with the marks around it, outermost
    first, as (kind, address)."""

    leaf: Inline
    marks: tuple[tuple[str, str], ...]
    key: str


def _count(pieces: Iterable[_Piece]) -> int:
    return count_words("".join(one.leaf for one in pieces if isinstance(one.leaf, str)))


def _pieces(inlines: Iterable[Inline], marks: tuple[tuple[str, str], ...]) -> Iterator[_Piece]:
    around = f"\0{json.dumps(marks)}" if marks else ""
    for inline in inlines:
        if isinstance(inline, str):
            for token in tokens(inline):
                yield _Piece(token, marks, token + around)
        elif inline["kind"] == "footnote":
            # Its number may be another; it is the same one while it says the same.
            yield _Piece(inline, marks, f"\0note:{words_in(inline['blocks'])}{around}")
        elif inline["kind"] == "code" or inline["kind"] == "image" or inline["kind"] == "break":
            yield _Piece(inline, marks, f"\0{json.dumps(inline)}{around}")
        else:
            href = inline["href"] if inline["kind"] == "link" else ""
            yield from _pieces(inline["inlines"], (*marks, (inline["kind"], href)))


def _matched(old: list[Block], new: list[Block]) -> _Match:
    """Which block became which: those that stayed or changed in their order, then those that
    moved."""
    match = _Match()
    if len(old) * len(new) <= _MOST_PAIRS:
        whole = Stretch(0, len(old), 0, len(new))
        match.new_of = _alike_in_order(whole, old, new)
    else:
        keys = [_key(block) for block in old], [_key(block) for block in new]
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
        return cls(_key(block), _shape(block), _bag(block))


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
        by_key.setdefault(_key(old[index]), []).append(index)
    moved: dict[int, int] = {}
    rest = []
    for index in news:
        if same := by_key.get(_key(new[index])):
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


def _with_notes(blocks: list[Block]) -> list[Block]:
    """The blocks with their notes as a list at the end, where a reader finds them."""
    notes: list[list[Block]] = []
    _collect(blocks, notes)
    if not notes:
        return blocks
    items = [item or [_nothing()] for item in notes]
    return [*blocks, {"kind": "ordered_list", "items": items, "tight": False, "start": 1}]


def _quoted(item: list[Block]) -> Block:
    """An item of a list as one block, to be matched as blocks are."""
    return {"kind": "quote", "blocks": item}


def _nothing() -> Paragraph:
    return {"kind": "paragraph", "inlines": []}


def _collect(value: object, notes: list[list[Block]]) -> None:
    """Notes in the order of their references, those within notes after them."""
    if isinstance(value, dict):
        if value.get("kind") == "footnote":
            if value["blocks"]:
                notes.append(value["blocks"])
                _collect(value["blocks"], notes)
            return
        for inside in value.values():
            _collect(inside, notes)
    elif isinstance(value, list):
        for inside in value:
            _collect(inside, notes)


def _key(block: Block) -> str:
    return json.dumps(block, sort_keys=True)


def _inlines_key(row: list[list[Inline]]) -> str:
    return json.dumps(row, sort_keys=True)


def _shape(block: Block) -> str:
    return "list" if block["kind"].endswith("_list") else block["kind"]


def _text(block: Block) -> str:
    return words_in([block])


def _bag(block: Block) -> Counter[str]:
    return Counter(_WORD.findall(_text(block).casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """How much two bags of words have in common, from 0 to 1 (Dice's coefficient)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
