"""Measures: `python -m bench`, with `--help` for what can be changed."""

import os
import sys

from django.core.management import execute_from_command_line

from bench.database import own_database


def main() -> None:
    options = sys.argv[1:]
    with own_database(on_postgres="--postgres" in options) as url:
        os.environ.update({"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"})
        execute_from_command_line(["bench", "measure", *options])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nBroken off; nothing is left behind.")
