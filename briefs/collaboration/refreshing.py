"""What others committed comes into the rooms: form saves, other processes, and the lock of a
review."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from briefs.collaboration.effects import Panicked
from briefs.collaboration.limits import RETRY_LAST
from briefs.collaboration.room import Room
from briefs.collaboration.threads import Threads
from briefs.live_text.log import edits_after
from briefs.models import LiveText

log = logging.getLogger(__name__)


class Refresher:
    """Reads the log again for rooms of which somebody rang. `lose` is called with a room whose text
    can't be trusted any more."""

    def __init__(self, threads: Threads, *, lose: Callable[[Room], None]) -> None:
        self._threads, self._lose = threads, lose
        self._rooms: set[Room] = set()
        self._wake = asyncio.Event()

    def add(self, rooms: Collection[Room]) -> None:
        self._rooms.update(rooms)
        self._wake.set()

    async def run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            rooms, self._rooms = self._rooms, set()
            try:
                await self.refresh([room for room in rooms if not room.is_gone])
            except (DatabaseError, InterfaceError) as away:
                log.warning("what others wrote can't be read: %s", away)
                await asyncio.sleep(RETRY_LAST)
                self.add(rooms)

    async def refresh(self, rooms: Sequence[Room]) -> None:
        """Brings rooms up to the log: one query, and one more for each that lacks edits."""
        if not rooms:
            return
        heads = await self._threads.ask(_heads, [room.section for room in rooms])
        for room in rooms:
            document, seq, is_frozen = heads[room.section]
            if document != room.document:
                self._lose(room)
                continue
            if seq > room.seq:
                edits = await self._threads.ask(edits_after, room.section, room.seq)
                try:
                    room.catch_up(edits)
                except Panicked:
                    log.exception("the text of section %s is read anew", room.section)
                    self._lose(room)
            room.freeze(is_frozen)


def _heads(sections: Sequence[int]) -> dict[int, tuple[UUID, int, bool]]:
    rows = LiveText.objects.filter(pk__in=sections).values_list(
        "pk", "document", "seq", "is_frozen"
    )
    return {section: (document, seq, is_frozen) for section, document, seq, is_frozen in rows}
