"""One socket: what goes out to it, and how much may come in."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from briefs.collaboration import wire
from briefs.collaboration.closing import CloseCode, Closing, sentences
from briefs.collaboration.limits import (
    BYTES_PER_MESSAGE,
    MAX_MESSAGES_WAITING,
    MAX_OUTBOX_BYTES,
    MESSAGES_AT_ONCE,
    MESSAGES_PER_SECOND,
    SILENT_FOR,
)
from briefs.collaboration.rights import Seat, Standing


class Connection:
    """What is pushed goes out in order and never makes anybody else wait; who reads too slowly is
    disconnected.

    `client` is the Yjs number, None until hello. `received` counts changes. `refused` is why the
    newest change that was not taken wasn't.
    """

    def __init__(
        self,
        seat: Seat,
        standing: Standing,
        send: Callable[[bytes], Awaitable[None]],
        end: Callable[[int], Awaitable[None]],
    ) -> None:
        self.seat = seat
        self.person, self.name = standing.person, standing.name
        self.brief = standing.brief
        self.may_write = standing.may_write
        self.client: int | None = None
        self.received = 0
        self.refused: str | None = None
        self.code: CloseCode | None = None
        self.is_closed = False
        self.when_closed: Callable[[], None] = lambda: None
        self._send, self._end = send, end
        self._outbox: deque[bytes] = deque()
        self._waiting = 0
        self._wake = asyncio.Event()
        self._budget = MESSAGES_AT_ONCE
        self._charged_at = asyncio.get_running_loop().time()

    def push(self, message: bytes) -> None:
        if self.is_closed:
            return
        self._outbox.append(message)
        self._waiting += len(message)
        if self._waiting > MAX_OUTBOX_BYTES or len(self._outbox) > MAX_MESSAGES_WAITING:
            self._outbox.clear()
            self.close(CloseCode.TOO_SLOW)
        self._wake.set()

    def tell(self, **facts: object) -> None:
        self.push(wire.state(**facts))

    def close(self, code: CloseCode) -> None:
        """Ends the connection after what was pushed; nothing more is taken from it. Whoever was not
        yet greeted is told what the code means, as others were when they came in."""
        if self.is_closed:
            return
        if self.client is None:
            self.tell(ends=sentences())
        self.code, self.is_closed = code, True
        self._wake.set()
        self.when_closed()

    def hang_up(self) -> None:
        """The other side is gone: nothing more goes out."""
        self._outbox.clear()
        self.is_closed = True
        self._wake.set()
        self.when_closed()

    def charge(self, *, messages: float = 1, size: int = 0) -> None:
        """Counts what came in. Raises `Closing` when it is more than anybody types."""
        now = asyncio.get_running_loop().time()
        refilled = self._budget + (now - self._charged_at) * MESSAGES_PER_SECOND
        self._charged_at = now
        cost = messages + size // BYTES_PER_MESSAGE
        self._budget = min(refilled, MESSAGES_AT_ONCE) - cost
        if self._budget < 0:
            raise Closing(CloseCode.TOO_FAST)

    async def _next(self) -> None:
        """Waits for something to send. Where there is nothing for long, something that says nothing
        is: a page doesn't see pings, and could not tell silence from a dead connection."""
        self._wake.clear()
        try:
            async with asyncio.timeout(SILENT_FOR):
                await self._wake.wait()
        except TimeoutError:
            if self.client is not None:
                self.tell()

    async def run(self) -> None:
        """Sends until the connection is closed, by us or by the other side."""
        try:
            while self._outbox or not self.is_closed:
                if self._outbox:
                    message = self._outbox.popleft()
                    self._waiting -= len(message)
                    await self._send(message)
                else:
                    await self._next()
            if self.code is not None:
                await self._end(self.code)
        except OSError:  # so the other side is gone
            self.hang_up()
