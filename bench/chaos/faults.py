"""What is broken, and when. Everything is mended again soon, and all of it at the end."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from bench.chaos.postgres import DurablePostgres
from bench.chaos.servers import Server
from bench.chaos.typist import Typist

LONGEST_PEACE = 2.5  # seconds, as all that follow
LONGEST_ABSENCE = 2.0
LONGEST_PAUSE = 1.5


class Faults:
    """`servers` are two where PostgreSQL is the database, otherwise one; the first should always
    run, the second at times. `done` counts what was broken."""

    def __init__(
        self,
        servers: Sequence[Server],
        postgres: DurablePostgres | None,
        typists: Sequence[Typist],
        chance: random.Random,
        *,
        only_kills: bool = False,
    ) -> None:
        self._first, *others = servers
        self._second = others[0] if others else None
        self._postgres, self._typists, self._chance = postgres, typists, chance
        self._only_kills = only_kills
        self.done: Counter[str] = Counter()

    async def work(self, is_over: asyncio.Event) -> None:
        faults = self._faults()
        while not is_over.is_set():
            await asyncio.sleep(self._chance.uniform(0, LONGEST_PEACE))
            [fault] = self._chance.choices(list(faults), list(faults.values()))
            await fault()

    def _faults(self) -> dict[Callable[[], Awaitable[None]], int]:
        """Each with its share."""
        faults: dict[Callable[[], Awaitable[None]], int] = {self._kill: 4}
        if self._only_kills:
            return faults
        faults |= {self._cut: 3, self._leave: 2, self._stop: 1, self._pause: 1}
        if self._postgres:
            faults[self._stop_postgres] = 4
        if self._second:
            faults[self._change_second] = 3
        return faults

    async def _kill(self) -> None:
        server = self._some_server()
        self.done["kills of a server"] += 1
        await server.kill()
        self._drop_what_is_saved()
        await self._start_again(server)

    async def _stop(self) -> None:
        server = self._some_server()
        self.done["stops of a server"] += 1
        await server.stop()
        self._drop_what_is_saved()
        await self._start_again(server)

    async def _start_again(self, server: Server) -> None:
        await asyncio.sleep(self._chance.uniform(0, LONGEST_ABSENCE))
        await server.start()

    async def _pause(self) -> None:
        self.done["pauses of a server"] += 1
        await self._some_server().pause(self._chance.uniform(0, LONGEST_PAUSE))

    async def _change_second(self) -> None:
        """The second server begins, or is killed."""
        if self._second is None:
            return
        if self._second.is_running:
            self.done["kills of a server"] += 1
            await self._second.kill()
            self._drop_what_is_saved()
        else:
            self.done["starts of a second server"] += 1
            await self._second.start()

    async def _stop_postgres(self) -> None:
        if self._postgres is None:
            return
        self.done["immediate stops of PostgreSQL"] += 1
        await asyncio.to_thread(self._postgres.stop_immediately)
        self._drop_what_is_saved()
        await asyncio.sleep(self._chance.uniform(0, LONGEST_ABSENCE))
        await asyncio.to_thread(self._postgres.start)

    async def _cut(self) -> None:
        for typist in self._some_typists():
            self.done["cut sockets"] += 1
            typist.page.cut()

    async def _leave(self) -> None:
        """Tabs are closed and opened again, with the copy that the device has kept."""
        for typist in self._some_typists():
            self.done["pages closed and opened again"] += 1
            typist.come_back(with_copy=True)

    def _drop_what_is_saved(self) -> None:
        """Some who read “Saved” close their page and keep nothing: if it wasn't so, it is lost."""
        for typist in self._typists:
            if typist.page.is_saved and typist.page.made and self._chance.random() < 0.5:
                self.done["copies thrown away while “Saved”"] += 1
                typist.come_back(with_copy=False)

    def _some_server(self) -> Server:
        running = [one for one in (self._first, self._second) if one and one.is_running]
        return self._chance.choice(running)

    def _some_typists(self) -> list[Typist]:
        return self._chance.sample(self._typists, self._chance.randint(1, len(self._typists)))
