"""Fills the database of the run step by step and measures at every step."""

import os
import platform
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from bench.acts import reading_acts, writing_acts
from bench.sample import Sample
from bench.table import Results, lines_of
from bench.timing import Measured, measure


class Command(BaseCommand):
    help = "Times what people wait for, as the briefs and the revisions of a section grow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        sizes: dict[str, Any] = {"nargs": "+", "type": int, "metavar": "N"}
        parser.add_argument("--briefs", default=[1, 10, 200], help="how many briefs", **sizes)
        parser.add_argument(
            "--revisions", default=[10, 1000, 10000], help="how many of one section", **sizes
        )
        parser.add_argument("--runs", type=int, default=15, help="how often each act is timed")
        parser.add_argument(
            "--postgres", action="store_true", help="on PostgreSQL, a throw-away cluster"
        )

    def handle(
        self, *args: Any, briefs: list[int], revisions: list[int], runs: int, **options: Any
    ) -> None:
        call_command("migrate", verbosity=0)
        sample = Sample()
        self.stdout.write(_where())
        results = self._at_each(briefs, sample.grow_briefs, sample, 0, runs)
        self._print("With the number of briefs", "briefs", briefs, results)
        section = sample.section(1)
        results = self._at_each(
            revisions, lambda to: sample.grow_revisions(section, to), sample, 1, runs
        )
        self._print("With the revisions of a section", "revisions", revisions, results)

    def _at_each(
        self, sizes: list[int], grow: Callable[[int], None], sample: Sample, place: int, runs: int
    ) -> Results:
        results: dict[str, list[Measured]] = {}
        for size in sizes:
            start = time.perf_counter()
            grow(size)
            self.stderr.write(f"grown to {size:,} in {time.perf_counter() - start:.0f} s")
            for name, measured in _measure_all(sample, place, runs).items():
                results.setdefault(name, []).append(measured)
        return results

    def _print(self, title: str, unit: str, sizes: list[int], results: Results) -> None:
        self.stdout.write("\n" + "\n".join(lines_of(title, unit, sizes, results)))


def _measure_all(sample: Sample, place: int, runs: int) -> dict[str, Measured]:
    section = sample.section(place)
    with sample.in_review(section):
        read = measure(reading_acts(sample, section), runs)
    return read | measure(writing_acts(sample, section), runs)


def _where() -> str:
    """The machine and the programs, as far as they make a difference."""
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if is_sqlite else "SHOW server_version")
        version = cursor.fetchone()[0]
    return (
        f"{connection.display_name} {version}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. Medians; ratios are to the first "
        "column."
    )
