"""What was measured, as a table to read in a terminal or to paste into the documentation."""

from collections.abc import Iterator, Mapping, Sequence

from bench.timing import Measured

# By act, then one entry for each size.
Results = Mapping[str, Sequence[Measured]]


def lines_of(title: str, unit: str, sizes: Sequence[int], results: Results) -> Iterator[str]:
    """The table, line by line: the median, and how the fastest run compares with that at the first
    size; then the queries of a run, at every size where they differ."""
    width = max(map(len, results))
    head = [f"{title:<{width}}"]
    head += [
        _cell(f"{size:,} {unit}", "" if place == 0 else "ratio") for place, size in enumerate(sizes)
    ]
    yield "  ".join([*head, "queries"])
    for name, row in results.items():
        cells = [f"{name:<{width}}"]
        cells += [_cell(_time(each.median), _ratio(row, place)) for place, each in enumerate(row)]
        yield "  ".join([*cells, _queries(row)]).rstrip()


def _cell(figure: str, ratio: str) -> str:
    return f"{figure:>17}{ratio:>7}"


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _ratio(row: Sequence[Measured], place: int) -> str:
    return f"{row[place].fastest / row[0].fastest:.2f}" if place else ""


def _queries(row: Sequence[Measured]) -> str:
    counts = [each.queries for each in row]
    if None in counts:
        return ""
    return str(counts[0]) if len(set(counts)) == 1 else " → ".join(map(str, counts))
