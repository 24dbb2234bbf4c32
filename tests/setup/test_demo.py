import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from setup import demo


@pytest.fixture
def taken_port() -> Iterator[int]:
    with closing(socket.socket()) as other:
        other.bind((demo.HOST, 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_gives_way_to_a_later_one(taken_port: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", str(taken_port))

    with closing(demo.listen()) as listener:
        assert taken_port < listener.getsockname()[1] < taken_port + demo.PORTS_TO_TRY


def test_the_demo_listens_on_this_machine_only(monkeypatch: pytest.MonkeyPatch, taken_port: int):
    monkeypatch.setenv("PORT", str(taken_port + 1))

    with closing(demo.listen()) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "http", "80 00"])
def test_a_port_that_is_none_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, port: str):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(SystemExit, match="PORT must be a number between 1 and 65535"):
        demo.listen()


def test_the_demo_makes_its_secret_once_and_for_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(demo, "VAR", tmp_path)
    first = demo.secret_key()

    assert len(first) > 50
    assert demo.secret_key() == first
    assert (tmp_path / "demo-secret-key").stat().st_mode & 0o777 == 0o600
