"""What a process has taken, from the kernel's own books (Linux)."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Of all its threads since it began."""
    # The name in brackets may hold blanks; what comes behind it is numbered from 3.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_mb(pid: int) -> float:
    """What it holds of the machine's memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(kilobytes) / 1024
