"""What a change from outside may contain: text put into the section's prompts and text taken out,
nothing else.

Whatever reaches the decoder in Rust has passed here, because that decoder may panic on hostile
bytes, and because a shared text can never take a change back.

Source: the update format, version 1, of Yjs 13 (`encodeStateAsUpdate`).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from briefs.live_text.varints import BadBytes, Reader, written

MAX_UPDATE_BYTES = 1024 * 1024
MAX_CLIENTS = 4096
MAX_PIECES = 200_000
MAX_CLOCK = 2**31

# NFC makes at most three times the bytes of a text in UTF-8 (Unicode Standard Annex 15, table 12).
_MOST_BY_NFC = 3
# And what stands beside a piece may grow by a few, when it comes between two that were one.
_MOST_BESIDE = 16

_GAP, _DELETED, _STRING, _SKIPPED = 0, 1, 4, 10
_KIND = 0b0001_1111
_HAS_LEFT, _HAS_RIGHT, _HAS_NAME = 0b1000_0000, 0b0100_0000, 0b0010_0000
# What a text may not hold: C0 controls but tab and line feed, DEL, and what is no character.
UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")

_BEYOND = re.compile("[\U00010000-\U0010ffff]")

Clocks = Mapping[int, int]
Place = tuple[int, int]  # a client number and a clock


class BadUpdate(ValueError):  # noqa: N818 - it says what was sent, not what went wrong here
    """The change isn't one that an editor of ours makes."""


class MissingContent(Exception):  # noqa: N818 - asks for more, nothing is wrong
    """The change is well formed and stands on others that haven't arrived."""


@dataclass(slots=True)
class Update:
    """What a change says. `written` is, by client number, the span of clocks that it fills;
    `deleted` the spans that it takes out, as (client, first clock, end). Clocks count UTF-16 units.
    `inserted` is the UTF-8 bytes of the text that it puts in. `cuts` are the places before which
    it parts text, and `halves` those of second halves of characters beyond U+FFFF."""

    written: dict[int, tuple[int, int]] = field(default_factory=dict)
    deleted: list[tuple[int, int, int]] = field(default_factory=list)
    inserted: int = 0
    neighbours: list[Place] = field(default_factory=list)
    cuts: list[Place] = field(default_factory=list)
    halves: set[Place] = field(default_factory=set)
    pieces: int = 0

    def brings(self, known: Clocks) -> dict[int, tuple[int, int]]:
        """The spans, by client number, that aren't in `known` yet."""
        return {
            client: (max(first, known.get(client, 0)), end)
            for client, (first, end) in self.written.items()
            if end > known.get(client, 0)
        }

    @property
    def units_deleted(self) -> int:
        return sum(end - first for _client, first, end in self.deleted)

    @property
    def most_growth(self) -> int:
        """By how many bytes the text may grow as it would be stored, in NFC."""
        return _MOST_BY_NFC * self.inserted + _MOST_BESIDE * self.pieces

    def new_halves(self, known: Clocks) -> set[Place]:
        """Of `halves` those that aren't in `known` yet: what it says of the others counts for
        nothing."""
        return {(client, clock) for client, clock in self.halves if clock >= known.get(client, 0)}

    def cuts_a_character(self, known: Clocks, halves: Collection[Place]) -> bool:
        """Whether it would leave half a character beyond U+FFFF: Yjs and Yrs make different texts
        of that. `halves` are the second halves that are there."""
        new = self.new_halves(known)
        seams = [(client, known.get(client, 0)) for client in self.written]
        return any(place in new or place in halves for place in (*self.cuts, *seams))


def read_update(data: bytes, *, prompts: Collection[str], known: Clocks) -> Update:
    """Reads a change to a section with these prompt keys, of which `known` clocks are there.

    Raises `BadUpdate` for anything but strings and deletions under known prompts, and
    `MissingContent` when it leaves a gap or names a neighbour or a deletion that isn't there.
    """
    if len(data) > MAX_UPDATE_BYTES:
        raise BadUpdate("the change is too large")
    update, reader = Update(), Reader(data)
    try:
        _read_written(reader, update, prompts)
        _read_deleted(reader, update)
    except BadBytes as bad:
        raise BadUpdate(str(bad)) from None
    if not reader.is_at_end:
        raise BadUpdate("bytes are left over")
    _check_nothing_is_missing(update, known)
    return update


def read_clocks(data: bytes) -> dict[int, int]:
    """A state vector: how far each client's text is there. Raises `BadUpdate`."""
    reader = Reader(data)
    try:
        count = reader.number()
        if count > MAX_PIECES:
            raise BadUpdate("too many clients")
        clocks = {}
        for _ in range(count):
            client = reader.number()
            clocks[client] = reader.number()
    except BadBytes as bad:
        raise BadUpdate(str(bad)) from None
    if not reader.is_at_end:
        raise BadUpdate("bytes are left over")
    return clocks


def write_clocks(clocks: Clocks) -> bytes:
    """A state vector that says this."""
    pairs = [written(client) + written(clock) for client, clock in clocks.items()]
    return written(len(pairs)) + b"".join(pairs)


def second_halves(state: bytes) -> set[Place]:
    """The places of the second halves of all characters beyond U+FFFF in an update of our own
    making, of any size."""
    reader = Reader(state)
    halves: set[Place] = set()
    for _ in range(reader.number()):
        count, client, clock = reader.number(), reader.number(), reader.number()
        for _ in range(count):
            clock += _read_own_piece(reader, client, clock, halves)
    return halves


def _read_own_piece(reader: Reader, client: int, clock: int, halves: set[Place]) -> int:
    head = reader.byte()
    if head in (_GAP, _SKIPPED):
        return reader.number()
    for has_neighbour in (head & _HAS_LEFT, head & _HAS_RIGHT):
        if has_neighbour:
            reader.number()
            reader.number()
    if not head & (_HAS_LEFT | _HAS_RIGHT):
        reader.number()
        reader.text()
    if head & _KIND == _DELETED:
        return reader.number()
    text = reader.text()
    halves.update((client, clock + place) for place in _places_of_halves(text))
    return _units(text)


def _read_written(reader: Reader, update: Update, prompts: Collection[str]) -> None:
    clients = reader.number()
    if clients > MAX_CLIENTS:
        raise BadUpdate("too many clients")
    for _ in range(clients):
        count, client, clock = reader.number(), reader.number(), reader.number()
        _count_pieces(update, count)
        if count == 0 or client in update.written:
            raise BadUpdate("a client's text comes twice or is empty")
        end = clock
        for _ in range(count):
            end += _read_piece(reader, update, prompts, at=(client, end))
            if end >= MAX_CLOCK:
                raise BadUpdate("a clock is too large")
        update.written[client] = (clock, end)


def _read_piece(reader: Reader, update: Update, prompts: Collection[str], *, at: Place) -> int:
    """One piece of text, or the gap that a deleted one left; how many clocks it takes."""
    head = reader.byte()
    kind = head & _KIND
    if kind not in (_DELETED, _STRING) or head & _HAS_NAME:
        raise BadUpdate("something else than text")
    for has_neighbour, behind in ((head & _HAS_LEFT, 1), (head & _HAS_RIGHT, 0)):
        if has_neighbour:
            client, clock = reader.number(), reader.number()
            update.neighbours.append((client, clock))
            update.cuts.append((client, clock + behind))
    if not head & (_HAS_LEFT | _HAS_RIGHT):
        _check_prompt(reader, prompts)
    if kind == _DELETED:
        return _length(reader)
    text = reader.text()
    if not text or UNUSABLE.search(text):
        raise BadUpdate("an empty text, or one with control characters")
    update.inserted += len(text.encode())
    client, clock = at
    update.halves.update((client, clock + place) for place in _places_of_halves(text))
    return _units(text)


def _places_of_halves(text: str) -> Iterator[int]:
    """Of each character beyond U+FFFF the place of its second half, in UTF-16 units."""
    for number, beyond in enumerate(_BEYOND.finditer(text), start=1):
        yield beyond.start() + number


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _check_prompt(reader: Reader, prompts: Collection[str]) -> None:
    if reader.number() != 1:
        raise BadUpdate("text within something else")
    if reader.text() not in prompts:
        raise BadUpdate("an unknown prompt")


def _read_deleted(reader: Reader, update: Update) -> None:
    clients = reader.number()
    if clients > MAX_PIECES:
        raise BadUpdate("too many clients")
    seen = set()
    for _ in range(clients):
        client, count = reader.number(), reader.number()
        _count_pieces(update, count)
        if client in seen:
            raise BadUpdate("a client's deletions come twice")
        seen.add(client)
        for _ in range(count):
            first = reader.number()
            end = first + _length(reader)
            update.deleted.append((client, first, end))
            update.cuts += [(client, first), (client, end)]


def _length(reader: Reader) -> int:
    length = reader.number()
    if not 0 < length < MAX_CLOCK:
        raise BadUpdate("a length that can't be")
    return length


def _count_pieces(update: Update, more: int) -> None:
    update.pieces += more
    if update.pieces > MAX_PIECES:
        raise BadUpdate("too many pieces")


def _check_nothing_is_missing(update: Update, known: Clocks) -> None:
    def is_there(client: int, clock: int) -> bool:
        first, end = update.written.get(client, (0, 0))
        return clock < known.get(client, 0) or first <= clock < end

    if any(first > known.get(client, 0) for client, (first, _end) in update.written.items()):
        raise MissingContent
    if not all(is_there(client, clock) for client, clock in update.neighbours):
        raise MissingContent
    if not all(is_there(client, end - 1) for client, _first, end in update.deleted):
        raise MissingContent
