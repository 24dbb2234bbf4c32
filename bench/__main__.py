"""Measures: `python -m bench`, with `--help` for what can be changed."""

import os
import sys

from django.core.management import execute_from_command_line

from bench.database import own_database
from bench.ending import run_to_the_end
from bench.live.__main__ import main as measure_live
from bench.printing.__main__ import main as measure_printing


def main() -> int:
    options = sys.argv[1:]
    if "--live" in options:
        return measure_live([option for option in options if option != "--live"])
    if "--pdf" in options:
        return measure_printing([option for option in options if option != "--pdf"])
    with own_database(on_postgres="--postgres" in options) as url:
        os.environ.update({"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"})
        execute_from_command_line(["bench", "measure", *options])
    return 0


if __name__ == "__main__":
    run_to_the_end(main)
