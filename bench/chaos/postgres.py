"""A PostgreSQL that may be stopped in the middle of anything and keeps what it has committed."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from setup.throwaway_postgres import (
    SECONDS_TO_STOP,
    make_cluster,
    start,
    unprivileged_user,
    wait_until_ready,
)

if TYPE_CHECKING:
    import subprocess


class DurablePostgres:
    """A cluster with the settings that PostgreSQL has by itself: it waits for the disk."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._owner = unprivileged_user()
        self._server: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://chancery@{quote(str(folder), safe='')}/postgres"
        if self._owner:
            shutil.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
        make_cluster(programs, folder, self._owner)

    def start(self) -> None:
        where: list[str | Path] = ["-D", self._folder / "data", "-k", self._folder]
        command = [self._programs / "postgres", *where, "-c", "listen_addresses="]
        self._server = start(command, self._folder, self._owner)
        wait_until_ready(self._programs, self._folder, self._server)

    def stop_immediately(self) -> None:
        """Without a checkpoint and without a word to its clients: the next start recovers."""
        self._stop("immediate")

    def stop(self) -> None:
        if self._server is not None:
            self._stop("fast")

    def _stop(self, mode: str) -> None:
        if self._server is None:
            raise RuntimeError("PostgreSQL is not running.")
        where: list[str | Path] = ["-D", self._folder / "data"]
        start(
            [self._programs / "pg_ctl", "stop", "-m", mode, *where], self._folder, self._owner
        ).wait(SECONDS_TO_STOP)
        self._server.wait(SECONDS_TO_STOP)
        self._server = None


@contextmanager
def durable_postgres(programs: Path) -> Iterator[DurablePostgres]:
    """A running cluster in a folder of its own, on a socket there; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="chancery-pg-"))
    try:
        cluster = DurablePostgres(programs, folder)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)
