"""One section's prompts as a shared text: a Yjs document with one root text for each prompt.

Changes made anywhere can be joined in any order and give the same text everywhere.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pycrdt import Doc, Text, TextEvent, TransactionEvent, merge_updates

from briefs.document.differences import Difference, differences, tokens

NOTHING = b"\x00\x00"  # the update that changes nothing


class SharedText:
    """The text of a section, by prompt key, as it grows. `put()` writes under the number `client`,
    by default one that nobody has."""

    def __init__(self, prompts: Iterable[str], *, client: int | None = None) -> None:
        self._doc: Doc[Text] = Doc(client_id=client)
        self._texts = {key: self._doc.get(key, type=Text) for key in prompts}
        self._changes: list[bytes] = []
        self._watch = self._doc.observe(self._note)

    @property
    def client(self) -> int:
        return int(self._doc.client_id)

    @property
    def prompts(self) -> frozenset[str]:
        return frozenset(self._texts)

    def texts(self) -> dict[str, str]:
        """The text under each prompt, as it was typed; normalise it before it is stored."""
        return {key: str(text) for key, text in self._texts.items()}

    def apply(self, update: bytes) -> bytes:
        """Joins a checked change in, and returns what it changed here: `NOTHING` when all of it was
        there. Changes that stand on missing ones wait inside."""
        self._changes = []
        self._doc.apply_update(update)
        return self._taken()

    def apply_and_tell(self, update: bytes) -> list[tuple[str, list[dict[str, Any]]]]:
        """The same, and says what became of each prompt's text, as (key, delta): steps of `retain`,
        `insert` and `delete`, which count bytes of UTF-8."""
        told: list[tuple[str, list[dict[str, Any]]]] = []

        def tell(key: str) -> Callable[[TextEvent], None]:
            # pycrdt's types leave it out.
            return lambda event: told.append((key, event.delta))  # type: ignore[attr-defined]

        watches = [(text, text.observe(tell(key))) for key, text in self._texts.items()]
        self._doc.apply_update(update)
        for text, watch in watches:
            text.unobserve(watch)
        return told

    def put(self, texts: Mapping[str, str]) -> bytes:
        """Makes the prompts read so, by inserting and deleting the words that differ, and returns
        the change. What others do to the words between stays."""
        self._changes = []
        with self._doc.transaction():
            for key, wanted in texts.items():
                _rewrite(self._texts[key], wanted)
        return self._taken()

    def state(self, *, beyond: bytes | None = None) -> bytes:
        """All of it as one update, or what lies beyond a state vector."""
        return self._doc.get_update(beyond) if beyond is not None else self._doc.get_update()

    def clocks(self) -> bytes:
        """The state vector: how far each client's text is there."""
        return self._doc.get_state()

    def _note(self, event: TransactionEvent) -> None:
        self._changes.append(event.update)

    def _taken(self) -> bytes:
        changes, self._changes = self._changes, []
        return changes[0] if changes else NOTHING


def merged(updates: Sequence[bytes]) -> bytes:
    """A few changes as one, in the order in which they were made."""
    return updates[0] if len(updates) == 1 else merge_updates(*updates)


def _rewrite(text: Text, wanted: str) -> None:
    now = tokens(str(text))
    for change in reversed(differences(now, tokens(wanted))):
        _change(text, now, change)


def _change(text: Text, now: list[str], change: Difference) -> None:
    """From the back, so that the places before it stay true. pycrdt counts bytes of UTF-8."""
    start = _bytes(now[: change.start])
    end = start + _bytes(now[change.start : change.end])
    if end > start:
        del text[start:end]
    if change.new:
        text.insert(start, "".join(change.new))


def _bytes(pieces: Iterable[str]) -> int:
    return len("".join(pieces).encode())
