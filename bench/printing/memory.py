"""How much memory the processes that set pages take, from the kernel's own books (Linux)."""

import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_EVERY = 0.05  # seconds
_PROCESSES = Path("/proc")


@dataclass(slots=True)
class Peaks:
    """In MiB: the most that each process ever held, and the most that all of them held together at
    one time, with what they share counted once; that is 0 unless it is asked for."""

    by_process: dict[int, float] = field(default_factory=dict)
    together: float = 0

    @property
    def highest(self) -> float:
        return self.together or max(self.by_process.values(), default=0)


@contextmanager
def watched(command: str, *, is_shared: bool = False) -> Iterator[Peaks]:
    """Looks, as long as the block runs, at those processes below this one whose command line holds
    `command`. To look at shared memory holds a process up, so nothing is to be timed then."""
    peaks, has_ended = Peaks(), threading.Event()

    def look() -> None:
        while True:
            is_last = has_ended.wait(_EVERY)
            _look(command, peaks, is_shared=is_shared)
            if is_last:
                return

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield peaks
    finally:
        has_ended.set()
        watch.join()


def _look(command: str, peaks: Peaks, *, is_shared: bool) -> None:
    together = 0.0
    for process in _below(os.getpid()):
        with suppress(OSError, ValueError):  # it has just ended
            folder = _PROCESSES / str(process)
            if command in (folder / "cmdline").read_text(encoding="utf-8", errors="replace"):
                peaks.by_process[process] = _mebibytes(folder / "status", "VmHWM:")
                if is_shared:
                    together += _mebibytes(folder / "smaps_rollup", "Pss:")
    peaks.together = max(peaks.together, together)


def _below(ancestor: int) -> Iterator[int]:
    children = defaultdict(list)
    for folder in _PROCESSES.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # it has just ended
                # The name in brackets may hold blanks; what comes behind is the state and the
                # parent.
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
                children[int(stat.rpartition(")")[2].split()[1])].append(int(folder.name))
    found = [ancestor]
    while found:
        below = children[found.pop()]
        yield from below
        found += below


def _mebibytes(file: Path, name: str) -> float:
    """Raises `ValueError` when the process holds nothing any more."""
    lines = file.read_text(encoding="utf-8").splitlines()
    [kibibytes] = [line.split()[1] for line in lines if line.startswith(name)]
    return int(kibibytes) / 1024
