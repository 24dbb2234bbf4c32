"""A server that ends, politely or not: nothing is lost, and nothing is there twice."""

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from briefs.collaboration import saving
from briefs.collaboration.lifespan import lifespan
from briefs.live_text.log import append, load
from briefs.models import LiveText
from setup.install import ROOT
from tests.briefs.collaboration.client import Typist
from tests.briefs.collaboration.live_server import WAIT, LiveServer, eventually
from tests.reentrance import within_itself

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_server_that_stops_saves_and_says_so(section, author, typist, server, monkeypatch):
    is_begun, may_commit = Event(), Event()

    def wait_and_append(batches):
        is_begun.set()
        assert may_commit.wait(WAIT)
        return append(batches)

    page = typist(author)
    page.type(past="One.")
    monkeypatch.setattr(saving, "append", wait_and_append)
    page.put(past="One. Two.")
    assert is_begun.wait(WAIT)
    server.do(lambda: server.loop.call_later(0.2, may_commit.set))
    server.stop_hub()
    assert page.closed() == 4512
    assert page.acked == page.sent
    assert load(section.pk).text.texts()["past"] == "One. Two."
    assert LiveText.objects.ahead().exists()  # the next server gives the number


def test_a_server_that_stops_lets_nobody_in(section, author, typist, server):
    server.stop_hub()
    assert typist(author, is_open=False).closed() == 4512


def test_a_server_that_stops_is_not_held_up_by_the_database(
    section, author, typist, server, monkeypatch
):
    page = typist(author)
    may_end = Event()
    monkeypatch.setattr(saving, "append", lambda _batches: may_end.wait(WAIT))
    monkeypatch.setattr("briefs.collaboration.hub.STOP_WITHIN", 0.1)
    page.put(past="Kept on the device.")
    eventually(lambda: any(room.has_unsaved for room in server.hub().rooms.values()))
    server.do(lambda: server.loop.call_later(1, may_end.set))
    server.stop_hub()
    assert page.closed() == 4512
    assert page.acked < page.sent
    monkeypatch.undo()
    with LiveServer() as second:
        back = typist(author, text=page.text, document=page.facts["document"], at=second)
        back.wait(lambda: back.acked == back.sent > 0)
    assert load(section.pk).text.texts()["past"] == "Kept on the device."


def database_url() -> str:
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    who, password, host = (quote(of[key], safe="") for key in ("USER", "PASSWORD", "HOST"))
    return f"postgresql://{who}:{password}@{host}:{of['PORT']}/{of['NAME']}"


@contextmanager
def serving(listener: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, as README starts one."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database_url(),
        "HTTPS": "0",
    }
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--fd"]
    options = ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false"]
    process = subprocess.Popen(
        [*command, str(listener.fileno()), *options, "--log-level", "error"],
        cwd=ROOT,
        env=environment,
        pass_fds=[listener.fileno()],
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(WAIT)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


def test_neither_a_signal_nor_a_kill_loses_or_doubles_a_word(
    section, author, second_author, listener
):
    at = SimpleNamespace(port=listener.getsockname()[1])
    with serving(listener) as process, Typist(at, section, author) as page:
        page.open()
        page.type(past="One. ")
        page.put(past="One. Two. ")
        process.send_signal(signal.SIGTERM)
        assert page.closed() == 4512
        assert process.wait(WAIT) in (0, -signal.SIGTERM)
    saved = load(section.pk).text.texts()["past"]
    assert saved == ("One. Two. " if page.acked == page.sent else "One. ")

    with serving(listener) as process, Typist(at, section, author, text=page.text) as back:
        back.open(document=page.facts["document"])
        back.type(past="One. Two. Three. ")
        back.put(past="One. Two. Three. Four. ")
        process.kill()
        assert back.closed() == 1006

    with serving(listener), Typist(at, section, author, text=page.text) as again:
        again.open(document=page.facts["document"])
        again.wait(lambda: again.acked == again.sent > 0)
        with Typist(at, section, second_author) as other:
            assert other.open().text.texts()["past"] == "One. Two. Three. Four. "
    assert load(section.pk).text.texts()["past"] == "One. Two. Three. Four. "


def test_a_signal_in_the_middle_of_another_is_heard(monkeypatch):
    """At whatever line: with a lock in it, the server waited for itself and never ended."""
    handlers: dict[int, Any] = {}
    passed_on: list[int] = []
    monkeypatch.setattr(signal, "getsignal", lambda number: lambda *_: passed_on.append(number))
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)

    async def hear():
        if handlers:
            handle = partial(handlers[signal.SIGTERM], signal.SIGTERM, None)
            thread = Thread(target=within_itself, args=[handle], daemon=True)
            thread.start()
            await asyncio.to_thread(thread.join, WAIT)
            assert not thread.is_alive()
        return {}

    async def hear_back(_said):
        pass

    try:
        asyncio.run(lifespan({}, hear, hear_back))
    finally:
        gc.unfreeze()
    assert set(passed_on) == {signal.SIGTERM}


def test_what_a_server_has_loaded_is_not_looked_through_for_garbage(monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda _number, _handler: None)  # pytest keeps its own
    loaded = []

    async def hear():
        return {}

    async def hear_back(said):
        loaded.append((said["type"], gc.get_freeze_count()))

    try:
        asyncio.run(lifespan({}, hear, hear_back))
    finally:
        gc.unfreeze()
    [(begun, kept), _ended] = loaded
    assert begun == "lifespan.startup.complete"
    assert kept > 10_000
