"""The server's start and end, as ASGI tells them.

uvicorn closes websockets at a signal before it tells that the end has come. So the signal is
caught here first: what was typed is committed and acknowledged, then the server gets its signal.
"""

import asyncio
import gc
import signal
import threading
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

from briefs.collaboration.hub import stop_here

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def lifespan(_scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await receive()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            _stop_before(number)
        _keep_what_is_loaded()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await stop_here()
    await send({"type": "lifespan.shutdown.complete"})


def _keep_what_is_loaded() -> None:
    """Code and models stay for as long as the process does, and are by far the most of what Python
    looks through for garbage: every few seconds all typing waited for that."""
    gc.collect()
    gc.freeze()


def _stop_before(number: signal.Signals) -> None:
    """Has the server's own handler of a signal wait for the hub; a second signal doesn't wait."""
    loop = asyncio.get_running_loop()
    servers = signal.getsignal(number)
    if not callable(servers):
        return
    stopping: list[asyncio.Future[None]] = []
    # A list, as it has no lock: a second signal comes in the middle of the first one's handling
    # when whoever stops the process and its parent both send one.
    heard: list[int] = []

    def handle(caught: int, frame: FrameType | None) -> None:
        if heard:
            servers(caught, frame)
        heard.append(caught)
        loop.call_soon_threadsafe(begin)

    def begin() -> None:
        if not stopping:
            stopping.append(asyncio.ensure_future(stop_here()))
            stopping[0].add_done_callback(lambda _done: servers(number, None))

    signal.signal(number, handle)
