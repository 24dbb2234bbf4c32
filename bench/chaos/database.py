"""A database for one run that keeps what it has committed: never one that exists already."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.chaos.postgres import DurablePostgres, durable_postgres
from setup.programs import find_postgres


@contextmanager
def durable_database(*, on_sqlite: bool) -> Iterator[tuple[str, DurablePostgres | None]]:
    """The address of an empty one, gone afterwards, and the cluster that it is in."""
    if on_sqlite:
        with tempfile.TemporaryDirectory(prefix="chancery-chaos-") as folder:
            yield f"sqlite:///{Path(folder) / 'chaos.sqlite3'}", None
        return
    programs = find_postgres()
    if programs is None:
        sys.exit("No PostgreSQL programs were found: install them, or use --sqlite.")
    with durable_postgres(programs) as postgres:
        yield postgres.url, postgres
