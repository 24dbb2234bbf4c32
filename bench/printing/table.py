"""What was measured, as a table to read in a terminal or to paste into the documentation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HEAD = ["", "seconds", "ratio", "MiB at the most", "target"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is to stay below, or when it `is_least`, to reach."""

    said: str
    limit: float
    is_least: bool = False

    def judged(self, figure: float) -> str:
        is_met = figure >= self.limit if self.is_least else figure < self.limit
        return f"{self.said}: {'met' if is_met else 'NOT met'}"


@dataclass(frozen=True, slots=True)
class Row:
    """`seconds` are a median, `mebibytes` a peak; None where it wasn't measured. `target` is a
    sentence, with whether it is met."""

    name: str
    seconds: float | None = None
    mebibytes: float | None = None
    target: str = ""


def lines_of(title: str, rows: Sequence[Row]) -> Iterator[str]:
    """The table, line by line; ratios are to the first row."""
    table = [[title, *_HEAD[1:]], *(_cells(row, rows[0]) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for place, cells in enumerate(table):
        yield _line(cells, widths)
        if not place:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def _cells(row: Row, first: Row) -> list[str]:
    seconds = "" if row.seconds is None else f"{row.seconds:.2f}"
    ratio = f"{row.seconds / first.seconds:.2f}" if row.seconds and first.seconds else ""
    mebibytes = "" if row.mebibytes is None else f"{row.mebibytes:.0f}"
    return [row.name, seconds, ratio, mebibytes, row.target]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures, target = cells
    first, *middle, last = widths
    padded = [f"{cell:>{width}}" for cell, width in zip(figures, middle, strict=True)]
    return f"| {' | '.join([f'{name:<{first}}', *padded, f'{target:<{last}}'])} |"
