"""A real server on this machine for pages and sockets, in a thread of the test's process."""

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import closing
from threading import Event, Thread
from typing import Self

import uvicorn

from briefs.collaboration.hub import Hub, hub_here, stop_here
from config.asgi import application

WAIT = 30  # seconds; a bound, nothing takes that long


def eventually(condition: Callable[[], bool]) -> None:
    """Waits for what the server does by itself, and no socket tells."""
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


class LiveServer:
    """`with LiveServer() as server:` ends it with everything closed."""

    def __init__(self) -> None:
        self._started = Event()
        self.thread = Thread(target=self._run)
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def __enter__(self) -> Self:
        self.thread.start()
        assert self._started.wait(WAIT)
        return self

    def __exit__(self, *_about: object) -> None:
        self.stop_hub()
        self._server.should_exit = True
        self.thread.join(WAIT)
        assert not self.thread.is_alive()

    def stop_hub(self) -> None:
        """What a signal does first."""
        asyncio.run_coroutine_threadsafe(stop_here(), self.loop).result(WAIT)

    def hub(self) -> Hub:
        async def here() -> Hub:
            return hub_here()

        return asyncio.run_coroutine_threadsafe(here(), self.loop).result(WAIT)

    def do(self, act) -> None:
        """Calls a function in the server's loop."""

        async def call() -> None:
            act()

        asyncio.run_coroutine_threadsafe(call(), self.loop).result(WAIT)

    def _run(self) -> None:
        config = uvicorn.Config(
            application,
            lifespan="on",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            log_config=None,
        )
        self._server = uvicorn.Server(config)
        with closing(self._socket):
            asyncio.run(self._serve())

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._socket.listen()
        self._started.set()
        await self._server.serve(sockets=[self._socket])
