"""WeasyPrint, in an environment of its own that is made for a run: of the pages that ours sets, and
of the web page as it is exported."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from bench.printing.engines import Act
from bench.printing.sheet import as_pages
from briefs.document.tree import Document
from briefs.export.html import write_html
from briefs.export.pdf.frames import read_frame, write_frame
from setup.install import ROOT

_WANTED = "weasyprint==70.0"
_CHILD = "bench.printing.weasyprint_child"


class NotThere(Exception):  # noqa: N818 - it is caught to be told, as a plain outcome
    """WeasyPrint can't be measured; its sentence says what to do."""


class WeasyPrint:
    """The same pages as ours, tagged as PDF/A-2a. `python` is one that has WeasyPrint."""

    name = "WeasyPrint, the same pages"
    standard = "pdf/a-2a"
    is_shared = False

    def __init__(self, python: Path) -> None:
        self._python = python
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def command(self) -> str:
        """As it is in the process's command line, where a NUL ends each word."""
        return f"{_CHILD}\0{self.standard}\0"

    def page(self, document: Document) -> str:
        return as_pages(document)

    def warm(self, document: Document) -> Act:
        if self._child is None:
            self._child = self._started()
        return partial(_set, self._child, self.page(document).encode())

    def cold(self, document: Document) -> Act:
        page = self.page(document).encode()

        def start_and_set() -> None:
            child = self._started()
            _set(child, page)
            _end(child)

        return start_and_set

    def stop(self) -> None:
        if self._child is not None:
            _end(self._child)
            self._child = None

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [self._python, "-m", _CHILD, self.standard],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )


class WeasyPrintOfTheWebPage(WeasyPrint):
    """Of the page as it is exported: its notes behind each text, its contents without numbers, no
    running heads, nothing justified, and no standard."""

    name = "WeasyPrint, the web page"
    standard = "pdf"

    def page(self, document: Document) -> str:
        return write_html(document)


def install(folder: Path) -> Path:
    """The Python of a new environment in `folder` that has it. Raises `NotThere`."""
    python = folder / "bin" / "python"
    uv = [sys.executable, "-m", "uv"]
    for command in (
        [*uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [*uv, "pip", "install", "--quiet", "--python", str(python), _WANTED],
    ):
        if failure := _failure_of(command):
            raise NotThere(f"WeasyPrint is left out, as it could not be installed: {failure}")
    if failure := _failure_of([str(python), "-c", "import weasyprint"]):
        raise NotThere(
            "WeasyPrint is left out, as it can't be loaded. It needs Pango, in Debian the packages "
            f"libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0. It says: {failure}"
        )
    return python


def _failure_of(command: list[str]) -> str:
    """The last line of what it complains of; blank when it went well."""
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    if not run.returncode:
        return ""
    return (run.stderr.strip().splitlines() or [f"it ended with {run.returncode}"])[-1]


def _set(child: subprocess.Popen[bytes], page: bytes) -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    write_frame(child.stdin, page)
    if not read_frame(child.stdout):
        raise RuntimeError("WeasyPrint ended without a PDF.")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.communicate()
