"""Every other second: may everybody still be here, and was a ring missed? And at times: how large
have the other sections of the brief become?"""

import asyncio
import logging
from collections.abc import Callable, Collection
from itertools import count

from django.db import DatabaseError, InterfaceError

from briefs.collaboration.connection import Connection
from briefs.collaboration.limits import POLL, POLLS_BETWEEN_SIZES
from briefs.collaboration.rights import Standing, ask
from briefs.collaboration.room import Room
from briefs.collaboration.threads import Threads
from briefs.drafting.live import bytes_beside

log = logging.getLogger(__name__)


class Watch:
    """Asks the rights of all connections again, and has every room look into its log."""

    def __init__(
        self,
        threads: Threads,
        *,
        connections: Callable[[], Collection[Connection]],
        rooms: Callable[[], Collection[Room]],
        look_everywhere: Callable[[], None],
    ) -> None:
        self._threads = threads
        self._connections, self._rooms = connections, rooms
        self._look_everywhere = look_everywhere

    async def run(self) -> None:
        for turn in count(1):
            await asyncio.sleep(POLL)
            self._look_everywhere()
            try:
                await self._ask_rights()
                if turn % POLLS_BETWEEN_SIZES == 0:
                    await self._ask_sizes()
            except (DatabaseError, InterfaceError) as away:
                log.warning("rights and sizes can't be asked: %s", away)

    async def _ask_sizes(self) -> None:
        for room in list(self._rooms()):
            room.others_bytes = await self._threads.ask(bytes_beside, room.section)

    async def _ask_rights(self) -> None:
        connections = list(self._connections())
        if not connections:
            return
        standings = await self._threads.ask(ask, [one.seat for one in connections])
        for connection, standing in zip(connections, standings, strict=True):
            _apply(connection, standing)


def _apply(connection: Connection, standing: Standing) -> None:
    if standing.code is not None:
        connection.close(standing.code)
    elif standing.may_write != connection.may_write:
        connection.may_write = standing.may_write
        connection.tell(write=standing.may_write)
