"""WeasyPrint, of the brief as a web page, in an environment of its own that is made for a run."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from bench.printing.engines import Act
from briefs.document.tree import Document
from briefs.export.html import write_html
from briefs.export.pdf.frames import read_frame, write_frame
from setup.install import ROOT

_WANTED = "weasyprint==70.0"


class NotThere(Exception):  # noqa: N818 - it is caught to be told, as a plain outcome
    """WeasyPrint can't be measured; its sentence says what to do."""


class WeasyPrint:
    """Installed into `folder`. Raises `NotThere`."""

    name = "WeasyPrint"
    command = "bench.printing.weasyprint_child"
    is_shared = False

    def __init__(self, folder: Path) -> None:
        self._python = _installed(folder)
        self._child: subprocess.Popen[bytes] | None = None

    def warm(self, document: Document) -> Act:
        if self._child is None:
            self._child = self._started()
        return partial(_set, self._child, write_html(document).encode())

    def cold(self, document: Document) -> Act:
        page = write_html(document).encode()

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
            [self._python, "-m", self.command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )


def _installed(folder: Path) -> Path:
    """The Python of a new environment that has it."""
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
