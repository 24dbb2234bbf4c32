"""A child process that sets briefs, with limits: Typst has no timeout, and running out of memory
ends its process."""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from briefs.export.pdf.frames import read_frame, write_frame

COMPILER = "briefs.export.pdf.compiler"
TEMPLATE = Path(__file__).with_name("brief.typ")


class RenderFailed(Exception):  # noqa: N818 - it is caught to be shown, as a plain outcome
    """A document could not be made; its sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """For one job, but `jobs`: so many, and the process is replaced by a new one."""

    seconds: float = 20
    memory: int = 1500 * 1024 * 1024
    jobs: int = 50


class Worker:
    """One child process, started when there is a job. Jobs of several threads take turns."""

    def __init__(self, fonts: Path, limits: Limits) -> None:
        self.fonts = fonts
        self.limits = limits
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._jobs_left = 0

    def run(self, content: bytes, timestamp: int) -> tuple[bytes, tuple[str, ...]]:
        """The PDF of a content (`brief.typ` reads it as JSON) and the standards that it meets.

        Raises `RenderFailed` when it passes a limit, is refused, or waits too long for its turn.
        """
        if not self._lock.acquire(timeout=3 * self.limits.seconds):
            raise RenderFailed(_("Other PDFs are being made. Try again in a minute."))
        try:
            answer, pdf = self._exchange(b"%d\n%s" % (timestamp, content))
        finally:
            self._lock.release()
        if not pdf:
            raise RenderFailed(
                _(
                    "The PDF could not be set: %(reason)s. Tell whoever runs this installation; "
                    "the web page and the Markdown file hold the same text."
                )
                % {"reason": answer["refusal"]}
            )
        return pdf, tuple(answer["conformance"])

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

    def _exchange(self, job: bytes) -> tuple[dict[str, Any], bytes]:
        child = self._ready_child()
        self._jobs_left -= 1
        has_expired = threading.Event()
        timer = threading.Timer(self.limits.seconds, _expire, (child, has_expired))
        timer.daemon = True
        timer.start()
        answer, pdf = _ask(child, job)
        timer.cancel()
        timer.join()
        if pdf is None or has_expired.is_set():
            self.stop()
        if answer is None or pdf is None:
            raise RenderFailed(self._sentence(has_expired=has_expired.is_set()))
        return json.loads(answer), pdf

    def _ready_child(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is None and self._jobs_left > 0:
            return self._child
        self.stop()
        self._jobs_left = self.limits.jobs
        arguments = [TEMPLATE, self.fonts, self.limits.memory, self.limits.seconds + 5]
        self._child = subprocess.Popen(  # noqa: S603 - this very interpreter, on a module of ours
            [sys.executable, "-P", "-m", COMPILER, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR), "RAYON_NUM_THREADS": "1"},
        )
        return self._child

    def _sentence(self, *, has_expired: bool) -> str:
        if has_expired:
            return _(
                "The PDF took longer than %(seconds)d seconds and was stopped. "
                "The brief is too large, or a table in it: shorten it, or export it as a web page."
            ) % {"seconds": self.limits.seconds}
        return _(
            "The PDF was not finished: it needed more memory than it may take, or the "
            "renderer broke down. The brief may be too large, or a table in it: shorten it, or "
            "export it as a web page."
        )


def _ask(child: subprocess.Popen[bytes], job: bytes) -> tuple[bytes | None, bytes | None]:
    """The two messages of a child's answer; None for one that doesn't come, as it is dead."""
    with suppress(OSError):  # then no answer comes either
        write_frame(_pipe(child.stdin), job)
    return read_frame(_pipe(child.stdout)), read_frame(_pipe(child.stdout))


def _expire(child: subprocess.Popen[bytes], has_expired: threading.Event) -> None:
    has_expired.set()
    child.kill()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
