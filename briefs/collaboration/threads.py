"""Where the database is asked, so that the event loop never waits for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connections

from briefs.collaboration.closing import CloseCode, Closing

_P = ParamSpec("_P")
_T = TypeVar("_T")

READERS = 4
ACTORS = 2


class Threads:
    """One thread that commits what is typed and keeps its connection; a few that read; and two for
    what waits for the locks of actions, so that nobody's rights wait for somebody's import. Once
    closed, they raise `Closing`."""

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="live-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="live-reader")
        self._actors = ThreadPoolExecutor(ACTORS, thread_name_prefix="live-actor")
        self._is_closed = False

    async def ask(self, act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What the function gives, which reads or writes in the database and waits for nobody."""
        return await self._in(self._readers, _and_close, act, *args, **kwargs)

    async def act(self, act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """The same for what locks a section."""
        return await self._in(self._actors, _and_close, act, *args, **kwargs)

    async def write(self, act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """The same in the one thread that commits, one after the other."""
        return await self._in(self._writer, _and_close_if_broken, act, *args, **kwargs)

    async def close(self) -> None:
        """Waits for what is being done, which takes as long as the database takes."""
        await self._in(self._writer, connections.close_all)
        self._is_closed = True
        for pool in (self._writer, self._readers, self._actors):
            await asyncio.to_thread(pool.shutdown)

    async def _in(
        self, pool: ThreadPoolExecutor, act: Callable[..., _T], *args: object, **kwargs: object
    ) -> _T:
        if self._is_closed:
            raise Closing(CloseCode.GOING_DOWN)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, lambda: act(*args, **kwargs))


def _and_close(act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Gives the connection back: these calls are few, and a broken one is not met again."""
    try:
        return act(*args, **kwargs)
    finally:
        connections.close_all()


def _and_close_if_broken(act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    try:
        return act(*args, **kwargs)
    except BaseException:
        connections.close_all()
        raise
