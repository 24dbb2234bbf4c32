import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from setup.programs import find_postgres
from setup.throwaway_postgres import throwaway_postgres

needs_postgres = pytest.mark.skipif(find_postgres() is None, reason="no PostgreSQL programs found")


def connect(url: str) -> psycopg.Connection:
    parts = urlsplit(url)
    host = unquote(parts.netloc.partition("@")[2])
    return psycopg.connect(host=host, user=parts.username, dbname=parts.path[1:])


def folder_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


@needs_postgres
def test_it_listens_only_on_a_socket_that_others_cannot_reach():
    programs = find_postgres()
    assert programs is not None

    with throwaway_postgres(programs) as url, connect(url) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
        assert folder_of(url).stat().st_mode & 0o077 == 0


@needs_postgres
def test_it_is_gone_afterwards_even_when_the_tests_break_off_with_a_connection_open():
    programs = find_postgres()
    assert programs is not None
    seen: list[tuple[Path, int]] = []

    def break_off() -> None:
        with throwaway_postgres(programs) as url:
            connection = connect(url)
            pid = int((folder_of(url) / "data" / "postmaster.pid").read_text().split()[0])
            seen.append((folder_of(url), pid))
            try:
                raise KeyboardInterrupt
            finally:
                connection.close()

    with pytest.raises(KeyboardInterrupt):
        break_off()

    [(folder, pid)] = seen
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
