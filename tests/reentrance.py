"""What a signal does that comes in the middle of another one's handling."""

import sys
from collections.abc import Callable


def within_itself(handle: Callable[[], object]) -> None:
    """Calls what handles a signal, and once more at each line of it. Where it waits for itself,
    this never returns."""

    def again(_frame, event, _arg):
        if event == "line":
            handle()
        return again

    sys.settrace(again)
    handle()
    sys.settrace(None)
