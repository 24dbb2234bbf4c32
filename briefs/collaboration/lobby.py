"""Who is in which section of a brief, told to the pages that show the brief as a whole.

Such a page says hello and nothing else. It stands in no room, and holds none open.
"""

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from briefs.collaboration import wire
from briefs.collaboration.closing import CloseCode, Closing, sentences
from briefs.collaboration.connection import Connection
from briefs.collaboration.limits import LOBBY_TICK, MAX_HELLO_BYTES

Here = list[dict[str, Any]]


class Lobby:
    """`connections` are all of this process, in sections and looking on."""

    def __init__(self, connections: Callable[[], Collection[Connection]]) -> None:
        self._connections = connections
        self._told: dict[Connection, Here] = {}
        self._news = asyncio.Event()

    def tell_news(self) -> None:
        """Somebody may have come or gone."""
        self._news.set()

    async def run(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            self._tell()
            await asyncio.sleep(LOBBY_TICK)

    def _tell(self) -> None:
        """Tells each page that looks on what it hasn't been told."""
        here = [one for one in self._connections() if one.client is not None]
        looking_on = [one for one in here if one.seat.brief]
        self._told = {one: self._told[one] for one in looking_on if one in self._told}
        told = {brief: _who(here, brief) for brief in {one.brief for one in looking_on}}
        for one in looking_on:
            if self._told.get(one) != told[one.brief]:
                self._told[one] = told[one.brief]
                one.tell(here=told[one.brief])


class LookingOn:
    """What is said on the socket of a brief: hello, once."""

    def __init__(self, lobby: Lobby, connection: Connection) -> None:
        self._lobby, self._connection = lobby, connection

    async def hear(self, data: bytes) -> None:
        """Whatever isn't the hello ends the connection."""
        if self._connection.is_closed:
            return
        try:
            if len(data) > MAX_HELLO_BYTES:
                raise Closing(CloseCode.TOO_LARGE)
            self._greet(wire.read_message(data))
        except Closing as closing:
            self._connection.close(closing.code)
        except wire.BadMessage:
            self._connection.close(CloseCode.NOT_UNDERSTOOD)

    def _greet(self, hello: wire.Message) -> None:
        connection = self._connection
        if not isinstance(hello, wire.Hello) or hello.document or connection.client is not None:
            raise Closing(CloseCode.NOT_UNDERSTOOD)
        if hello.person != connection.person:
            # Somebody else has signed in on the device: the page was made for another.
            raise Closing(CloseCode.SIGNED_OUT)
        connection.client = hello.client
        connection.tell(
            hello=1,
            you={"id": connection.person, "name": connection.name},
            write=connection.may_write,
            ends=sentences(),
        )
        self._lobby.tell_news()


def _who(connections: Collection[Connection], brief: int) -> Here:
    """Each person once for each section they have open, and once for the page of the brief."""
    places = {(one.name, one.person, one.seat.section) for one in connections if one.brief == brief}
    return [
        {"id": person, "name": name, "section": section or None}
        for name, person, section in sorted(places)
    ]
