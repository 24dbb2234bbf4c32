"""Fills the database of the run step by step and measures at every step."""

import os
import platform
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from bench.acts import comment_acts, notice_acts, reading_acts, record_acts, writing_acts
from bench.sample import Sample
from bench.snapshots import current, snapshot, use
from bench.table import Results, lines_of
from bench.timing import Act, measure


class Command(BaseCommand):
    help = "Times what people wait for, as the briefs and the revisions of a section grow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        sizes: dict[str, Any] = {"nargs": "+", "type": int, "metavar": "N"}
        parser.add_argument("--briefs", default=[1, 10, 200], help="how many briefs", **sizes)
        parser.add_argument(
            "--revisions", default=[10, 1000, 10000], help="how many of one section", **sizes
        )
        parser.add_argument(
            "--acts", default=[1000, 10000, 100000], help="how many on record of one brief", **sizes
        )
        parser.add_argument(
            "--comments", default=[1, 20, 200], help="how many on a section of 40 KB", **sizes
        )
        parser.add_argument(
            "--notices", default=[10, 1000, 10000], help="how many of one person", **sizes
        )
        parser.add_argument("--runs", type=int, default=15, help="how often each act is timed")
        parser.add_argument(
            "--postgres", action="store_true", help="on PostgreSQL, a throw-away cluster"
        )
        parser.add_argument(
            "--live", action="store_true", help="live drafting instead: --live --help says more"
        )

    def handle(
        self, *args: Any, briefs: list[int], revisions: list[int], acts: list[int], **options: Any
    ) -> None:
        runs, comments, notices = options["runs"], options["comments"], options["notices"]
        call_command("migrate", verbosity=0)
        sample = Sample()
        self.stdout.write(_where())
        taken = self._grow("briefs", briefs, sample.grow_briefs)
        results = _measure_all(taken, sample, 0, runs)
        self._print("With the number of briefs", "briefs", briefs, results)
        taken = self._grow("revisions", revisions, partial(sample.grow_revisions, 1))
        results = _measure_all(taken, sample, 1, runs)
        self._print("With the revisions of a section", "revisions", revisions, results)
        taken = self._grow("acts", acts, sample.grow_acts)
        results = _measure_turns(taken, runs, lambda: record_acts(sample))
        self._print("With the record of a brief", "acts", acts, results)
        taken = self._grow("comments", comments, sample.grow_comments)
        results = _measure_turns(taken, runs, lambda: comment_acts(sample))
        self._print("With the comments on a section of 40 KB", "comments", comments, results)
        taken = self._grow("notices", notices, sample.grow_notices)
        results = _measure_turns(taken, runs, lambda: notice_acts(sample))
        self._print("With the notices of a person", "notices", notices, results)

    def _grow(
        self, unit: str, sizes: list[int], grow: Callable[[int], None]
    ) -> list[BaseDatabaseWrapper]:
        """Copies of the database at each size; the original grows on."""
        taken = []
        for size in sizes:
            start = time.perf_counter()
            grow(size)
            taken.append(snapshot(f"{size}_{unit}"))
            self.stderr.write(f"{size:,} {unit} after {time.perf_counter() - start:.0f} s more")
        return taken

    def _print(self, title: str, unit: str, sizes: list[int], results: Results) -> None:
        self.stdout.write("\n" + "\n".join(lines_of(title, unit, sizes, results)))


def _measure_all(
    databases: list[BaseDatabaseWrapper], sample: Sample, place: int, runs: int
) -> Results:
    """The acts on one section, by its place in the brief: first what reads it while it is in
    review, so that a page of decision asks all that it can ask, then what writes."""
    original = current()
    reading = []
    for database in databases:
        use(database)
        sample.request_review(sample.section(place))
        reading.append(list(reading_acts(sample, sample.section(place))))
    results = measure(databases, reading, runs)
    writing = []
    for database in databases:
        use(database)
        sample.withdraw_review(sample.section(place))
        writing.append(list(writing_acts(sample, sample.section(place))))
    results |= measure(databases, writing, runs)
    for database in databases:
        database.close()
    use(original)
    return results


def _measure_turns(
    databases: list[BaseDatabaseWrapper], runs: int, acts_of: Callable[[], Iterable[Act]]
) -> Results:
    original = current()
    acts = []
    for database in databases:
        use(database)
        acts.append(list(acts_of()))
    results = measure(databases, acts, runs)
    for database in databases:
        database.close()
    use(original)
    return results


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
