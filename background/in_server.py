"""The same loop in a thread of the server, from its start to its end: for the demo, and for one
desk on SQLite."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from background.worker import Worker

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def with_worker(lifespan: Application) -> Application:
    """A lifespan that has a worker beside it where `settings.WORK_IN_SERVER` says so. It finishes
    the job that it holds before the server is gone."""

    async def lifespan_with_worker(scope: Scope, receive: Receive, send: Send) -> None:
        if not settings.WORK_IN_SERVER:
            await lifespan(scope, receive, send)
            return
        worker = Worker()
        # A daemon: a mail server that hangs doesn't keep a second Ctrl-C from ending the demo.
        thread = threading.Thread(target=worker.run, name="worker", daemon=True)
        thread.start()

        async def say(message: dict[str, Any]) -> None:
            if message["type"] == "lifespan.shutdown.complete":
                worker.stop()
                await asyncio.to_thread(thread.join)
            await send(message)

        await lifespan(scope, receive, say)

    return lifespan_with_worker
