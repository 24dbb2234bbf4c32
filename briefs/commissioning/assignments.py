"""Who writes and who reviews a section, and until when. A duty, not a fence: every author of the
brief may write in every section."""

import datetime as dt
from collections.abc import Collection
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.drafting.writing import lock_brief
from briefs.events import publish
from briefs.models import Activity, Brief, Membership, Section, SectionQuerySet
from briefs.permissions import RANK, check_can_manage, role_in

Role = Membership.Role


class Assignment(TypedDict, total=False):
    """What is to change: a key that is missing stays, None clears it."""

    author: User | None
    reviewer: User | None
    due_date: dt.date | None


def assign_section(section: Section, assignment: Assignment, *, by: User) -> Section:
    """Sets author, reviewer and due date of one section. Raises `ValidationError` by field."""
    assign_sections(section.brief, [section], assignment, by=by)
    section.refresh_from_db(fields=["author", "reviewer", "due_date"])
    return section


@transaction.atomic
def assign_sections(
    brief: Brief, sections: Collection[Section], assignment: Assignment, *, by: User
) -> int:
    """Sets the same for many sections of a brief, all or none, and returns how many changed. The
    author is a member who may write, the reviewer one who may decide, and somebody else."""
    brief = lock_brief(brief)
    check_can_manage(by, brief)
    _check_rank(brief, assignment.get("author"), Role.AUTHOR, "author")
    _check_rank(brief, assignment.get("reviewer"), Role.EDITOR, "reviewer")
    rows = brief.sections.filter(pk__in=[section.pk for section in sections])
    changed = 0
    for section in rows.in_outline_order().select_related("author", "reviewer"):
        section.brief = brief
        changed += _assign(section, assignment, by)
    return changed


def sections_of(brief: Brief, person: User) -> SectionQuerySet:
    """The sections of a brief that somebody is to write or to review."""
    return brief.sections.filter(Q(author=person) | Q(reviewer=person))


def clear_assignments(brief: Brief, person: User, role: Membership.Role | None) -> list[str]:
    """Takes from somebody what a member in that role, or no member any more, can't be assigned to,
    in a locked brief. Returns the keys of the sections that lost them."""
    rank = RANK[role] if role else 0
    lost: set[str] = set()
    for duty, needed in (("author", Role.AUTHOR), ("reviewer", Role.EDITOR)):
        if rank < RANK[needed]:
            theirs = brief.sections.filter(**{duty: person})
            lost |= set(theirs.order_by().values_list("key", flat=True))
            theirs.update(**{duty: None})
    return sorted(lost)


def _check_rank(brief: Brief, person: User | None, least: Membership.Role, field: str) -> None:
    if person is None:
        return
    role = role_in(brief, person)
    if role is None or RANK[role] < RANK[least] or not person.is_active:
        raise ValidationError(
            {
                field: _("%(name)s can't do that here. Choose a member who is at least %(role)s.")
                % {"name": person.get_full_name(), "role": least.label}
            }
        )


def _assign(section: Section, assignment: Assignment, by: User) -> bool:
    wanted = {name: value for name, value in assignment.items() if getattr(section, name) != value}
    if not wanted:
        return False
    for name, value in wanted.items():
        setattr(section, name, value)
    if section.author_id is not None and section.author_id == section.reviewer_id:
        raise ValidationError(
            {
                "reviewer": _(
                    "“%(section)s” needs two people: nobody approves their own text. "
                    "Choose another reviewer or another author."
                )
                % {"section": section.title}
            }
        )
    section.save(update_fields=list(wanted))
    publish(
        Activity.Verb.SECTION_ASSIGNED,
        by=by,
        section=section,
        author=section.author.get_full_name() if section.author else None,
        reviewer=section.reviewer.get_full_name() if section.reviewer else None,
        due_date=section.due_date.isoformat() if section.due_date else None,
    )
    return True
