"""The workers of this process, and the queue before them: who came first goes first."""

import atexit
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from briefs.export.failures import RenderFailed, Unwanted
from briefs.export.pdf.jobs import Answer, Job
from briefs.export.pdf.worker import Limits, Worker, always

_LOOKS_EVERY = 0.1  # seconds
_MOST_OF_ONE = 3
_TURNS = 3  # so many times as long as a job may take, somebody waits at most


def _tell_nobody(_ahead: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Watch:
    """Who waits for a job: asked whether it `is_wanted`, and told how many are `ahead` of it while
    it waits; 0 is told when it begins. One `owner`, but None, has a few jobs waiting or in work at
    most."""

    owner: int | None = None
    is_wanted: Callable[[], bool] = always
    tell: Callable[[int], None] = _tell_nobody


class Pool:
    """So many workers, each started when it is needed first."""

    def __init__(self, fonts: Path, limits: Limits, size: int) -> None:
        self.limits = limits
        self._fonts = fonts
        self._free: list[Worker] = []
        self._all: list[Worker] = []
        self._queue: deque[object] = deque()
        self._owners: Counter[int | None] = Counter()
        self._change = threading.Condition()
        self.widen(size)

    def widen(self, size: int) -> None:
        """Has at least so many workers from now on."""
        with self._change:
            more = [Worker(self._fonts, self.limits) for _number in range(size - len(self._all))]
            self._all += more
            self._free += more
            self._change.notify_all()

    def run(self, job: Job, watch: Watch | None = None, seconds: float | None = None) -> Answer:
        """Does a job when it is its turn. Raises as `Worker.run` does, and `RenderFailed` when it
        waits too long."""
        watch = watch or Watch()
        if not watch.is_wanted():
            raise Unwanted
        self._enter(watch.owner)
        try:
            return self._run(job, watch, seconds)
        finally:
            with self._change:
                self._owners[watch.owner] -= 1

    def _enter(self, owner: int | None) -> None:
        with self._change:
            if owner is not None and self._owners[owner] >= _MOST_OF_ONE:
                raise RenderFailed(
                    _("Other files are being made for you. Wait for them, or cancel one.")
                )
            self._owners[owner] += 1

    def _run(self, job: Job, watch: Watch, seconds: float | None) -> Answer:
        worker = self._wait(watch)
        try:
            watch.tell(0)
            if not watch.is_wanted():
                raise Unwanted
            return worker.run(job, seconds, watch.is_wanted)
        finally:
            with self._change:
                # The one that is warm is taken first.
                self._free.append(worker)
                self._change.notify_all()

    def stop(self) -> None:
        for worker in self._all:
            worker.stop()

    def _wait(self, watch: Watch) -> Worker:
        ticket = object()
        deadline = time.monotonic() + _TURNS * self.limits.seconds
        with self._change:
            self._queue.append(ticket)
        try:
            told = 0
            while (worker := self._taken(ticket)) is None:
                if not watch.is_wanted():
                    raise Unwanted
                if time.monotonic() > deadline:
                    raise RenderFailed(_("Other PDFs are being made. Try again in a minute."))
                ahead = self._queue.index(ticket) + 1
                if told != ahead:
                    watch.tell(ahead)
                    told = ahead
        finally:
            with self._change:
                self._queue.remove(ticket)
                self._change.notify_all()
        return worker

    def _taken(self, ticket: object) -> Worker | None:
        """A worker, if it is the ticket's turn now or soon."""
        with self._change:
            if self._queue.index(ticket) >= len(self._free):
                self._change.wait(_LOOKS_EVERY)
            if self._queue.index(ticket) >= len(self._free):
                return None
            return self._free.pop()


@cache
def pool_for(fonts: Path) -> Pool:
    """The one pool of this process."""
    pool = Pool(fonts, Limits(), settings.PDF_WORKERS)
    atexit.register(pool.stop)
    return pool
