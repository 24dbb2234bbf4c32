"""A child process that sets pages, with limits: Typst has no timeout, and running out of memory
ends its process."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from briefs.export.failures import RenderFailed, TooLarge, Unwanted
from briefs.export.pdf.jobs import Answer, Job, read_answer, send_job

COMPILER = "briefs.export.pdf.compiler"
PAGES = Path(__file__).with_name("pages")
_LOOKS_EVERY = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """For one job, but `jobs`: so many, and the process is replaced by a new one."""

    seconds: float = 20
    memory: int = 1500 * 1024 * 1024
    jobs: int = 50


def always() -> bool:
    return True


class Worker:
    """One child process, started when there is a job. One job at a time."""

    def __init__(self, fonts: Path, limits: Limits) -> None:
        self.fonts = fonts
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._jobs_left = 0

    def run(
        self, job: Job, seconds: float | None = None, is_wanted: Callable[[], bool] = always
    ) -> Answer:
        """Does a job in so many seconds, by default those of its limits; `is_wanted` is asked often
        meanwhile. Raises `TooLarge`, `Unwanted`, and `RenderFailed` for what is refused."""
        child = self._ready_child()
        self._jobs_left -= 1
        watch = _Watch(child, seconds or self.limits.seconds, is_wanted)
        answer = None
        try:
            watch.start()
            with suppress(OSError):  # then no answer comes either
                send_job(_pipe(child.stdin), job)
            answer = read_answer(_pipe(child.stdout))
        finally:
            watch.end()
            # An answer that wasn't read to its end must never be the next one's.
            if answer is None or watch.has_killed:
                self.stop()
        if watch.was_unwanted:
            raise Unwanted
        if answer is None:
            raise TooLarge(self._sentence(watch))
        if not answer.outputs:
            raise RenderFailed(
                _(
                    "The PDF could not be set: %(reason)s. Tell whoever runs this installation; "
                    "the web page and the Markdown file hold the same text."
                )
                % {"reason": answer.refusal}
            )
        return answer

    def stop(self) -> None:
        """Ends the child process; the next job starts a new one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        # What was still on its way to a process that is gone.
        with suppress(BrokenPipeError):
            _pipe(child.stdin).close()
        _pipe(child.stdout).close()

    def _ready_child(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is None and self._jobs_left > 0:
            return self._child
        self.stop()
        self._jobs_left = self.limits.jobs
        arguments = [PAGES, self.fonts, self.limits.memory, self.limits.seconds + 5]
        # It gets nothing of our environment: no key, no database's address.
        environment = {"PYTHONPATH": str(settings.BASE_DIR), "RAYON_NUM_THREADS": "1"}
        self._child = subprocess.Popen(  # noqa: S603 - this very interpreter, on a module of ours
            [sys.executable, "-P", "-m", COMPILER, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env=environment,
        )
        return self._child

    def _sentence(self, watch: "_Watch") -> str:
        if watch.has_killed:
            return _(
                "The PDF took longer than %(seconds)d seconds and was stopped. "
                "The brief is too large, or a table in it: shorten it, or export it as a web page."
            ) % {"seconds": watch.seconds}
        return _(
            "The PDF was not finished: it needed more memory than it may take, or the "
            "renderer broke down. The brief may be too large, or a table in it: shorten it, or "
            "export it as a web page."
        )


class _Watch(threading.Thread):
    """Kills a child that takes too long, or whose work isn't wanted any more."""

    def __init__(
        self, child: subprocess.Popen[bytes], seconds: float, is_wanted: Callable[[], bool]
    ) -> None:
        super().__init__(daemon=True)
        self.child = child
        self.seconds = seconds
        self.is_wanted = is_wanted
        self.has_killed = False
        self.was_unwanted = False
        self._has_ended = threading.Event()

    def run(self) -> None:
        deadline = time.monotonic() + self.seconds
        while not self._has_ended.wait(min(_LOOKS_EVERY, max(0, deadline - time.monotonic()))):
            self.was_unwanted = not self.is_wanted()
            if self.was_unwanted or time.monotonic() >= deadline:
                self.has_killed = True
                self.child.kill()
                return

    def end(self) -> None:
        self._has_ended.set()
        self.join()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
