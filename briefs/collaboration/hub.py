"""All rooms and connections of this process, and the work behind them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from weakref import WeakKeyDictionary

from django.db import DatabaseError, InterfaceError

from briefs.collaboration.closing import CloseCode, Closing
from briefs.collaboration.connection import Connection
from briefs.collaboration.effects import panics_told
from briefs.collaboration.limits import (
    CLOSE_WITHIN,
    EMPTY_FOR,
    HELLO_WITHIN,
    MAX_SOCKETS_PER_PERSON,
    PRESENCE_TICK,
    RETRY_FIRST,
    RETRY_LAST,
    STOP_WITHIN,
)
from briefs.collaboration.listening import Listener
from briefs.collaboration.loading import load_section
from briefs.collaboration.lobby import Lobby
from briefs.collaboration.naming import Namer
from briefs.collaboration.refreshing import Refresher
from briefs.collaboration.room import Room
from briefs.collaboration.saving import Saver
from briefs.collaboration.taking import Taker
from briefs.collaboration.threads import Threads
from briefs.collaboration.watching import Watch
from briefs.live_text.log import take_snapshot
from briefs.models import Section

log = logging.getLogger(__name__)


class Hub:
    """Everything is done in one event loop; only the database is asked in threads."""

    def __init__(self) -> None:
        self.threads = Threads()
        self.rooms: dict[int, Room] = {}
        self.connections: set[Connection] = set()
        self.is_stopping = False
        self.lobby = Lobby(lambda: self.connections)
        self.namer = Namer(self.threads, self.rooms.values)
        self.taker = Taker(self.threads, self.namer)
        self._refresher = Refresher(self.threads, lose=self.lose)
        self._saver = Saver(
            self.threads,
            lose=self.lose,
            tell=self._tell_saving,
            fell_behind=lambda room: self._refresher.add([room]),
        )
        self._opening: dict[int, asyncio.Task[Room]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self._being_stored: set[Room] = set()
        self._news = asyncio.Event()

    def start(self) -> None:
        watch = Watch(
            self.threads,
            connections=lambda: self.connections,
            rooms=self.rooms.values,
            look_everywhere=self._look_everywhere,
        )
        listener = Listener(rung=self._rung, deaf=self._look_everywhere)
        for work in (self._saver, self._refresher, watch, listener, self.namer, self.lobby):
            self.do(work.run, for_ever=True)
        self.do(self._tell_presence, for_ever=True)
        self.do(self.namer.name_what_was_left)

    def do(self, work: Callable[[], Awaitable[None]], *, for_ever: bool = False) -> None:
        """Has something done beside. What must go on for ever begins again after a mistake, with
        every room read anew: a saver that ended would end all saving without a word."""
        task = asyncio.ensure_future(self._supervise(work, for_ever=for_ever))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def saving(self) -> str:
        return "delayed" if self._saver.is_delayed else "ok"

    # Connections

    def admit(self, connection: Connection) -> None:
        """Lets somebody in who may. Raises `Closing`."""
        if self.is_stopping:
            raise Closing(CloseCode.GOING_DOWN)
        looks_on = bool(connection.seat.brief)
        theirs = sum(
            one.person == connection.person and bool(one.seat.brief) is looks_on
            for one in self.connections
        )
        if theirs >= MAX_SOCKETS_PER_PERSON:
            raise Closing(CloseCode.TOO_MANY_SOCKETS)
        self.connections.add(connection)
        connection.when_closed = lambda: self.leave(connection)
        task = asyncio.ensure_future(connection.run())
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        loop = asyncio.get_running_loop()
        loop.call_later(HELLO_WITHIN, _end_if_silent, connection)

    def leave(self, connection: Connection) -> None:
        self.connections.discard(connection)
        self.lobby.tell_news()
        for room in [room for room in self.rooms.values() if connection in room.connections]:
            room.leave(connection)
            self.tell_news()
            if not room.connections:
                self.do(partial(self._empty, room))

    # Rooms

    async def open(self, section: int) -> Room:
        """A section's room with all that is committed now. Raises `Closing`, and the database's
        errors."""
        room = self.rooms.get(section)
        if room is not None:
            await self._refresher.refresh([room])
            if not room.is_gone:
                return room
        if section not in self._opening:
            opening = asyncio.ensure_future(self._load(section))
            opening.add_done_callback(lambda _done: self._opening.pop(section))
            self._opening[section] = opening
        return await asyncio.shield(self._opening[section])

    def lose(self, room: Room) -> None:
        """The room's text can't be trusted or saved: all who are in it start again."""
        if self.rooms.get(room.section) is room:
            del self.rooms[room.section]
        room.drop(CloseCode.START_AGAIN)

    def tell_news(self) -> None:
        """Somebody moved, came or went."""
        self._news.set()
        self.lobby.tell_news()

    # The end

    async def stop(self) -> None:
        """Takes nothing more, commits what was taken, says so, and sends everybody away. The next
        server names what was typed."""
        self.is_stopping = True
        unsaved = [asyncio.ensure_future(room.saved_so_far()) for room in self.rooms.values()]
        await _end_within(STOP_WITHIN, unsaved)
        for connection in list(self.connections):
            connection.close(CloseCode.GOING_DOWN)
        await _end_within(CLOSE_WITHIN, list(self._sending))
        await _end_within(0, list(self._tasks))
        await self.threads.close()

    # Behind it

    async def _load(self, section: int) -> Room:
        try:
            loaded = await self.threads.act(load_section, section)
        except Section.DoesNotExist:
            raise Closing(CloseCode.NO_SECTION) from None
        room = self.rooms[section] = Room(loaded)
        room.when_taken = self._saver.add
        self._refresher.add([room])  # what was committed since it was read
        self.do(partial(self._empty, room))  # if nobody joins after all
        return room

    async def _empty(self, room: Room) -> None:
        """Names what was written when the last person has left for good, and closes the room."""
        await asyncio.sleep(EMPTY_FOR)
        while not (room.connections or room.is_gone):
            try:
                await self.namer.name(room)
            except (DatabaseError, InterfaceError):
                log.exception("what was typed in section %s has no revision yet", room.section)
                await asyncio.sleep(RETRY_LAST)
                continue
            if not (room.connections or room.has_unsaved):
                room.is_gone = True
                self.rooms.pop(room.section, None)

    async def _tell_presence(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(PRESENCE_TICK)
            self._news.clear()
            now = asyncio.get_running_loop().time()
            for room in [room for room in self.rooms.values() if room.presence.has_news]:
                if room.presence.is_due(now, len(room.connections)):
                    room.tell_presence(now)
                else:
                    self._news.set()

    async def _supervise(self, work: Callable[[], Awaitable[None]], *, for_ever: bool) -> None:
        while True:
            try:
                with panics_told():
                    await work()
            except Exception:
                log.exception("live editing met a mistake; every section is read anew")
                for room in list(self.rooms.values()):
                    self.lose(room)
            if not for_ever:
                return
            await asyncio.sleep(RETRY_FIRST)

    def _rung(self, section: int) -> None:
        room = self.rooms.get(section)
        if room is None:
            return
        if room.rings_expected:
            room.rings_expected -= 1
        else:
            self._refresher.add([room])

    def _look_everywhere(self) -> None:
        """A ring that was missed would be waited for."""
        for room in self.rooms.values():
            room.rings_expected = 0
            if room.wants_snapshot and room not in self._being_stored:
                self._being_stored.add(room)
                self.do(partial(self._take_snapshot, room))
        self._refresher.add(self.rooms.values())

    async def _take_snapshot(self, room: Room) -> None:
        try:
            room.snapshot_seq = await self.threads.act(take_snapshot, room.section)
        except (DatabaseError, InterfaceError):
            log.exception("section %s has no snapshot yet; it is tried again", room.section)
        finally:
            self._being_stored.discard(room)

    def _tell_saving(self) -> None:
        for room in self.rooms.values():
            room.tell(saving=self.saving)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub_here() -> Hub:
    """The hub of this event loop, started with the first connection."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = Hub()
        hub.start()
    return hub


async def stop_here() -> None:
    """Stops the hub of this event loop; after that nobody comes in."""
    hub = _hubs.setdefault(asyncio.get_running_loop(), Hub())
    if not hub.is_stopping:
        await hub.stop()


def _end_if_silent(connection: Connection) -> None:
    if connection.client is None:
        connection.close(CloseCode.NOT_UNDERSTOOD)


async def _end_within(seconds: float, tasks: "list[asyncio.Task[None]]") -> None:
    """Waits for tasks, and cancels those that take longer."""
    if not tasks:
        return
    if seconds:
        await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
