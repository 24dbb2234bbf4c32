"""A database for one run: never one that exists already."""

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from setup.programs import find_postgres
from setup.throwaway_postgres import throwaway_postgres


@contextmanager
def own_database(*, on_postgres: bool) -> Iterator[str]:
    """Yield the address of an empty database that is gone afterwards.

    It is on PostgreSQL when that is asked for, on a throw-away cluster, or when DATABASE_URL names
    such a server: then beside the databases there. Otherwise it is a new SQLite file.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        with _beside(given) as url:
            yield url
    elif on_postgres:
        programs = find_postgres()
        if programs is None:
            sys.exit("No PostgreSQL programs were found: install them, or set DATABASE_URL.")
        with throwaway_postgres(programs) as server, _beside(server) as url:
            yield url
    else:
        with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"


@contextmanager
def _beside(url: str) -> Iterator[str]:
    """A new database on that server; the one that the address names is only used to ask for it.
    Its copies, whose names begin with its own, go with it."""
    name = f"chancery_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            ours = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            for (each,) in server.execute(ours, [name]).fetchall():
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                server.execute(drop.format(sql.Identifier(each)))
