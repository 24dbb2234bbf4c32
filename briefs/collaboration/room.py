"""One section's text in memory, and those who have it open."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from briefs.collaboration import wire
from briefs.collaboration.closing import CloseCode, Closing
from briefs.collaboration.connection import Connection
from briefs.collaboration.effects import panics_told
from briefs.collaboration.limits import MAX_HELD_BYTES, WORTH_LOOKING
from briefs.collaboration.loading import Loaded
from briefs.collaboration.presence import Presence
from briefs.collaboration.refusals import Reason
from briefs.document.text import normalise, size
from briefs.live_text.log import EDITS_BETWEEN_SNAPSHOTS, Batch, Edit
from briefs.live_text.shared_text import NOTHING, SharedText, merged
from briefs.live_text.updates import Place, Update, read_clocks, second_halves


@dataclass(frozen=True, slots=True)
class Taken:
    """A change that was joined into the text and isn't committed: the connection's how manieth it
    is, and what it changed, `NOTHING` when all of it was there. `is_empty` when there was nothing
    in it at all: what was there may have been joined in and not be committed."""

    connection: Connection
    number: int
    change: bytes
    is_empty: bool = False


@dataclass(eq=False, slots=True)
class _Waiting:
    """Somebody who waits until so many changes are settled."""

    total: int
    future: "asyncio.Future[None]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Room:
    """Holds the text twice: `ahead` with every change that was taken, against which new ones are
    checked, and `saved` with the committed ones alone, which is what others are told.

    `seq` is the number up to which `saved` has all edits of the log, and `snapshot_seq` that of its
    newest snapshot. `others_bytes` is the size of the brief without this section. `halves` are the
    second halves of characters beyond U+FFFF that stand in `ahead`. `taken_out` counts the UTF-16
    units that were taken out since the text was last looked at. `restarts` counts how often
    `ahead` went back to `saved`: what was checked before stands on nothing afterwards.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.section, self.document = loaded.section, loaded.document
        self.prompts = loaded.prompts
        self.owners = dict(loaded.owners)
        self.seq, self.snapshot_seq = loaded.seq, loaded.snapshot_seq
        self.is_frozen = loaded.is_frozen
        self.others_bytes = loaded.others_bytes
        self.connections: set[Connection] = set()
        self.presence = Presence(loaded.prompts)
        self.is_gone = False
        self.when_taken: Callable[[Room], None] = lambda _room: None
        self.unnamed_since: float | None = None
        self.most_chars = dict.fromkeys(loaded.prompts, 0)
        self.taken_out = 0
        self.rings_expected = 0
        self.restarts = 0
        self.saved = self._copy_of(loaded.state)
        self._start_from_saved()
        self._queue: deque[Taken] = deque()
        self._saving: list[Taken] = []
        self._held = 0
        self._taken = self._settled = 0
        self._waiting: list[_Waiting] = []

    # What comes in

    def take(self, connection: Connection, number: int, data: bytes, update: Update) -> None:
        """Joins in a change that was checked, to be committed with the next tick. Raises `Panicked`
        and, when the database has been away for too long, `Closing`."""
        if self._held > MAX_HELD_BYTES:
            raise Closing(CloseCode.NO_DATABASE)
        with panics_told():
            change = self.ahead.apply(data)
        self.halves |= update.new_halves(self.clocks)
        for client, (_first, end) in update.written.items():
            self.clocks[client] = max(end, self.clocks.get(client, 0))
        self.most_bytes += update.most_growth
        self.taken_out += update.units_deleted
        self.note(Taken(connection, number, change))

    def note(self, taken: Taken) -> None:
        self._queue.append(taken)
        self._held += len(taken.change)
        self._taken += 1
        self.when_taken(self)

    def count_bytes(self) -> int:
        """How many bytes the text has, as it is typed or as it would be stored, measured anew;
        `most_bytes` is never less."""
        texts = self.ahead.texts()
        self.most_bytes = sum(max(size(text), size(normalise(text))) for text in texts.values())
        return self.most_bytes

    def note_look(self, before: Mapping[str, str]) -> None:
        """The text was seen as it would be stored before a change: for `most_chars`, the most
        characters that each prompt had since the last revision, and for `taken_out`."""
        self.taken_out = 0
        for key, text in before.items():
            self.most_chars[key] = max(self.most_chars[key], len(text))

    def note_named(self) -> None:
        """All text has a revision: losses count from here."""
        self.most_chars = dict.fromkeys(self.most_chars, 0)
        self.taken_out = WORTH_LOOKING

    def stored_sizes(self) -> dict[str, int]:
        """How many bytes each prompt would take if it were stored now."""
        return {key: size(normalise(text)) for key, text in self.ahead.texts().items()}

    async def saved_so_far(self) -> None:
        """Waits until what was taken by now is committed, or refused."""
        if self._settled < self._taken:
            waiting = _Waiting(self._taken)
            self._waiting.append(waiting)
            await waiting.future

    # What goes to the database

    @property
    def has_unsaved(self) -> bool:
        return self._settled < self._taken

    def begin_saving(self) -> Batch:
        """What waits, to be committed: neighbouring changes of one person as one edit."""
        self._saving += self._queue
        self._queue.clear()
        changed = [taken for taken in self._saving if taken.change != NOTHING]
        return Batch(
            self.section,
            self.document,
            [
                (person, merged([taken.change for taken in changes]))
                for person, changes in groupby(changed, lambda taken: taken.connection.person)
            ],
        )

    def finish_saving(self, numbers: tuple[int, int] | None) -> None:
        """What was begun is in the log, from the first to the last of these numbers (None: it
        changed nothing): those who wrote it are told so, and all others get it. Raises
        `Panicked`."""
        changes = [taken for taken in self._saving if taken.change != NOTHING]
        with panics_told():
            news = [
                change for taken in changes if (change := self.saved.apply(taken.change)) != NOTHING
            ]
        senders = {taken.connection for taken in changes}
        self._broadcast(news, but=senders.pop() if len(senders) == 1 else None)
        for connection, number in {
            taken.connection: taken.number for taken in self._saving
        }.items():
            connection.push(wire.ack(number))
        if numbers:
            self._count(*numbers)
        self._settle()

    def refuse_saving(self, reason: Reason) -> list[Taken]:
        """Takes back what isn't committed, as the log takes nothing: the text is what is saved.
        Gives what is settled by that, in its order: what is empty is no offence, all else is
        refused."""
        self._saving += self._queue
        self._queue.clear()
        settled = self._saving
        for taken in settled:
            if not taken.is_empty:
                taken.connection.refused = reason
        self._start_from_saved()
        self._settle()
        return settled

    @property
    def wants_snapshot(self) -> bool:
        return self.seq - self.snapshot_seq >= EDITS_BETWEEN_SNAPSHOTS

    # What others committed

    def catch_up(self, edits: Sequence[Edit]) -> None:
        """Joins in edits of the log, given in their order from any number on. Raises
        `Panicked`."""
        news = []
        with panics_told():
            for edit in edits:
                if edit.seq != self.seq + 1:
                    continue
                self.seq = edit.seq
                change = self.saved.apply(edit.update)
                self.ahead.apply(edit.update)
                self.halves |= second_halves(edit.update)
                if change != NOTHING:
                    news.append(change)
        if news:
            self.clocks = read_clocks(self.ahead.clocks())
            self.count_bytes()
            self._note_unnamed()
        self._broadcast(news)

    def freeze(self, is_frozen: bool) -> None:
        if is_frozen != self.is_frozen:
            self.is_frozen = is_frozen
            self.tell(locked=is_frozen, seq=self.seq)

    # Who is here

    def join(self, connection: Connection) -> None:
        self.connections.add(connection)
        self.presence.has_new_people = True

    def leave(self, connection: Connection) -> None:
        self.connections.discard(connection)
        self.presence.leave(connection)
        self.presence.has_new_people = True

    def people(self) -> list[dict[str, Any]]:
        """Each person once, however many pages they have open."""
        here = {connection.person: connection for connection in self.connections}
        return [
            {"id": connection.person, "name": connection.name, "write": connection.may_write}
            for connection in sorted(here.values(), key=lambda one: (one.name, one.person))
        ]

    def tell_presence(self, now: float) -> None:
        """Passes on who moved, came and went since the last time."""
        self.presence.told_at = now
        if self.presence.has_new_people:
            self.presence.has_new_people = False
            self.tell(people=self.people())
        self.presence.tell(list(self.connections))

    def tell(self, **facts: Any) -> None:
        message = wire.state(**facts)
        for connection in list(self.connections):
            connection.push(message)

    def drop(self, code: CloseCode) -> None:
        """Ends the room: nothing in it is trusted any more, all come back to a new one."""
        self.is_gone = True
        for connection in list(self.connections):
            connection.close(code)
        self._saving, self._held = [], 0
        self._queue.clear()
        self._settled = self._taken
        self._wake_waiting()

    def _broadcast(self, changes: Sequence[bytes], *, but: Connection | None = None) -> None:
        if not changes:
            return
        message = wire.change(merged(changes))
        for connection in list(self.connections):
            if connection is not but:
                connection.push(message)

    def _count(self, first: int, last: int) -> None:
        """Where edits of another process lie between, `seq` stays: `catch_up()` gets them all."""
        if first == self.seq + 1:
            self.seq = last
        self._note_unnamed()

    def _start_from_saved(self) -> None:
        self.restarts += 1
        self.ahead = self._copy_of(self.saved.state())
        self.clocks = read_clocks(self.ahead.clocks())
        self.halves: set[Place] = set()
        if any(max(text, default="") > "\uffff" for text in self.ahead.texts().values()):
            self.halves = second_halves(self.ahead.state())
        self.count_bytes()

    def _copy_of(self, state: bytes) -> SharedText:
        with panics_told():
            text = SharedText(self.prompts)
            text.apply(state)
            return text

    def _note_unnamed(self) -> None:
        if self.unnamed_since is None:
            self.unnamed_since = asyncio.get_running_loop().time()

    def _settle(self) -> None:
        self._held -= sum(len(taken.change) for taken in self._saving)
        self._settled += len(self._saving)
        self._saving = []
        self._wake_waiting()

    def _wake_waiting(self) -> None:
        for waiting in [one for one in self._waiting if one.total <= self._settled]:
            self._waiting.remove(waiting)
            if not waiting.future.done():
                waiting.future.set_result(None)
