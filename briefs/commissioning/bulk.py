"""One assignment for many sections of many briefs: what it would change, and doing it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.commissioning.assignments import (
    Assignment,
    assign_sections,
    check_assignment,
    reviewers_then,
    shown_of,
)
from briefs.models import Brief, Membership, Section
from briefs.permissions import check_can_manage

MOST_SECTIONS = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of a section, as it is and as it would be, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One section with all that would change in it."""

    section: Section
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class BriefPlan:
    """One brief: the sections that would change, how many are as wanted already, and why nothing
    can be done there, blank when it can."""

    brief: Brief
    lines: tuple[Line, ...]
    unchanged: int
    refusal: str

    @property
    def sections(self) -> list[Section]:
        return [line.section for line in self.lines]


@dataclass(frozen=True)
class Plan:
    """What an assignment would do, brief by brief."""

    briefs: tuple[BriefPlan, ...]

    @cached_property
    def digest(self) -> str:
        """Of all that was shown: a form names the one that it showed."""
        shown = [
            [plan.brief.pk, plan.unchanged, plan.refusal, *[_shown(line) for line in plan.lines]]
            for plan in self.briefs
        ]
        return sha256(json.dumps(shown).encode()).hexdigest()

    @property
    def changing(self) -> list[BriefPlan]:
        return [plan for plan in self.briefs if plan.lines and not plan.refusal]

    @property
    def count(self) -> int:
        return sum(len(plan.lines) for plan in self.changing)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one brief; `refusal` is blank when it was done."""

    brief: Brief
    changed: int
    refusal: str


def plan_assignment(user: User, sections: Collection[int], assignment: Assignment) -> Plan:
    """What an assignment would change in the sections, by primary key, of briefs that somebody
    sees. A constant number of queries. Raises `ValidationError` for too many."""
    if len(sections) > MOST_SECTIONS:
        raise ValidationError(
            _("These are %(count)s sections. Choose %(most)s at most at once.")
            % {"count": len(sections), "most": MOST_SECTIONS}
        )
    rows = list(
        Section.objects.visible_to(user)
        .filter(pk__in=sections)
        .select_related("brief", "part", "section_template", "author")
        .prefetch_related("reviewers")
        .order_by("brief__title", "brief_id", "part__position", "position", "pk")
    )
    roles = _roles({row.brief_id for row in rows})
    plans = []
    for brief_id, members in groupby(rows, key=lambda row: row.brief_id):
        of_brief = list(members)
        brief = of_brief[0].brief
        brief.roles = roles.get(brief_id, {})
        plans.append(_plan(user, brief, of_brief, assignment))
    return Plan(tuple(plans))


def assign_over_briefs(
    user: User, sections: Collection[int], assignment: Assignment, *, seen: str
) -> list[Outcome]:
    """Does what a plan says, each brief in a transaction of its own. `seen` is the digest of the
    plan that was shown. Raises `ValidationError` when things have changed since, or for too
    many."""
    plan = plan_assignment(user, sections, assignment)
    if plan.digest != seen:
        raise ValidationError(
            _("Something has changed since this was shown. Here is what would be done now.")
        )
    return [_carry_out(each, assignment, user) for each in plan.changing]


def _carry_out(plan: BriefPlan, assignment: Assignment, user: User) -> Outcome:
    shown = {section.key: shown_of(section) for section in plan.sections}
    try:
        changed = assign_sections(plan.brief, plan.sections, assignment, by=user, seen=shown)
    except PermissionDenied as denied:
        return Outcome(plan.brief, 0, str(denied))
    except ValidationError as refused:
        return Outcome(plan.brief, 0, " ".join(refused.messages))
    return Outcome(plan.brief, changed, "")


def _plan(user: User, brief: Brief, rows: list[Section], assignment: Assignment) -> BriefPlan:
    lines = [Line(row, tuple(_changes(row, assignment))) for row in rows]
    changing = tuple(line for line in lines if line.changes)
    refusal = _refusal(user, brief, [line.section for line in changing], assignment)
    return BriefPlan(brief, changing, len(lines) - len(changing), refusal)


def _refusal(user: User, brief: Brief, rows: list[Section], assignment: Assignment) -> str:
    try:
        check_can_manage(user, brief)
        check_assignment(brief, rows, assignment)
    except PermissionDenied as denied:
        return str(denied)
    except ValidationError as refused:
        return " ".join(dict.fromkeys(refused.messages))
    return ""


def _changes(section: Section, assignment: Assignment) -> list[Change]:
    changes = []
    if "author" in assignment and assignment["author"] != section.author:
        changes.append(Change(_("author"), _person(section.author), _person(assignment["author"])))
    before, after = set(section.reviewers.all()), reviewers_then(section, assignment)
    if before != after:
        changes.append(Change(_("reviewers"), _people(before), _people(after)))
    if "due_date" in assignment and assignment["due_date"] != section.due_date:
        changes.append(Change(_("due"), _day(section.due_date), _day(assignment["due_date"])))
    return changes


def _roles(briefs: Collection[int]) -> dict[int, dict[int, str]]:
    roles: dict[int, dict[int, str]] = {}
    rows = Membership.objects.filter(brief__in=briefs).order_by()
    for brief, user, role in rows.values_list("brief_id", "user_id", "role"):
        roles.setdefault(brief, {})[user] = role
    return roles


def _shown(line: Line) -> list[Any]:
    return [line.section.pk, *[[each.what, each.before, each.after] for each in line.changes]]


def _person(person: User | None) -> str:
    return str(person) if person else _("nobody")


def _people(people: Collection[User]) -> str:
    return ", ".join(sorted(str(person) for person in people)) or _("nobody")


def _day(date: Any) -> str:
    return date_format(date, "j F Y") if date else _("no date")


def chosen_sections(user: User, briefs: Collection[str], columns: Collection[str]) -> list[int]:
    """The sections that somebody ticked in the grid, by primary key: those of the briefs, by slug,
    and of the columns, by lineage; with none ticked of the one, all of them."""
    if not briefs and not columns:
        return []
    found = Section.objects.visible_to(user).filter(brief__archived_at=None)
    if briefs:
        found = found.filter(brief__slug__in=briefs)
    else:
        managing = Membership.objects.filter(user=user, role=Membership.Role.MANAGER)
        found = found.filter(brief__in=managing.values("brief"))
    rows: Mapping[int, str] = {
        pk: first_key or key or ""
        for pk, first_key, key in found.order_by().values_list(
            "pk", "section_template__first_key", "section_template__key"
        )
    }
    return [pk for pk, lineage in rows.items() if not columns or lineage in columns]
