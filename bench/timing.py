"""How long acts take, and what they ask of the database."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection
from django.test.utils import CaptureQueriesContext

LEAST_RUNS = 3
SECONDS_ENOUGH = 5.0


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done over and over. `asks`: it asks the database, or should not."""

    name: str
    run: Callable[[], object]
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds of each run, and the number of queries of one; None where they don't count."""

    runs: tuple[float, ...]
    queries: int | None

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def fastest(self) -> float:
        """The run that other work on the machine disturbed least: what ratios are made of."""
        return min(self.runs)


def measure(acts: Iterable[Act], runs: int) -> dict[str, Measured]:
    """Time acts, by name. They take turns, so that a busy moment of the machine falls on a run of
    each and not on all runs of one. What is slow takes fewer turns, but never under three."""
    acts = list(acts)
    queries = {act.name: _count_queries(act) for act in acts}
    seconds: dict[str, list[float]] = {act.name: [] for act in acts}
    for _turn in range(max(runs, LEAST_RUNS)):
        for act in acts:
            taken = seconds[act.name]
            if len(taken) < LEAST_RUNS or sum(taken) < SECONDS_ENOUGH:
                taken.append(_time(act))
    return {name: Measured(tuple(taken), queries[name]) for name, taken in seconds.items()}


def _time(act: Act) -> float:
    start = time.perf_counter()
    act.run()
    return time.perf_counter() - start


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
