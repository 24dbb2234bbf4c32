"""The doorbell: tells whoever holds a section open that there is more in its log to read.

On PostgreSQL a NOTIFY reaches every process once the transaction is committed; SQLite serves one
process, so there a function call does. A ring that gets lost loses nothing: the log is read again
before long in any case.
"""

from collections.abc import Callable, Iterable

from django.db import connection, transaction

CHANNEL = "chancery_live_text"

Listener = Callable[[int], None]
_listeners: set[Listener] = set()


def ring(sections: Iterable[int]) -> None:
    """Says, when the transaction commits, that these sections' logs have grown or changed."""
    rung = list(sections)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_notify(%s, section::text) FROM unnest(%s::bigint[]) AS section",
                [CHANNEL, rung],
            )
        return
    transaction.on_commit(lambda: _call(rung))


def listen(listener: Listener) -> None:
    """Has the listener called with a section's primary key, from any thread, where the database
    itself can't tell."""
    _listeners.add(listener)


def stop_listening(listener: Listener) -> None:
    _listeners.discard(listener)


def _call(rung: Iterable[int]) -> None:
    for section in rung:
        for listener in list(_listeners):
            listener(section)
