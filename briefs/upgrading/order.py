"""Where each section stands in another version: the template's in its order, and each section of
the brief's own behind the one that it stands behind now."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefs.models import Part, Section, SectionTemplate


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the template, or one of the brief's own, in a part at a position from 1."""

    of: SectionTemplate | Section
    part: Part
    position: int


def places(
    parts: Sequence[Part], asked: Sequence[SectionTemplate], rows: Sequence[Section]
) -> list[Place]:
    """The whole outline in order. `parts` and `asked` are the version's, `rows` the sections that
    the brief has now, all in their order."""
    order: dict[int, list[SectionTemplate | Section]] = {part.pk: [] for part in parts}
    for section in asked:
        order[section.part_id].append(section)
    for row in rows:
        if row.is_own:
            _put_in(order, parts, row, rows)
    by_pk = {part.pk: part for part in parts}
    return [
        Place(one, by_pk[part], position)
        for part, members in order.items()
        for position, one in enumerate(members, start=1)
    ]


def _put_in(
    order: dict[int, list[SectionTemplate | Section]],
    parts: Sequence[Part],
    own: Section,
    rows: Sequence[Section],
) -> None:
    """Behind the nearest section before it that is in the same part still; in that part without
    one, at its beginning; and when the part has gone, behind the nearest one anywhere."""
    before = list(reversed(rows[: rows.index(own)]))
    same = next((part.pk for part in parts if part.key == own.part.key), None)
    beside = [row for row in before if row.part_id == own.part_id]
    for row in beside if same else before:
        found = _find(order, row)
        if found and same in (None, found[0]):
            part, place = found
            order[part].insert(place + 1, own)
            return
    order[same or parts[0].pk].insert(0, own)


def _find(
    order: dict[int, list[SectionTemplate | Section]], row: Section
) -> tuple[int, int] | None:
    """The part, by primary key, and the place in it."""
    for part, members in order.items():
        for place, member in enumerate(members):
            if _is_same(member, row):
                return part, place
    return None


def _is_same(member: SectionTemplate | Section, row: Section) -> bool:
    if isinstance(member, Section):
        return member.pk == row.pk
    return row.section_template is not None and member.lineage == row.section_template.lineage
