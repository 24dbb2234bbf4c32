"""Hears the doorbell of the log: PostgreSQL's NOTIFY, or on SQLite a call within this process."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

from briefs.collaboration.limits import RETRY_LAST
from briefs.live_text import bell

log = logging.getLogger(__name__)


class Listener:
    """`rung` is called with a section's primary key; `deaf` when rings may have been missed."""

    def __init__(self, *, rung: Callable[[int], None], deaf: Callable[[], None]) -> None:
        self._rung, self._deaf = rung, deaf

    async def run(self) -> None:
        if connection.vendor == "postgresql":
            await self._listen_to_postgresql()
        else:
            await self._listen_here()

    async def _listen_here(self) -> None:
        loop = asyncio.get_running_loop()

        def heard(section: int) -> None:
            loop.call_soon_threadsafe(self._rung, section)

        bell.listen(heard)
        try:
            await loop.create_future()
        finally:
            bell.stop_listening(heard)

    async def _listen_to_postgresql(self) -> None:
        while True:
            try:
                await self._listen_once()
            except psycopg.OperationalError as away:
                log.warning("the database's doorbell is out of reach: %s", away)
            await asyncio.sleep(RETRY_LAST)

    async def _listen_once(self) -> None:
        listening = await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True)
        async with listening:
            await listening.execute(f"LISTEN {bell.CHANNEL}")
            self._deaf()
            async for notice in listening.notifies():
                self._rung(int(notice.payload))


def _parameters() -> dict[str, Any]:
    """Django's own, without those that are for its cursors."""
    ours = connection.get_connection_params()
    return {key: ours[key] for key in ours if key not in ("context", "cursor_factory")}
