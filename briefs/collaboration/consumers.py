"""The websockets: one for a section, and one for a brief as a whole."""

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable
from typing import Any, Protocol

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import parse_cookie

from briefs.collaboration import wire
from briefs.collaboration.closing import CloseCode, Closing, sentences
from briefs.collaboration.connection import Connection
from briefs.collaboration.conversation import Conversation
from briefs.collaboration.hub import Hub, hub_here
from briefs.collaboration.limits import ADMIT_WITHIN
from briefs.collaboration.lobby import LookingOn
from briefs.collaboration.rights import Seat, ask


class Hearing(Protocol):
    """What is said on a socket."""

    def hear(self, data: bytes) -> Awaitable[None]: ...


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Opens for everybody, so that whoever may not come in is told why by a code."""

    connection: Connection | None = None
    conversation: Hearing | None = None

    @abstractmethod
    def seat(self, session: str, place: int) -> Seat: ...

    @abstractmethod
    def converse(self, hub: Hub, connection: Connection) -> Hearing: ...

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.connection is not None:
                self.connection.hang_up()

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels waits for the one thread of synchronous code before each message. Nothing that is
        # done on a message asks the database in this thread.
        if message["type"] != "websocket.receive":
            await super().dispatch(message)
        elif self.conversation is not None:
            await self.conversation.hear(message.get("bytes") or b"")

    async def connect(self) -> None:
        await self.accept()
        hub = hub_here()
        try:
            async with asyncio.timeout(ADMIT_WITHIN):
                self.connection = await self._admitted(hub)
        except Closing as closing:
            await self._refuse(closing.code)
        except (OperationalError, InterfaceError, TimeoutError):
            await self._refuse(CloseCode.NO_DATABASE)
        else:
            self.conversation = self.converse(hub, self.connection)

    async def _admitted(self, hub: Hub) -> Connection:
        seat = self.seat(_session_key(self.scope), self.scope["url_route"]["kwargs"]["place"])
        [standing] = await hub.threads.ask(ask, [seat])
        if standing.code is CloseCode.NOT_ALLOWED:
            # As on every page: a stranger doesn't learn what there is.
            raise Closing(CloseCode.NO_SECTION)
        if standing.code is not None:
            raise Closing(standing.code)
        connection = Connection(seat, standing, self._send_bytes, self.close)
        hub.admit(connection)
        return connection

    async def _refuse(self, code: CloseCode) -> None:
        await self._send_bytes(wire.state(ends=sentences()))
        await self.close(code)

    async def _send_bytes(self, message: bytes) -> None:
        await self.send(bytes_data=message)


class SectionConsumer(LiveConsumer):
    def seat(self, session: str, place: int) -> Seat:
        return Seat(session, section=place)

    def converse(self, hub: Hub, connection: Connection) -> Hearing:
        return Conversation(hub, connection)


class BriefConsumer(LiveConsumer):
    def seat(self, session: str, place: int) -> Seat:
        return Seat(session, brief=place)

    def converse(self, hub: Hub, connection: Connection) -> Hearing:
        return LookingOn(hub.lobby, connection)


def _session_key(scope: Any) -> str:
    """The session's key as a page would read it from the cookies, blank when there is none."""
    cookies = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie("; ".join(cookies)).get(settings.SESSION_COOKIE_NAME, "")
