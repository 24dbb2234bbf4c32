"""Who is where in a section's text.

Names are ours, never the client's. So are the clocks: other clients ignore a state whose clock they
have seen, and a page that comes back after a lost connection begins with an old one.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any

from briefs.collaboration import wire
from briefs.collaboration.connection import Connection
from briefs.collaboration.limits import PEOPLE_AT_FULL_SPEED, PRESENCE_TICK
from briefs.live_text.varints import LARGEST

GONE = "null"
_ITEM = ("client", "clock")


class Presence:
    """The newest state of each client number in a section with these prompt keys. What changed is
    told with the next tick."""

    def __init__(self, prompts: Collection[str]) -> None:
        self._prompts = prompts
        self._states: dict[int, str] = {}
        self._clocks: dict[int, int] = {}
        self._changed: set[int] = set()
        self.told_at = 0.0
        self.has_new_people = False

    @property
    def has_news(self) -> bool:
        return bool(self._changed) or self.has_new_people

    def is_due(self, now: float, people: int) -> bool:
        """Whether it may be told again: with many people less often, as what goes out grows with
        their square."""
        return now >= self.told_at + PRESENCE_TICK * max(1.0, people / PEOPLE_AT_FULL_SPEED)

    def hear(self, connection: Connection, entries: Iterable[wire.Entry]) -> None:
        """Takes what a client says of itself; of others it may repeat what it was told, which is
        ignored."""
        for entry in entries:
            if entry.client != connection.client:
                continue
            if entry.state is None:
                self.leave(connection)
            else:
                state = _state(connection, _cursor(entry.state, self._prompts))
                self._set(entry.client, state, at_least=entry.clock)

    def leave(self, connection: Connection) -> None:
        if connection.client in self._states:
            self._set(connection.client, GONE)

    def everybody(self) -> bytes | None:
        """What a newcomer is told."""
        entries = [self._entry(client) for client in sorted(self._states)]
        return wire.presence(entries) if entries else None

    def tell(self, connections: Collection[Connection]) -> None:
        """Sends what changed to everybody but those whose own state it is: a stock client would
        send it back for ever."""
        if not self._changed:
            return
        entries = {client: self._entry(client) for client in sorted(self._changed)}
        message = wire.presence(entries.values())
        for connection in connections:
            if connection.client not in entries:
                connection.push(message)
            elif len(entries) > 1:
                connection.push(
                    wire.presence(
                        entry for client, entry in entries.items() if client != connection.client
                    )
                )
        for client in self._changed:
            if self._states[client] == GONE:
                del self._states[client]
        self._changed.clear()

    def _set(self, client: int, state: str, *, at_least: int = 0) -> None:
        self._states[client] = state
        self._clocks[client] = max(self._clocks.get(client, 0) + 1, min(at_least, 2**31))
        self._changed.add(client)

    def _entry(self, client: int) -> bytes:
        return wire.presence_entry(client, self._clocks[client], self._states[client])


def _state(connection: Connection, cursor: dict[str, Any] | None) -> str:
    user = {"id": connection.person, "name": connection.name, "write": connection.may_write}
    return json.dumps({"user": user, "cursor": cursor}, separators=(",", ":"))


def _cursor(state: Any, prompts: Collection[str]) -> dict[str, Any] | None:
    """What a state says of a cursor, rebuilt from what is known: a page would stumble over anything
    else. None when it is nowhere."""
    cursor = state.get("cursor") if isinstance(state, dict) else None
    if not isinstance(cursor, dict):
        return None
    ends = {end: _position(cursor.get(end), prompts) for end in ("anchor", "head")}
    return None if None in ends.values() else ends


def _position(said: Any, prompts: Collection[str]) -> dict[str, Any] | None:
    """A relative position in a prompt as JSON, None when it is none.

    Source: Yjs 13, `relativePositionToJSON`; a `type` is of texts within others, which we have not.
    """
    if not isinstance(said, dict) or said.get("type") is not None:
        return None
    prompt, item, assoc = said.get("tname"), said.get("item"), said.get("assoc", 0)
    if not isinstance(prompt, str) or prompt not in prompts or assoc not in (-1, 0):
        return None
    position: dict[str, Any] = {"tname": prompt, "assoc": int(assoc)}
    if item is not None:
        if not isinstance(item, dict) or not all(map(_is_number, map(item.get, _ITEM))):
            return None
        position["item"] = {name: item[name] for name in _ITEM}
    return position


def _is_number(said: Any) -> bool:
    return type(said) is int and 0 <= said <= LARGEST
