"""What is said on a socket, message by message."""

import asyncio
import logging

from django.db import InterfaceError, OperationalError

from briefs.collaboration import wire
from briefs.collaboration.closing import CloseCode, Closing, sentences
from briefs.collaboration.connection import Connection
from briefs.collaboration.effects import Panicked
from briefs.collaboration.hub import Hub
from briefs.collaboration.limits import (
    CHECKED_ASIDE_FROM,
    MAX_MESSAGE_BYTES,
    MAX_PRESENCE_BYTES,
    NAMING_COSTS,
)
from briefs.collaboration.room import Room
from briefs.drafting.live import newest_revision_of
from briefs.live_text.updates import BadUpdate, read_clocks, write_clocks

log = logging.getLogger(__name__)


class Conversation:
    """One connection's; `room` is None until hello."""

    def __init__(self, hub: Hub, connection: Connection) -> None:
        self._hub, self._connection = hub, connection
        self._room: Room | None = None

    async def hear(self, data: bytes) -> None:
        """Acts on a message. Whatever is wrong with it ends this connection and no other; a panic
        of the decoder has everybody in the room start again."""
        if self._connection.is_closed or self._hub.is_stopping:
            return
        try:
            self._weigh(data)
            await self._act(wire.read_message(data))
        except Closing as closing:
            self._connection.close(closing.code)
        except (wire.BadMessage, BadUpdate):
            self._connection.close(CloseCode.NOT_UNDERSTOOD)
        except (OperationalError, InterfaceError) as away:
            log.warning("a message can't be acted on without the database: %s", away)
            self._connection.close(CloseCode.NO_DATABASE)
        except Panicked:
            log.exception("the text of section %s is read anew", self._connection.seat.section)
            if self._room is not None:
                self._hub.lose(self._room)

    def _weigh(self, data: bytes) -> None:
        """Raises `Closing` for what is too large or too much, before it is read."""
        if len(data) > MAX_MESSAGE_BYTES:
            raise Closing(CloseCode.TOO_LARGE)
        entries = wire.entries_in(data)
        if entries is not None and len(data) > MAX_PRESENCE_BYTES:
            raise Closing(CloseCode.TOO_LARGE)
        self._connection.charge(messages=max(1, entries or 0), size=len(data))

    async def _act(self, message: wire.Message) -> None:
        if isinstance(message, wire.Hello):
            await self._greet(message)
        elif self._room is None:
            raise Closing(CloseCode.NOT_UNDERSTOOD)
        elif isinstance(message, wire.Change):
            await self._hub.taker.take(self._room, self._connection, message.update)
        elif isinstance(message, wire.Present):
            self._room.presence.hear(self._connection, message.entries)
            self._hub.tell_news()
        elif isinstance(message, wire.Asks):
            await self._answer(self._room, message.clocks)
        else:
            self._connection.charge(messages=NAMING_COSTS)
            room = self._room
            self._hub.do(lambda: self._name(room))

    async def _greet(self, hello: wire.Hello) -> None:
        if self._connection.client is not None:
            raise Closing(CloseCode.NOT_UNDERSTOOD)
        if hello.person != self._connection.person:
            # Somebody else has signed in on the device: what the page holds is not theirs.
            raise Closing(CloseCode.SIGNED_OUT)
        room = await self._hub.open(self._connection.seat.section)
        if hello.document not in (None, room.document):
            raise Closing(CloseCode.OTHER_DOCUMENT)
        await self._claim(room, hello.client)
        self._make_way(room, hello.client)
        if room.is_gone:
            raise Closing(CloseCode.START_AGAIN)
        if self._connection.is_closed:
            return
        self._connection.client = hello.client
        self._room = room
        room.join(self._connection)
        self._hub.tell_news()
        self._introduce(room)

    async def _claim(self, room: Room, client: int) -> None:
        """Makes the number this person's before anybody else learns of it."""
        person = self._connection.person
        if self._connection.may_write:
            await self._hub.taker.claim(room, client, person)
        if room.owners.get(client, person) != person:
            raise Closing(CloseCode.NUMBER_TAKEN)

    def _make_way(self, room: Room, client: int) -> None:
        """Two that write under one number would each lose what the other wrote. The older one is a
        page whose connection broke without a word, or a copy of this one."""
        for other in [one for one in room.connections if one.client == client]:
            if other.person != self._connection.person:
                raise Closing(CloseCode.NUMBER_TAKEN)
            other.close(CloseCode.NUMBER_TAKEN)

    def _introduce(self, room: Room) -> None:
        connection = self._connection
        connection.tell(
            hello=1,
            document=str(room.document),
            you={"id": connection.person, "name": connection.name},
            write=connection.may_write,
            locked=room.is_frozen,
            saving=self._hub.saving,
            seq=room.seq,
            ends=sentences(),
        )
        connection.push(wire.asking(room.saved.clocks()))
        here = room.presence.everybody()
        if here is not None:
            connection.push(here)

    async def _answer(self, room: Room, asked: bytes) -> None:
        """Tells what a client lacks. What it says of numbers that aren't in the text is left out: a
        long list of them would be work for the decoder."""
        if len(asked) < CHECKED_ASIDE_FROM:
            clocks = read_clocks(asked)
        else:
            clocks = await asyncio.to_thread(read_clocks, asked)
        known = {client: clock for client, clock in clocks.items() if client in room.clocks}
        lacking = room.saved.state(beyond=write_clocks(known))
        self._connection.charge(messages=0, size=len(lacking))
        self._connection.push(wire.answer(lacking))

    async def _name(self, room: Room) -> None:
        """Gives a revision on request, of a member who may write."""
        if not self._connection.may_write:
            self._connection.tell(named=False)
            return
        try:
            number = await self._hub.namer.name(room)
            newest = await self._hub.threads.ask(newest_revision_of, room.section)
        except (OperationalError, InterfaceError) as away:
            log.warning("a revision could not be given: %s", away)
            self._connection.tell(named=False)
        else:
            self._connection.tell(named=number, revision=newest)
