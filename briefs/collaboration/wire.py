"""Messages as bytes, in and out: y-protocols' own for text and presence, and four more.

Source: y-protocols `sync.js` and `awareness.js`; `docs/live-editing.md` has the rest.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from briefs.live_text.varints import BadBytes, Reader, counted, written

SYNC, AWARENESS, ACK, STATE, HELLO, NAME = 0, 1, 100, 101, 102, 103
STEP_1, STEP_2, UPDATE = 0, 1, 2


class BadMessage(ValueError):  # noqa: N818 - it says what was sent, not what went wrong here
    """Not a message of this protocol."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message: the client's Yjs number, the document of its copy, None when it has none,
    and the primary key of the person that its page was made for."""

    client: int
    document: UUID | None
    person: int


@dataclass(frozen=True, slots=True)
class Asks:
    """What does the server have beyond these clocks? (a state vector)"""

    clocks: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A Yjs update; counts for the acknowledgement."""

    update: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """Presence of one client; a state None says that it is gone."""

    client: int
    clock: int
    state: Any


@dataclass(frozen=True, slots=True)
class Present:
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """Give the text a revision now."""


Message = Hello | Asks | Change | Present | Name


def read_message(data: bytes) -> Message:
    """What a client says. Raises `BadMessage`."""
    reader = Reader(data)
    try:
        message = _read(reader)
    except (BadBytes, ValueError, RecursionError) as bad:
        raise BadMessage(str(bad)) from None
    if not reader.is_at_end:
        raise BadMessage("bytes are left over")
    return message


def entries_in(data: bytes) -> int | None:
    """How many entries a message of presence says it has, told without reading them; None for any
    other message. Raises `BadMessage`."""
    reader = Reader(data)
    try:
        if reader.number() != AWARENESS:
            return None
        return Reader(reader.counted()).number()
    except BadBytes as bad:
        raise BadMessage(str(bad)) from None


def _read(reader: Reader) -> Message:
    kind = reader.number()
    if kind == SYNC:
        return _read_sync(reader)
    if kind == AWARENESS:
        return _read_presence(Reader(reader.counted()))
    if kind == HELLO:
        client, document = reader.number(), reader.text()
        return Hello(client, UUID(document) if document else None, person=reader.number())
    if kind == NAME:
        return Name()
    raise BadMessage("an unknown kind of message")


def _read_sync(reader: Reader) -> Message:
    step = reader.number()
    payload = reader.counted()
    if step == STEP_1:
        return Asks(payload)
    if step in (STEP_2, UPDATE):
        return Change(payload)
    raise BadMessage("an unknown step")


def _read_presence(reader: Reader) -> Present:
    entries = []
    for _ in range(reader.number()):
        client, clock = reader.number(), reader.number()
        state = json.loads(reader.text(), parse_constant=_refuse_constant)
        entries.append(Entry(client, clock, state))
    if not reader.is_at_end:
        raise BadMessage("bytes are left over")
    return Present(tuple(entries))


def _refuse_constant(name: str) -> None:
    raise BadMessage(f"{name} is no JSON")


def asking(clocks: bytes) -> bytes:
    """Sync step 1: the client is to send what it has beyond these clocks."""
    return bytes([SYNC, STEP_1]) + counted(clocks)


def answer(update: bytes) -> bytes:
    """Sync step 2: what the client lacked."""
    return bytes([SYNC, STEP_2]) + counted(update)


def change(update: bytes) -> bytes:
    """What somebody changed; it is committed."""
    return bytes([SYNC, UPDATE]) + counted(update)


def ack(number: int) -> bytes:
    """The first so many changes of this connection are committed."""
    return bytes([ACK]) + written(number)


def state(**facts: Any) -> bytes:
    """What is the case now, as JSON; facts that aren't named stay as they were."""
    return bytes([STATE]) + counted(json.dumps(facts, separators=(",", ":")).encode())


def presence_entry(client: int, clock: int, state: str) -> bytes:
    """One client's entry in `presence()`; the state comes as JSON."""
    return written(client) + written(clock) + counted(state.encode())


def presence(entries: Iterable[bytes]) -> bytes:
    entries = list(entries)
    return bytes([AWARENESS]) + counted(written(len(entries)) + b"".join(entries))
