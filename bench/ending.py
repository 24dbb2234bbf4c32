"""A run that is broken off takes down what it made: databases, servers, folders."""

import signal
import sys
from collections.abc import Callable
from types import FrameType


def run_to_the_end(main: Callable[[], int]) -> None:
    """Ends the process with what `main` returns; at a signal as Ctrl-C does."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nBroken off; nothing is left behind.")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
