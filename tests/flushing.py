"""How the suite empties a database between tests, which the database itself refuses for rows that
are written once. The guards come off and on again within the transaction that empties it; the
program has no way to do that."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

_flush = BaseDatabaseOperations.execute_sql_flush


@contextmanager
def flushing_past_the_guards() -> Iterator[None]:
    def flush(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        off, on = off_and_on(self.connection)
        _flush(self, [*off, *sql_list, *on])

    with patch.object(BaseDatabaseOperations, "execute_sql_flush", flush):
        yield


def off_and_on(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        )
        tables = [table for (table,) in cursor.fetchall()]
    change = "ALTER TABLE {} {} TRIGGER USER"
    return (
        [change.format(table, "DISABLE") for table in tables],
        [change.format(table, "ENABLE") for table in tables],
    )
