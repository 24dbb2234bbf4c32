"""A server that says “Saved” half a second before it is: the proof of live drafting must find it
out."""

from config.asgi import application

# isort: split
# Models can be imported only now.
from briefs.collaboration import saving, wire
from briefs.collaboration.connection import Connection
from briefs.collaboration.room import Room
from briefs.live_text.updates import Update

__all__ = ["application"]

saving.TICK = 0.5
_take = Room.take


def _take_and_say_saved(
    room: Room, connection: Connection, number: int, data: bytes, update: Update
) -> None:
    _take(room, connection, number, data, update)
    connection.push(wire.ack(number))


Room.take = _take_and_say_saved  # type: ignore[method-assign, assignment]
