"""The group commit: what came in within one tick, in all sections, in one transaction."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError

from briefs.collaboration import wire
from briefs.collaboration.effects import Panicked
from briefs.collaboration.limits import DELAYED_AFTER, RETRY_FIRST, RETRY_LAST, TICK
from briefs.collaboration.refusals import Reason, store_refused
from briefs.collaboration.room import Room
from briefs.collaboration.threads import Threads
from briefs.live_text.log import Appended, Batch, append
from briefs.live_text.shared_text import NOTHING

log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Saver:
    """Commits what rooms have taken. `is_delayed` while the database doesn't answer; then nothing
    is lost, and nothing is acknowledged.

    `lose` is called with a room that can't be saved, `tell` when saving is delayed or goes on, and
    `fell_behind` with a room that lacks edits of others.
    """

    def __init__(
        self,
        threads: Threads,
        *,
        lose: Callable[[Room], None],
        tell: Callable[[], None],
        fell_behind: Callable[[Room], None],
    ) -> None:
        self._threads = threads
        self._lose, self._tell, self._fell_behind = lose, tell, fell_behind
        self._rooms: set[Room] = set()
        self._wake = asyncio.Event()
        self.is_delayed = False

    def add(self, room: Room) -> None:
        self._rooms.add(room)
        self._wake.set()

    async def run(self) -> None:
        clock = asyncio.get_running_loop().time
        due = clock()
        while True:
            await self._wake.wait()
            # Who types alone doesn't wait at all; where many type, the next commit begins a tick
            # after the last one began, however long that took.
            await asyncio.sleep(due - clock())
            due = clock() + TICK
            self._wake.clear()
            rooms, self._rooms = self._rooms, set()
            await self._save([room for room in rooms if not room.is_gone])

    async def _save(self, rooms: Sequence[Room]) -> None:
        batches = {room: room.begin_saving() for room in rooms}
        for room, batch in batches.items():
            # Before the commit, as its ring may be heard before its end.
            room.rings_expected += bool(batch.edits)
        outcome = await self._append([batch for batch in batches.values() if batch.edits])
        for room, batch in batches.items():
            if room.is_gone:
                continue
            try:
                await self._settle(room, batch, outcome)
            except Panicked:
                log.exception("the text of section %s is read anew", room.section)
                self._lose(room)

    async def _settle(self, room: Room, batch: Batch, outcome: Appended) -> None:
        numbers = outcome.numbers.get(room.section)
        if batch.edits and not numbers:
            room.rings_expected = max(0, room.rings_expected - 1)
        if numbers or not batch.edits:
            self._finish(room, numbers)
        elif room.section in outcome.frozen:
            await self._refuse(room)
        elif room.section in outcome.busy:
            self.add(room)
        else:
            self._lose(room)

    def _finish(self, room: Room, numbers: tuple[int, int] | None) -> None:
        room.finish_saving(numbers)
        if numbers and room.seq < numbers[1]:
            self._fell_behind(room)

    async def _refuse(self, room: Room) -> None:
        settled = room.refuse_saving(Reason.FROZEN)
        room.freeze(True)
        for taken in settled:
            who = taken.connection
            if taken.is_empty:
                who.push(wire.ack(taken.number))
                continue
            store = partial(store_refused, room.section, who.person, Reason.FROZEN, taken.change)
            if taken.change != NOTHING:
                await self._until_reachable(store)
            who.tell(refused=Reason.FROZEN, n=taken.number, seq=room.seq)

    async def _append(self, batches: Sequence[Batch]) -> Appended:
        """Commits; a section that fails for good is in no part of the outcome, and the others are
        saved without it."""
        if not batches:
            return Appended()
        try:
            return await self._until_reachable(partial(append, batches))
        except DatabaseError:
            log.exception("sections could not be saved: %s", [batch.section for batch in batches])
        outcome = Appended()
        if len(batches) > 1:
            for batch in batches:
                one = await self._append([batch])
                outcome.numbers.update(one.numbers)
                outcome.frozen.update(one.frozen)
                outcome.busy.update(one.busy)
        return outcome

    async def _until_reachable(self, act: Callable[[], _T]) -> _T:
        """Tries again for as long as the database is away, and says so. What was committed though
        the answer got lost comes a second time into the log, where it changes nothing."""
        pause = RETRY_FIRST
        while True:
            try:
                done = await self._watched(act)
            except (OperationalError, InterfaceError) as away:
                if not self.is_delayed:
                    log.warning("the database is away, what is typed is held: %s", away)
                self._say_delayed(True)
                await asyncio.sleep(pause)
                pause = min(pause * 2, RETRY_LAST)
            else:
                self._say_delayed(False)
                return done

    async def _watched(self, act: Callable[[], _T]) -> _T:
        """A database that is away may take half a minute to say so."""
        work = asyncio.ensure_future(self._threads.write(act))
        finished, _ = await asyncio.wait([work], timeout=DELAYED_AFTER)
        if not finished:
            self._say_delayed(True)
        return await work

    def _say_delayed(self, is_delayed: bool) -> None:
        if is_delayed != self.is_delayed:
            self.is_delayed = is_delayed
            self._tell()
