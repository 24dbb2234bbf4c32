"""What was measured, as tables to read in a terminal."""

from collections.abc import Iterator, Sequence

from bench.live.growth import Grown
from bench.live.load import Loaded


def load_lines(measured: Sequence[Loaded]) -> Iterator[str]:
    """A row for each case; a ratio stands behind the figure that it is of."""
    if not measured:
        return
    yield (
        f"{'pages in sections':<20}{'seen p50':>9}{'p99':>8}{'saved p50':>11}{'p99':>8}"
        f"{'CPU':>7}{'ratio':>7}{'MB':>6}{'pages’ CPU':>12}{'their delay p99':>17}{'load':>6}"
    )
    first = measured[0]
    for one in measured:
        case = f"{one.case.pages} in {one.case.sections}"
        seen = f"{one.seen[0]:>9.0f}{one.seen[1]:>8.0f}" if one.seen else f"{'–':>9}{'–':>8}"
        yield (
            f"{case:<20}{seen}"
            f"{one.acknowledged[0]:>11.0f}{one.acknowledged[1]:>8.0f}"
            f"{one.cpu:>7.0%}{one.cpu / first.cpu:>7.1f}{one.memory[1]:>6.0f}"
            f"{one.own_cpu:>12.0%}{one.own_delay:>17.0f}{one.machine:>6.1f}"
        )
    yield f"{sum(one.made for one in measured):,} characters; times in ms."


def growth_lines(measured: Sequence[Grown]) -> Iterator[str]:
    if not measured:
        return
    yield (
        f"{'edits':<10}{'characters':>11}{'snapshot':>10}{'KB':>7}{'from edits':>12}"
        f"{'cold load':>11}{'ratio':>7}{'MB':>6}"
    )
    for one in measured:
        yield (
            f"{one.edits:<10,}{one.characters:>11,}{one.snapshot_seconds * 1000:>7.0f} ms"
            f"{one.snapshot_bytes / 1000:>7.0f}{one.from_edits * 1000:>9.0f} ms"
            f"{one.cold * 1000:>8.0f} ms{one.cold / measured[0].cold:>7.2f}{one.memory:>6.1f}"
        )
