"""The record of a brief as a file, a stretch of lines at a time, so that any length can be sent."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db.models import QuerySet

from briefs.models import Activity
from briefs.overview.happenings import Happening, happenings

AT_ONCE = 1000
COLUMNS = ("number", "at", "person", "act", "section", "title", "revision", "told", "detail")
# What a spreadsheet would take for a formula, and what it skips before one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - these are meant
_BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets read the file in their country's old coding


@dataclass(frozen=True, slots=True)
class RecordFormat:
    """A way to write the record down: what stands first, and each stretch of acts after it."""

    content_type: str
    suffix: str
    head: Callable[[], str]
    lines: Callable[[Iterable[Happening]], str]


def record_chunks(activities: QuerySet[Activity], record_format: RecordFormat) -> Iterator[str]:
    """The acts, the newest first, as stretches of a file: one query for each thousand. What happens
    meanwhile is not in it."""
    yield record_format.head()
    acts = list(activities[:AT_ONCE])
    while acts:
        yield record_format.lines(happenings(acts))
        acts = list(activities.filter(pk__lt=acts[-1].pk)[:AT_ONCE])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what could be
    one."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _csv_head() -> str:
    return _BYTE_ORDER_MARK + _csv_rows([COLUMNS])


def _csv_lines(acts: Iterable[Happening]) -> str:
    return _csv_rows([harmless(cell) for cell in _cells(act)] for act in acts)


def _csv_rows(rows: Iterable[Iterable[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _json_lines(acts: Iterable[Happening]) -> str:
    return "".join(json.dumps(_entry(act), ensure_ascii=False) + "\n" for act in acts)


def _entry(happening: Happening) -> dict[str, object]:
    act = happening.activity
    return {
        "number": act.pk,
        "at": act.at.astimezone(UTC).isoformat(),
        "person": act.actor_name,
        "act": act.verb,
        "section": act.section.key if act.section else None,
        "title": act.section.title if act.section else None,
        "revision": act.revision.number if act.revision else None,
        "told": " ".join(part for part in (str(happening.did), happening.detail) if part),
        "detail": act.detail,
    }


def _cells(happening: Happening) -> Iterator[str]:
    for name, value in _entry(happening).items():
        if name == "detail":
            yield json.dumps(value, ensure_ascii=False)
        else:
            yield "" if value is None else str(value)


RECORD_FORMATS = {
    "csv": RecordFormat("text/csv; charset=utf-8", "csv", _csv_head, _csv_lines),
    "jsonl": RecordFormat("application/x-ndjson", "jsonl", str, _json_lines),
}
