"""The sections of a brief by part, to be ticked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from briefs.models import Part, Section
from briefs.reading import part_numbers, section_numbers


@dataclass(frozen=True, slots=True)
class TickRow:
    """One section with its computed number. `note` says what the page is about."""

    section: Section
    number: str
    is_ticked: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class TickPart:
    """One part; `number` is None for the opening."""

    part: Part
    number: int | None
    is_ticked: bool
    rows: list[TickRow]


def outline_to_tick(
    sections: list[Section],
    ticked: Collection[str],
    ticked_parts: Collection[str],
    notes: Mapping[int, str] = MappingProxyType({}),
) -> list[TickPart]:
    """The outline in order; what was ticked, by key, stays ticked when a form comes back. `notes`
    are by the section's primary key."""
    number_of, part_of = section_numbers(sections), part_numbers(sections)
    parts = []
    for part_id, members in groupby(sections, key=lambda section: section.part_id):
        rows = [
            TickRow(row, number_of[row.pk], row.key in ticked, notes.get(row.pk, ""))
            for row in members
        ]
        part = rows[0].section.part
        parts.append(TickPart(part, part_of[part_id], part.key in ticked_parts, rows))
    return parts
