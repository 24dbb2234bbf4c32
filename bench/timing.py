"""How long acts take, and what they ask of the database."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from bench.snapshots import use

LEAST_RUNS = 3
SECONDS_ENOUGH = 5.0


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done over and over. `asks`: it asks the database, or should not."""

    name: str
    run: Callable[[], object]
    asks: bool = True


@dataclass(slots=True)
class Measured:
    """The seconds of each run, and the number of queries of one; None where they don't count."""

    queries: int | None
    runs: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def fastest(self) -> float:
        """The run that other work on the machine disturbed least: what ratios are made of."""
        return min(self.runs)


def measure(
    databases: Sequence[BaseDatabaseWrapper], acts: Sequence[Sequence[Act]], runs: int
) -> dict[str, list[Measured]]:
    """Time the same acts in each database; by name, then in the order of the databases.

    Databases and acts take turns, so that a busy moment of the machine falls on one run of each and
    not on all runs of one. What is slow takes fewer than `runs` turns, but three at least.
    """
    results: dict[str, list[Measured]] = {}
    for database, of_database in zip(databases, acts, strict=True):
        use(database)
        for act in of_database:
            results.setdefault(act.name, []).append(Measured(_count_queries(act)))
    for _turn in range(runs):
        for same in zip(*acts, strict=True):
            _take_turn(databases, same, results[same[0].name])
    return results


def _take_turn(
    databases: Sequence[BaseDatabaseWrapper], same: Sequence[Act], results: Sequence[Measured]
) -> None:
    has_enough = len(results[0].runs) >= LEAST_RUNS
    if has_enough and max(sum(measured.runs) for measured in results) > SECONDS_ENOUGH:
        return
    for database, act, measured in zip(databases, same, results, strict=True):
        use(database)
        start = time.perf_counter()
        act.run()
        measured.runs.append(time.perf_counter() - start)


def _count_queries(act: Act) -> int | None:
    """How many queries a run takes when an earlier one has filled the caches."""
    act.run()
    with CaptureQueriesContext(connection) as queries:
        act.run()
        return len(queries) if act.asks else None


def fixed_work() -> str:
    """Work that never grows: where its ratio isn't near 1, the machine was busy with something
    else."""
    digest = b""
    for number in range(20_000):
        digest = sha256(digest + str(number).encode()).digest()
    return digest.hex()
