"""Another client of the protocol, written from its document: on pycrdt and plain websockets."""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Self

from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from accounts.models import User
from briefs.live_text.shared_text import SharedText
from briefs.live_text.varints import Reader, counted, written
from briefs.models import Section
from tests.briefs.collaboration.live_server import WAIT


class Typist:
    """A page of somebody's with one section open. Waits are for what must come, and bounded."""

    def __init__(
        self,
        server,
        section: Section,
        user: User | None,
        *,
        text: SharedText | None = None,
        session: str | None = None,
        origin: str = "http://localhost",
        path: str = "",
    ) -> None:
        self.text = text or SharedText(("past", "future"), client=None)
        self.person = user.pk if user else 0
        self.session = session if session is not None else session_of(user)
        self.facts: dict[str, Any] = {}
        self.refusals: list[tuple[str, int]] = []
        self.present: dict[int, tuple[int, Any]] = {}
        self.sent = self.acked = self.states = 0
        self.is_synced = False
        self.code: int | None = None
        self._stack = ExitStack()
        self._socket = self._stack.enter_context(
            connect(
                f"ws://127.0.0.1:{server.port}/live/{path or section.pk}/",
                additional_headers={"Cookie": f"sessionid={self.session}"},
                origin=Origin(origin),
                compression=None,
                max_size=None,
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_about: object) -> None:
        self._stack.close()

    def cut(self) -> None:
        """The network is gone: no goodbye."""
        self._socket.socket.close()

    def open(self, *, document: str = "") -> Self:
        """Says hello and joins both texts."""
        self.hello(document=document)
        self.ask()
        self.wait(lambda: self.is_synced and "hello" in self.facts)
        return self

    def hello(
        self, *, client: int | None = None, document: str = "", person: int | None = None
    ) -> None:
        number = self.text.client if client is None else client
        who = self.person if person is None else person
        self.send(bytes([102]) + written(number) + counted(document.encode()) + written(who))

    def ask(self) -> None:
        self.send(b"\x00\x00" + counted(self.text.clocks()))

    def put(self, **texts: str) -> int:
        """Types, without waiting; the number of the change."""
        return self.change(self.text.put(texts))

    def change(self, update: bytes) -> int:
        self.send(b"\x00\x02" + counted(update))
        self.sent += 1
        return self.sent

    def type(self, **texts: str) -> None:
        """Types, and waits until it is saved."""
        number = self.put(**texts)
        self.wait(lambda: self.acked >= number)

    def point(self, cursor: Any, *, clock: int = 1, client: int | None = None, **more) -> None:
        state = json.dumps({"cursor": cursor, **more}).encode()
        number = self.text.client if client is None else client
        self.send(b"\x01" + counted(written(1) + written(number) + written(clock) + counted(state)))

    def name(self) -> None:
        self.facts.pop("named", None)
        self.send(bytes([103]))

    def send(self, data: bytes | str) -> None:
        self._socket.send(data)

    def wait(self, until: Callable[[], bool]) -> None:
        """Hears until something is so."""
        end = time.monotonic() + WAIT
        while not until():
            self.hear(end - time.monotonic())

    def reads(self, **texts: str) -> None:
        self.wait(lambda: texts.items() <= self.text.texts().items())

    def closed(self) -> int:
        """Waits for the server to end the connection; its code."""
        end = time.monotonic() + WAIT
        while self.code is None:
            try:
                self.hear(end - time.monotonic())
            except ConnectionClosed as closed:
                self.code = closed.rcvd.code if closed.rcvd else 1006
        return self.code

    def hear(self, seconds: float) -> None:
        reader = Reader(self._socket.recv(timeout=max(0.001, seconds)))
        kind = reader.number()
        {0: self._sync, 1: self._presence, 100: self._ack, 101: self._state}[kind](reader)
        assert reader.is_at_end

    def _sync(self, reader: Reader) -> None:
        step, payload = reader.number(), reader.counted()
        if step == 0:
            self.sent += 1
            self.send(b"\x00\x01" + counted(self.text.state(beyond=payload)))
        else:
            self.text.apply(payload)
            self.is_synced = self.is_synced or step == 1

    def _presence(self, reader: Reader) -> None:
        entries = Reader(reader.counted())
        for _ in range(entries.number()):
            client, clock = entries.number(), entries.number()
            self.present[client] = (clock, json.loads(entries.text()))
        assert entries.is_at_end

    def _ack(self, reader: Reader) -> None:
        self.acked = reader.number()

    def _state(self, reader: Reader) -> None:
        facts = json.loads(reader.counted())
        self.states += 1
        if "refused" in facts:
            self.refusals.append((facts["refused"], facts["n"]))
        self.facts.update(facts)


def session_of(user: User | None) -> str:
    if user is None:
        return ""
    browser = Client()
    browser.force_login(user)
    return str(browser.cookies["sessionid"].value)
