"""Where a remark's passage stands in a text that has changed since.

An anchor is a quote with what stood around it and where, all of the words as a reader sees them
(`words_of()`), so that marks and line ends don't matter. The idea, and matching the context where
the quote itself has changed, are those of the Web Annotation Data Model's text quote and text
position selectors (W3C, 2017).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from briefs.document.blocks import parse
from briefs.document.words import letters_in, lines_in, plain

CONTEXT = 40
MAX_QUOTE = 2000
# So long a quote is known by itself. A shorter one may stand anywhere, so its surroundings count.
_KNOWN_BY_ITSELF = 24
_LEAST_CONTEXT = 8
# A changed passage may be so much longer than it was, in characters, and keeps one word in three.
_GROWTH = 120
_LEAST_KEPT = 1 / 3
_MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage: `quote`, up to `CONTEXT` characters `before` and `after` it, and the `position` of
    its first character, all in `words_of()` a text."""

    quote: str
    before: str
    after: str
    position: int


@dataclass(frozen=True, slots=True)
class Place:
    """`words[start:end]` is the passage now; `is_changed` when it reads differently."""

    start: int
    end: int
    is_changed: bool


def words_of(text: str) -> str:
    """A normalised text as one line of the words that a reader sees."""
    return " ".join(plain(text).split())


def start_on_page(text: str, start: int) -> int:
    """Where a character of `words_of()` a text stands on a page, which has all notes at its end
    and not each behind its paragraph."""
    if "[^" not in text:
        return start
    lines = list(lines_in(parse(text)))
    left = letters_in(words_of(text)[:start])
    pages: dict[bool, list[str]] = {False: [], True: []}
    target: tuple[bool, int] | None = None
    for line, is_of_note in lines:
        count = letters_in(line)
        if target is None and left < count:
            target = is_of_note, letters_in("".join(pages[is_of_note])) + left
        left -= count
        pages[is_of_note].append(line)
    if target is None or not pages[True]:
        return start
    is_of_note, letter = target
    if is_of_note:
        letter += letters_in("".join(pages[False]))
    words = " ".join(" ".join(pages[False] + pages[True]).split())
    letters = (at for at, character in enumerate(words) if character.isalnum())
    return next(islice(letters, letter, None))


def anchor_of(words: str, quote: str, *, before: str = "") -> Anchor:
    """The anchor of a quote in `words_of()` a text: where `before` stands before it, or else the
    first. A quote that isn't there has an anchor without surroundings, which finds nothing."""
    quote = " ".join(quote.split())
    before = " ".join(before.split())[-CONTEXT:]
    starts = list(_starts(words, quote))
    if not starts:
        return Anchor(quote, before, "", 0)
    start = max(starts, key=lambda at: (_common_end(words[:at].rstrip(), before), -at))
    end = start + len(quote)
    return Anchor(quote, words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT], start)


def find_passage(anchor: Anchor, words: str) -> Place | None:
    """Where the passage stands in `words_of()` a text; None when it is no longer there.

    The quote as it was comes first, of several the one with the most of its surroundings and then
    the nearest. Without it, whatever now stands between its surroundings, or between its own first
    and last words, is the passage, as long as it keeps a third of its words.
    """
    if not anchor.quote:
        return None
    return _as_it_was(anchor, words) or _changed(anchor, words)


def _as_it_was(anchor: Anchor, words: str) -> Place | None:
    found = [
        (_context(anchor, words, start), -abs(start - anchor.position), start)
        for start in _starts(words, anchor.quote)
    ]
    if not found:
        return None
    context, _nearness, start = max(found)
    enough = min(_LEAST_CONTEXT, len(anchor.before) + len(anchor.after))
    if len(anchor.quote) < _KNOWN_BY_ITSELF and context < enough:
        return None
    return Place(start, start + len(anchor.quote), is_changed=False)


def _context(anchor: Anchor, words: str, start: int) -> int:
    """How many characters around a quote are those of the anchor."""
    end = start + len(anchor.quote)
    before = words[max(0, start - CONTEXT) : start]
    after = words[end : end + CONTEXT]
    return _common_end(before, anchor.before) + _common(after, anchor.after)


def _changed(anchor: Anchor, words: str) -> Place | None:
    quote = anchor.quote
    most = 2 * len(quote) + _GROWTH
    for size in (CONTEXT, CONTEXT // 2, CONTEXT // 4):
        around = _between(words, anchor.before[-size:], anchor.after[:size], most)
        inside = _between(words, quote[:size], quote[-size:], most, with_ends=True)
        places = [
            (start, end)
            for start, end in [*around, *inside]
            if _kept(quote, words[start:end]) >= _LEAST_KEPT
        ]
        if places:
            start, end = min(places, key=lambda place: abs(place[0] - anchor.position))
            return Place(start, end, is_changed=True)
    return None


def _between(
    words: str, left: str, right: str, most: int, *, with_ends: bool = False
) -> Iterator[tuple[int, int]]:
    """The stretches of at most so many characters between two texts. A text that is too short to be
    told from others bounds nothing."""
    if len(left.strip()) < _LEAST_CONTEXT or len(right.strip()) < _LEAST_CONTEXT:
        return
    for at in _starts(words, left):
        end = words.find(right, at + len(left), at + len(left) + most)
        if end < 0:
            continue
        start, stop = (at, end + len(right)) if with_ends else (at + len(left), end)
        if words[start:stop].strip():
            yield start, stop


def _kept(old: str, new: str) -> float:
    """Which share of a passage's words is in another."""
    before = set(old.casefold().split())
    return len(before & set(new.casefold().split())) / len(before) if before else 0


def _starts(words: str, quote: str) -> Iterator[int]:
    """Where a quote begins, the first few hundred times."""
    at = words.find(quote) if quote else -1
    for _time in range(_MOST_FOUND):
        if at < 0:
            return
        yield at
        at = words.find(quote, at + 1)


def _common_end(one: str, other: str) -> int:
    return _common(one[::-1], other[::-1])


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
