"""Every engine on the same briefs, in turns: a busy moment of the machine falls on one run of
each."""

import statistics
import time
from collections import defaultdict
from collections.abc import Sequence

from bench.printing.documents import make_brief
from bench.printing.engines import Act, Engine, Ours
from bench.printing.memory import watched
from bench.printing.table import Row, Target
from bench.printing.weasyprint import WeasyPrint
from briefs.document.tree import Document

_FASTER = Target("ours at least 8 times as fast", 8, is_least=True)


def compare(
    engines: Sequence[Engine], rounds: int, characters: int, *, is_cold: bool = False
) -> list[Row]:
    """So many briefs by each, `is_cold` by a new process each, and one more for its memory, which
    isn't timed. Seconds are the median."""
    runs = defaultdict(list)
    for number in range(rounds + 1):
        brief = make_brief(f"compared {is_cold} {number}", characters)
        for engine in engines:
            runs[engine.name].append(seconds_of(_act(engine, brief, is_cold)))
    last = make_brief(f"for memory {is_cold}", characters)
    rows = {}
    for engine in engines:
        act = _act(engine, last, is_cold)
        with watched(engine.command, is_shared=engine.is_shared) as peaks:
            act()
        # The first run was the one that starts what is warm afterwards.
        median = statistics.median(runs[engine.name][1:])
        rows[engine.name] = Row(engine.name, median, peaks.highest)
    return list(rows.values()) if is_cold else list(_judged(rows).values())


def seconds_of(act: Act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _act(engine: Engine, brief: Document, is_cold: bool) -> Act:
    return engine.cold(brief) if is_cold else engine.warm(brief)


def _judged(rows: dict[str, Row]) -> dict[str, Row]:
    ours, other = rows[Ours.name], rows.get(WeasyPrint.name)
    if other is None or not ours.seconds or not other.seconds:
        return rows
    target = _FASTER.judged(other.seconds / ours.seconds)
    return {**rows, other.name: Row(other.name, other.seconds, other.mebibytes, target)}
