"""What becomes of a change that arrives: checked in full before it is joined in, as a shared text
can never take it back."""

import asyncio

from briefs.collaboration.closing import CloseCode, Closing
from briefs.collaboration.connection import Connection
from briefs.collaboration.effects import Effect, effect_of
from briefs.collaboration.limits import (
    CHECKED_ASIDE_FROM,
    MAX_DELETED_AT_ONCE,
    MAX_NEW_NUMBERS,
    NAMING_COSTS,
    WORTH_LOOKING,
)
from briefs.collaboration.naming import Namer
from briefs.collaboration.refusals import Reason, Refused, store_refused
from briefs.collaboration.room import Room, Taken
from briefs.collaboration.threads import Threads
from briefs.document.text import MAX_BRIEF_BYTES, MAX_PROMPT_BYTES
from briefs.live_text.log import claim
from briefs.live_text.shared_text import NOTHING
from briefs.live_text.updates import (
    MAX_UPDATE_BYTES,
    BadUpdate,
    MissingContent,
    Update,
    read_update,
)


class Taker:
    """Takes changes into rooms, or refuses them."""

    def __init__(self, threads: Threads, namer: Namer) -> None:
        self._threads, self._namer = threads, namer

    async def take(self, room: Room, connection: Connection, data: bytes) -> None:
        """Joins a change in and has it saved, or tells the client that it is refused. Raises
        `Closing`, and `Panicked` when the room is lost."""
        connection.received += 1
        number = connection.received
        try:
            update = await self._wanted(room, connection, data)
        except MissingContent:
            if connection.refused is None:
                raise Closing(CloseCode.START_AGAIN) from None
            connection.tell(refused=connection.refused, n=number, seq=room.seq)
        except Refused as refused:
            await self._refuse(room, connection, number, data, refused.reason)
        else:
            if connection.is_closed or room.is_gone:
                return
            if update:
                room.take(connection, number, data, update)
            else:
                room.note(Taken(connection, number, NOTHING, is_empty=data == NOTHING))

    async def claim(self, room: Room, number: int, person: int) -> None:
        """Makes a client number this person's, unless it is somebody's."""
        if number not in room.owners:
            room.owners[number] = await self._threads.ask(claim, room.section, number, person)

    async def _wanted(self, room: Room, connection: Connection, data: bytes) -> Update | None:
        """The change, when it may be joined in now; None when there is nothing new in it, which is
        nobody's offence. Raises `Refused`, `MissingContent` and `Closing`."""
        restarts = room.restarts
        update = await _read(room, data)
        effect = await _look(room, connection, data, update)
        is_wanted = data != NOTHING and (effect is None or effect.is_new)
        if is_wanted:
            await self._check(room, connection, update, effect)
        if room.restarts != restarts:
            raise MissingContent
        if is_wanted and effect:
            _check_sizes(room, effect)
        return update if is_wanted else None

    async def _check(
        self, room: Room, connection: Connection, update: Update, effect: Effect | None
    ) -> None:
        """Raises `Refused` and `Closing`."""
        _check_rights(room, connection)
        await self._check_numbers(room, connection, update)
        if effect:
            room.note_look(effect.before)
            if effect.loses_much(room.most_chars):
                connection.charge(messages=NAMING_COSTS)
                await self._namer.name(room)
        _check_rights(room, connection)  # they may have ended meanwhile

    async def _check_numbers(self, room: Room, connection: Connection, update: Update) -> None:
        """Text is brought under numbers of one's own alone."""
        brought = update.brings(room.clocks)
        unknown = [number for number in brought if number not in room.owners]
        if len(unknown) > MAX_NEW_NUMBERS:
            raise Closing(CloseCode.TOO_LARGE)
        others = {one.client for one in room.connections if one.person != connection.person}
        if not others.isdisjoint(brought):
            raise Closing(CloseCode.NUMBER_TAKEN)
        for number in unknown:
            await self.claim(room, number, connection.person)
        if any(room.owners[number] != connection.person for number in brought):
            raise Closing(CloseCode.NUMBER_TAKEN)

    async def _refuse(
        self, room: Room, connection: Connection, number: int, data: bytes, reason: Reason
    ) -> None:
        connection.refused = reason
        await self._threads.ask(store_refused, room.section, connection.person, reason, data)
        connection.tell(refused=reason, n=number, seq=room.seq)


async def _read(room: Room, data: bytes) -> Update:
    if len(data) > MAX_UPDATE_BYTES:
        raise Closing(CloseCode.TOO_LARGE)
    try:
        if len(data) < CHECKED_ASIDE_FROM:
            update = read_update(data, prompts=room.prompts, known=room.clocks)
        else:
            update = await asyncio.to_thread(
                read_update, data, prompts=room.prompts, known=dict(room.clocks)
            )
    except BadUpdate:
        raise Closing(CloseCode.NOT_UNDERSTOOD) from None
    if update.cuts_a_character(room.clocks, room.halves):
        raise Closing(CloseCode.NOT_UNDERSTOOD)
    if any(end - first > MAX_DELETED_AT_ONCE for _client, first, end in update.deleted):
        raise Closing(CloseCode.TOO_LARGE)
    return update


async def _look(room: Room, connection: Connection, data: bytes, update: Update) -> Effect | None:
    """What it does to the text, where that may matter; None where it doesn't."""
    if data == NOTHING or not (_is_barred(room, connection) or _needs_a_look(room, update)):
        return None
    state = room.ahead.state()
    if len(state) + len(data) < CHECKED_ASIDE_FROM:
        return effect_of(state, room.prompts, data)
    return await asyncio.to_thread(effect_of, state, room.prompts, data)


def _is_barred(room: Room, connection: Connection) -> bool:
    return room.is_frozen or not connection.may_write


def _check_rights(room: Room, connection: Connection) -> None:
    if _is_barred(room, connection):
        raise Refused(Reason.FROZEN if connection.may_write else Reason.READ_ONLY)


def _needs_a_look(room: Room, update: Update) -> bool:
    """Whether it may be too much text, or a great loss."""
    if update.deleted and room.taken_out + update.units_deleted > WORTH_LOOKING:
        return True
    most = min(MAX_PROMPT_BYTES, MAX_BRIEF_BYTES - room.others_bytes)
    grown = update.most_growth
    return room.most_bytes + grown > most and room.count_bytes() + grown > most


def _check_sizes(room: Room, effect: Effect) -> None:
    """Measured when it is joined in, as others have joined in theirs since it was tried. What is
    too long already may still become shorter."""
    sizes = room.stored_sizes()
    growths = {key: effect.growth(key) for key in sizes}
    if any(grown > 0 and sizes[key] + grown > MAX_PROMPT_BYTES for key, grown in growths.items()):
        raise Refused(Reason.PROMPT_FULL)
    grown = sum(growths.values())
    if grown > 0 and room.others_bytes + sum(sizes.values()) + grown > MAX_BRIEF_BYTES:
        raise Refused(Reason.BRIEF_FULL)
