"""A PostgreSQL of our own for one test run: made in a temporary folder, gone afterwards.

It listens only on a socket in that folder, so it meets no other server and no other user.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
# Nothing here need survive a crash.
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextmanager
def throwaway_postgres(programs: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a new cluster made with the programs of that folder."""
    folder = Path(tempfile.mkdtemp(prefix="chancery-pg-"))
    owner = unprivileged_user()
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        make_cluster(programs, folder, owner)
        with running_server(programs, folder, owner):
            yield f"postgresql://chancery@{quote(str(folder), safe='')}/postgres"
    finally:
        shutil.rmtree(folder)


def unprivileged_user() -> pwd.struct_passwd | None:
    """Return whom to run the server as when we are root, whom initdb refuses."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name: user for user in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def start(
    command: list[str | Path], folder: Path, owner: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    """Start in a session of its own: Ctrl-C must reach the tests first and the server last."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )


def make_cluster(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    options = ["-U", "chancery", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    initdb = start([programs / "initdb", "-D", folder / "data", *options], folder, owner)
    if initdb.wait() != 0:
        raise RuntimeError(f"initdb failed:\n{(folder / 'log').read_text()}")


@contextmanager
def running_server(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> Iterator[None]:
    options: list[str | Path] = [
        "-D",
        folder / "data",
        "-k",
        folder,
        "-c",
        "listen_addresses=",
        *FAST,
    ]
    server = start([programs / "postgres", *options], folder, owner)
    try:
        wait_until_ready(programs, folder, server)
        yield
    finally:
        # SIGINT is PostgreSQL's "fast shutdown": it doesn't wait for open connections.
        server.send_signal(signal.SIGINT)
        try:
            server.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    is_ready: list[str | Path] = [
        programs / "pg_isready",
        "-q",
        "-h",
        folder,
        "-U",
        "chancery",
        "-d",
        "postgres",
    ]
    last = time.monotonic() + SECONDS_TO_START
    while subprocess.run(is_ready, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > last:
            raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.1)
