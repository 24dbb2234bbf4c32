"""When what was typed gets a revision: every ten minutes of work, when the last person leaves, on
request, before a great loss, and what a server that died left: at the start, or by another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from functools import partial
from itertools import count

from django.db import DatabaseError, InterfaceError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from briefs.collaboration.effects import panics_told
from briefs.collaboration.limits import CHECKS_BETWEEN_LEFT, NAMED_EVERY, NAMING_CHECK
from briefs.collaboration.room import Room
from briefs.collaboration.threads import Threads
from briefs.drafting.live import name_typed_text_of, sections_ahead
from briefs.models import LiveEdit, LiveText

log = logging.getLogger(__name__)


class Namer:
    def __init__(self, threads: Threads, rooms: Callable[[], Collection[Room]]) -> None:
        self._threads, self._rooms = threads, rooms

    async def name(self, room: Room) -> int | None:
        """Gives what was typed by now a revision, and tells its number; None when there was
        nothing to name."""
        await room.saved_so_far()
        since, room.unnamed_since = room.unnamed_since, None
        try:
            number = await self._threads.act(name_typed_text_of, room.section)
        except BaseException:
            room.unnamed_since = since
            raise
        room.note_named()
        if number is not None:
            room.tell(revision=number)
        return number

    async def run(self) -> None:
        """Names what was written for ten minutes, and what another process left that long ago."""
        for turn in count(1):
            await asyncio.sleep(NAMING_CHECK)
            due = asyncio.get_running_loop().time() - NAMED_EVERY
            for room in list(self._rooms()):
                if room.unnamed_since is not None and room.unnamed_since < due:
                    await self._try(room.section, partial(self.name, room))
            if turn % CHECKS_BETWEEN_LEFT == 0:
                await self._name_those(partial(_left_for, NAMED_EVERY))

    async def name_what_was_left(self) -> None:
        """Names what a server that died, or ended, left unnamed."""
        await self._name_those(sections_ahead)

    async def _name_those(self, find: Callable[[], list[int]]) -> None:
        """Names the sections that are found, and tells those who have them open."""
        try:
            found = await self._threads.ask(find)
        except (DatabaseError, InterfaceError) as away:
            log.warning("what has no revision yet can't be asked: %s", away)
            return
        for section in found:
            room = {room.section: room for room in self._rooms()}.get(section)
            stored = partial(self._threads.act, name_typed_text_of, section)
            await self._try(section, partial(self.name, room) if room else stored)

    async def _try(self, section: int, name: Callable[[], Awaitable[int | None]]) -> None:
        """The text is committed in any case; a number that could not be given now comes with the
        next round, and one section's mistake is no other's."""
        try:
            with panics_told():
                await name()
        except Exception:
            log.exception("what was typed in section %s has no revision yet", section)


def _left_for(seconds: float) -> list[int]:
    """Primary keys of the sections with text that no revision holds, whose last edit is so old."""
    before = timezone.now() - timedelta(seconds=seconds)
    last_edit = LiveEdit.objects.filter(live_text=OuterRef("pk"), seq=OuterRef("seq"))
    ahead = LiveText.objects.ahead().filter(Exists(last_edit.filter(at__lt=before)))
    return list(ahead.order_by("pk").values_list("pk", flat=True))
