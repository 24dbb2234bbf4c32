"""One installation at several sizes at the same time: copies of the database, taken as it grows.

So the sizes can be timed in turn, and a busy machine slows all of them alike.
"""

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def snapshot(name: str) -> BaseDatabaseWrapper:
    """A copy of the database as it is now, beside it and under its name and one more."""
    source = str(connection.settings_dict["NAME"])
    copy = f"{source}_{name}"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM INTO %s", [copy])
        else:
            # What autovacuum would do after so much was written.
            cursor.execute("ANALYZE")
            quote = connection.ops.quote_name
            cursor.execute(f"CREATE DATABASE {quote(copy)} TEMPLATE {quote(source)}")
    taken = connections.create_connection(DEFAULT_DB_ALIAS)
    taken.settings_dict = {**taken.settings_dict, "NAME": copy}
    return taken


def current() -> BaseDatabaseWrapper:
    """The database that everything asks now."""
    return connections[DEFAULT_DB_ALIAS]


def use(database: BaseDatabaseWrapper) -> None:
    """Make a copy, or the original, the one that everything asks."""
    connections[DEFAULT_DB_ALIAS] = database
