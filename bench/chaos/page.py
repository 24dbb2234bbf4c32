"""A page with one section open: its text, what of it isn't saved, and a connection that comes back
by itself. What it does is what static/js/live/connection.js does, on pycrdt instead of Yjs.
"""

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from pycrdt import Doc, Text, TransactionEvent, merge_updates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

from briefs.live_text.varints import Reader, counted, written

SEND_EVERY = 0.04  # seconds, as all that follow
FIRST_PAUSE, LONGEST_PAUSE = 0.3, 8.0
SILENCE = 45.0


class TurnedAway(Exception):  # noqa: N818 - the server's decision
    """The server ended the connection for good, or refused a change: nothing here gave it cause."""


class Page:
    """`kept` is a copy of the text, and the document that it is of, from an earlier page.

    `made` counts the changes made here, `saved` those of them that the server has said to have
    committed. `addresses` gives the ports of the servers that may be tried.
    """

    def __init__(
        self,
        section: int,
        prompts: tuple[str, ...],
        seat: tuple[int, str],
        addresses: Callable[[], list[int]],
        chance: random.Random,
        kept: tuple[bytes, str] | None = None,
    ) -> None:
        self.section = section
        self._person, self._session = seat
        self._addresses, self._chance = addresses, chance
        self._doc: Doc[Text] = Doc()
        self._texts = {key: self._doc.get(key, type=Text) for key in prompts}
        self.document = ""
        self.made = self.saved = 0
        if kept:
            self._doc.apply_update(kept[0])
            self.document = kept[1]
        self.is_synced = False
        self.port: int | None = None
        self._changes: list[bytes] = []
        self._unsent: list[bytes] = []
        self._sending: asyncio.TimerHandle | None = None
        self._socket: ClientConnection | None = None
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue()
        self._sent, self._marks = 0, deque[tuple[int, int]]()
        self._attempts = 0
        self._watch = self._doc.observe(self._note)

    @property
    def is_saved(self) -> bool:
        """What the page says with “Saved”."""
        return self.saved == self.made

    @property
    def copy(self) -> tuple[bytes, str]:
        """What the device keeps of it."""
        return self._doc.get_update(), self.document

    def text(self, prompt: str) -> str:
        return str(self._texts[prompt])

    def texts(self) -> dict[str, str]:
        return {key: str(text) for key, text in self._texts.items()}

    def insert(self, prompt: str, at: int, words: str) -> None:
        """Types, at a character."""
        text = self._texts[prompt]
        text.insert(len(str(text)[:at].encode()), words)
        self._made_a_change()

    def delete(self, prompt: str, at: int, words: str) -> None:
        """Takes back what stands at a character."""
        text = self._texts[prompt]
        start = len(str(text)[:at].encode())
        del text[start : start + len(words.encode())]
        self._made_a_change()

    def cut(self) -> None:
        """The network is gone: no goodbye."""
        if self._socket is not None:
            self._socket.transport.abort()

    def name(self) -> None:
        """Asks for a revision."""
        if self.is_synced:
            self._outbox.put_nowait(bytes([103]))

    async def stay(self) -> None:
        """Connects, again and again, until it is cancelled. Raises `TurnedAway`."""
        while True:
            code = await self._visit()
            if code is not None and 4400 <= code < 4500:
                raise TurnedAway(f"closed with {code}")
            self._attempts += 1
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self._attempts - 1))
            await asyncio.sleep(pause * self._chance.uniform(0.5, 1))

    async def _visit(self) -> int | None:
        """One connection; the code with which it ended, None when there was none."""
        port = self._chance.choice(self._addresses())
        with suppress(OSError, InvalidHandshake, TimeoutError, EOFError):
            async with connect(
                f"ws://127.0.0.1:{port}/live/{self.section}/",
                additional_headers={"Cookie": f"sessionid={self._session}"},
                origin=Origin(f"http://127.0.0.1:{port}"),
                compression=None,
                max_size=None,
                ping_interval=None,
                close_timeout=1,
                proxy=None,
            ) as socket:
                return await self._converse(socket, port)
        return None

    async def _converse(self, socket: ClientConnection, port: int) -> int | None:
        self._socket, self.port, self._outbox = socket, port, asyncio.Queue()
        self._sent, self._marks = 0, deque()
        self._outbox.put_nowait(
            bytes([102])
            + written(self._doc.client_id)
            + counted(self.document.encode())
            + written(self._person)
        )
        sending = asyncio.create_task(self._send(socket, self._outbox))
        try:
            while True:
                async with asyncio.timeout(SILENCE):
                    data = await socket.recv(decode=False)
                self._hear(Reader(data))
        except ConnectionClosed:
            return socket.close_code
        finally:
            self._socket, self.port, self.is_synced = None, None, False
            sending.cancel()

    async def _send(self, socket: ClientConnection, outbox: "asyncio.Queue[bytes]") -> None:
        with suppress(ConnectionClosed):
            while True:
                await socket.send(await outbox.get())

    def _hear(self, reader: Reader) -> None:
        kind = reader.number()
        if kind == 0:
            self._exchange(reader.number(), reader.counted())
        elif kind == 100:
            self._settle(reader.number())
        elif kind == 101:
            facts = json.loads(reader.counted())
            if "refused" in facts:
                raise TurnedAway(f"a change was refused: {facts['refused']}")
            self.document = facts.get("document", self.document)

    def _exchange(self, step: int, payload: bytes) -> None:
        if step == 0:
            self._outbox.put_nowait(b"\x00\x01" + counted(self._doc.get_update(payload)))
            self._mark_sent()
            self._outbox.put_nowait(b"\x00\x00" + counted(self._doc.get_state()))
            return
        self._doc.apply_update(payload)
        self._changes.clear()
        if step == 1:
            self.is_synced, self._attempts = True, 0
            self._flush()

    def _note(self, event: TransactionEvent) -> None:
        self._changes.append(event.update)

    def _made_a_change(self) -> None:
        """What the last transaction changed is to be sent."""
        self._unsent.append(self._changes[-1])
        self._changes.clear()
        self.made += 1
        if self._sending is None:
            self._sending = asyncio.get_running_loop().call_later(SEND_EVERY, self._flush)

    def _flush(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None
        # Until the first exchange is over, the answer to the server's question carries it.
        if not self.is_synced or not self._unsent:
            return
        one = len(self._unsent) == 1
        update = self._unsent[0] if one else merge_updates(*self._unsent)
        self._outbox.put_nowait(b"\x00\x02" + counted(update))
        self._mark_sent()

    def _mark_sent(self) -> None:
        self._unsent.clear()
        self._sent += 1
        self._marks.append((self._sent, self.made))

    def _settle(self, number: int) -> None:
        while self._marks and self._marks[0][0] <= number:
            self.saved = max(self.saved, self._marks.popleft()[1])
