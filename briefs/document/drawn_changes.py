"""What changed between two texts, drawn as it will be read: words that came and went within their
paragraphs, lists and tables, and paragraphs that moved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from briefs.document.blocks import Block, Inline, List, Paragraph, Table, parse
from briefs.document.differences import differences, stretches
from briefs.document.html import direction_attribute, link_html, picture_html, to_html
from briefs.document.matching import (
    Match,
    Piece,
    as_block,
    key_of,
    matched,
    pieces_of,
    row_key,
    text_of,
)
from briefs.document.pictures import Shown
from briefs.document.words import count_words, words_in


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


class _Drawing:
    def __init__(self, labels: Labels, pictures: Mapping[str, Shown]) -> None:
        self.labels = labels
        self.pictures = pictures
        # Words that came and went so far.
        self.came = self.went = 0

    def blocks(self, old: list[Block], new: list[Block]) -> Iterator[DrawnBlock]:
        match = matched(old, new)
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
                is_same = key_of(old[source]) == key_of(block)
                inside = self.whole(block) if is_same else self.pair(old[source], block)
                yield self.drawn(Fate.SAME if is_same else Fate.CHANGED, block, inside)
        yield from self.gone(old, at, len(old), match)

    def gone(self, old: list[Block], start: int, end: int, match: Match) -> Iterator[DrawnBlock]:
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
                yield DrawnBlock(Fate.REMOVED, inside, count_words(text_of(old[index])), "")

    def drawn(
        self, fate: Fate, block: Block, inside: str, *, is_upward: bool = False
    ) -> DrawnBlock:
        text = text_of(block)
        return DrawnBlock(fate, inside, count_words(text), text, is_upward)

    def whole(self, block: Block) -> str:
        """A block by itself. Notes stand in a list of their own, so references lead nowhere."""
        return to_html([block], "", self.pictures, has_notes=False)

    def added(self, block: Block) -> str:
        self.came += count_words(text_of(block))
        told, inside = self.told(self.labels.added), self.whole(block)
        return f'<ins class="whole">{told}{inside}{self.ended()}</ins>\n'

    def removed(self, block: Block) -> str:
        self.went += count_words(text_of(block))
        told, inside = self.told(self.labels.removed), self.whole(block)
        return f'<del class="whole">{told}{inside}{self.ended()}</del>\n'

    def told(self, words: str) -> str:
        return f'<span class="visually-hidden" dir="ltr"> {escape(words)} </span>'

    def ended(self) -> str:
        return f'<span class="visually-hidden" dir="ltr">, {escape(self.labels.end)}. </span>'

    def pair(self, old: Block, new: Block) -> str:
        """One block that changed."""
        if old["kind"] == "paragraph" and new["kind"] == "paragraph":
            return f'<p dir="auto">{self.runs(old["inlines"], new["inlines"])}</p>\n'
        if old["kind"] == "quote" and new["kind"] == "quote":
            inside = self.nested(old["blocks"], new["blocks"])
            return f"<blockquote{_direction(old, new)}>\n{inside}</blockquote>\n"
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
        match = matched(
            [as_block(item) for item in old["items"]], [as_block(item) for item in new["items"]]
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
        return f"<{tag}{_direction(old, new)}{counting}>\n{''.join(items)}</{tag}>\n"

    def item(self, old: list[Block], new: list[Block]) -> str:
        told = direction_attribute(words_in(new), words_in(old))
        return f"<li{told}>{self.nested(old, new)}</li>\n"

    def tables(self, old: Table, new: Table) -> str:
        if old["alignments"] != new["alignments"]:
            return self.removed(old) + self.added(new)
        keys = [row_key(row) for row in old["rows"]]
        new_keys = [row_key(row) for row in new["rows"]]
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
        direction = _direction(old, new)
        return (
            f'<div class="table-wrap" tabindex="0"{direction}>\n'
            f"<table{direction}>\n<thead>\n{head}</thead>\n"
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
        before, after = list(pieces_of(old, ())), list(pieces_of(new, ()))
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

    def piece_html(self, pieces: Sequence[Piece]) -> str:
        html = []
        for piece in pieces:
            is_in_link = any(kind == "link" for kind, _target in piece.marks)
            inside = self.leaf(piece.leaf, is_in_link=is_in_link)
            for kind, target in reversed(piece.marks):
                tag = {"strong": "strong", "emphasis": "em", "strike": "s"}.get(kind)
                inside = f"<{tag}>{inside}</{tag}>" if tag else link_html(target, inside)
            html.append(inside)
        return "".join(html)

    def leaf(self, leaf: Inline, *, is_in_link: bool) -> str:
        if isinstance(leaf, str):
            return escape(leaf)
        match leaf["kind"]:
            case "code":
                return f"<code>{escape(leaf['text'])}</code>"
            case "image":
                return picture_html(leaf, self.pictures, is_in_link=is_in_link)
            case "footnote":
                return f'<sup class="footnote-ref">{leaf["number"]}</sup>'
            case "break":
                return "<br>\n"
            case _:
                raise AssertionError(f"not a leaf: {leaf['kind']}")


def _count(pieces: Iterable[Piece]) -> int:
    return count_words("".join(one.leaf for one in pieces if isinstance(one.leaf, str)))


def _direction(old: Block, new: Block) -> str:
    """Of what holds further blocks; of what is said to those who listen, nothing counts."""
    return direction_attribute(text_of(new), text_of(old))


def _with_notes(blocks: list[Block]) -> list[Block]:
    """The blocks with their notes as a list at the end, where a reader finds them."""
    notes: list[list[Block]] = []
    _collect(blocks, notes)
    if not notes:
        return blocks
    items = [item or [_nothing()] for item in notes]
    return [*blocks, {"kind": "ordered_list", "items": items, "tight": False, "start": 1}]


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
