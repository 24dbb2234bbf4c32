"""Measures: `python -m bench`, with `--help` for what can be changed."""

import os
import signal
import sys
from types import FrameType

from django.core.management import execute_from_command_line

from bench.database import own_database


def main() -> None:
    options = sys.argv[1:]
    with own_database(on_postgres="--postgres" in options) as url:
        os.environ.update({"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"})
        execute_from_command_line(["bench", "measure", *options])


def stop(_signal: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does, so that the databases made for the run are taken down."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nBroken off; nothing is left behind.")
