"""Who writes and who reviews a section, and until when. A duty, not a fence: every author of the
brief may write in every section."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from briefs.commissioning.meanwhile import changed_meanwhile, last_change
from briefs.events import publish
from briefs.locks import lock_brief
from briefs.models import Activity, Brief, Membership, Section, SectionQuerySet, reviewed_by
from briefs.permissions import RANK, check_can_manage, role_in

Role = Membership.Role


class Assignment(TypedDict, total=False):
    """What is to change: a key that is missing stays, None clears it. `reviewers` are all that it
    is to have, `more_reviewers` come to those that it has."""

    author: User | None
    reviewers: Collection[User]
    more_reviewers: Collection[User]
    due_date: dt.date | None


Shown = Mapping[str, Any]
"""A section's assignment as a form shows it: primary keys and an ISO date, blank for none."""

UNASSIGNED: Shown = {"author": "", "reviewers": [], "due_date": ""}
MOST_NAMED = 3


def shown_of(section: Section) -> dict[str, Any]:
    """What a form shows of a section's assignment, which came with its reviewers."""
    return {
        "author": str(section.author_id or ""),
        "reviewers": sorted(str(person.pk) for person in section.reviewers.all()),
        "due_date": section.due_date.isoformat() if section.due_date else "",
    }


def assign_section(
    section: Section, assignment: Assignment, *, by: User, seen: Shown | None = None
) -> Section:
    """Sets author, reviewers and due date of one section. Raises `ValidationError` by field."""
    shown = None if seen is None else {section.key: seen}
    assign_sections(section.brief, [section], assignment, by=by, seen=shown)
    section.refresh_from_db(fields=["author", "due_date"])
    return section


@transaction.atomic
def assign_sections(
    brief: Brief,
    sections: Collection[Section],
    assignment: Assignment,
    *,
    by: User,
    seen: Mapping[str, Shown] | None = None,
) -> int:
    """Sets the same for many sections of a brief, all or none, and returns how many changed. The
    author is a member who may write, the reviewers are some who may decide, and somebody else; a
    new due date isn't past.

    `seen` is what the form showed, by section key. Raises `ValidationError` by field, also for what
    somebody else gave meanwhile to somebody else or set to another day.
    """
    brief = lock_brief(brief)
    check_can_manage(by, brief)
    asked = brief.sections.filter(pk__in=[section.pk for section in sections])
    rows = list(asked.in_outline_order().select_related("author").prefetch_related("reviewers"))
    if seen is not None:
        _check_changed_by_nobody_else(rows, assignment, seen, by)
    check_assignment(brief, rows, assignment)
    changed = 0
    for section in rows:
        section.brief = brief
        changed += _assign(section, assignment, by)
    return changed


def check_assignment(brief: Brief, sections: Collection[Section], assignment: Assignment) -> None:
    """Whether sections, with their reviewers, can be given that. Raises `ValidationError` by
    field."""
    _check_rank(brief, assignment.get("author"), Role.AUTHOR, "author")
    for person in (*assignment.get("reviewers", ()), *assignment.get("more_reviewers", ())):
        _check_rank(brief, person, Role.EDITOR, "reviewers")
    _check_is_not_past(sections, assignment.get("due_date"))
    for section in sections:
        author = assignment.get("author", section.author)
        _check_are_two(section, author, reviewers_then(section, assignment))


def reviewers_then(section: Section, assignment: Assignment) -> set[User]:
    """Who is to review a section once that is done."""
    kept = assignment.get("reviewers", section.reviewers.all())
    return {*kept, *assignment.get("more_reviewers", ())}


def sections_of(brief: Brief, person: User) -> SectionQuerySet:
    """The sections of a brief that somebody is to write or to review."""
    return brief.sections.filter(Q(author=person) | Q(reviewed_by(person)))


def clear_assignments(brief: Brief, person: User, role: Membership.Role | None) -> list[str]:
    """Takes from somebody what a member in that role, or no member any more, can't be assigned to,
    in a locked brief. Returns the keys of the sections that lost them."""
    rank = RANK[role] if role else 0
    lost: set[str] = set()
    if rank < RANK[Role.AUTHOR]:
        written = brief.sections.filter(author=person)
        lost |= set(written.order_by().values_list("key", flat=True))
        written.update(author=None)
    if rank < RANK[Role.EDITOR]:
        reviews = Section.reviewers.through.objects.filter(section__brief=brief, user=person)
        lost |= set(reviews.values_list("section__key", flat=True))
        reviews.delete()
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


def _check_is_not_past(sections: Collection[Section], date: dt.date | None) -> None:
    """A date that has passed since it was given stays; nobody is given one that is past."""
    is_new = any(section.due_date != date for section in sections)
    if date is not None and is_new and date < timezone.localdate():
        raise ValidationError(
            {
                "due_date": _("%(day)s is past. Choose today or a later day.")
                % {"day": date_format(date, "j F Y")}
            }
        )


def _check_changed_by_nobody_else(
    sections: Collection[Section], assignment: Assignment, seen: Mapping[str, Shown], by: User
) -> None:
    clashes: dict[tuple[str, str], list[str]] = {}
    for section in sections:
        # Who is added takes nobody's place.
        for field in assignment.keys() - {"more_reviewers"}:
            now, wanted = _now(section, field), _wanted(assignment, field)
            was = seen.get(section.key, UNASSIGNED)[field]
            if wanted == now or shown_of(section)[field] == was:
                continue
            act = last_change(_assigned(section), field, _recorded(now))
            sentence = changed_meanwhile(_told(field, now), act, by=by)
            clashes.setdefault((field, sentence), []).append(section.title)
    mistakes: dict[str, list[str]] = {}
    for (field, sentence), titles in clashes.items():
        told = sentence if len(sections) == 1 else f"{_named(titles)}: {sentence}"
        mistakes.setdefault(field, []).append(told)
    if mistakes:
        raise ValidationError(mistakes)


def _now(section: Section, field: str) -> Any:
    return set(section.reviewers.all()) if field == "reviewers" else getattr(section, field)


def _wanted(assignment: Assignment, field: str) -> Any:
    wanted: Any = assignment[field]  # type: ignore[literal-required]
    return set(wanted) if field == "reviewers" else wanted


def _assigned(section: Section) -> Collection[Activity]:
    return section.activities.filter(verb=Activity.Verb.SECTION_ASSIGNED)


def _recorded(value: Any) -> str | None:
    """An author, reviewers or a due date as the record has it."""
    if isinstance(value, set):
        return ", ".join(sorted(person.get_full_name() for person in value)) or None
    if isinstance(value, User):
        return value.get_full_name()
    return value.isoformat() if value else None


def _told(field: str, value: Any) -> str:
    if field == "due_date":
        return date_format(value, "j F Y") if value else _("no date")
    return (_recorded(value) if value else None) or _("nobody")


def _named(titles: list[str]) -> str:
    named = ", ".join(f"“{title}”" for title in titles[:MOST_NAMED])
    more = len(titles) - MOST_NAMED
    if more < 1:
        return named
    sentence = ngettext("%(named)s and %(more)s more", "%(named)s and %(more)s more", more)
    return sentence % {"named": named, "more": more}


def _assign(section: Section, assignment: Assignment, by: User) -> bool:
    reviewers = set(section.reviewers.all())
    wanted_reviewers = reviewers_then(section, assignment)
    wanted = {
        name: assignment[name]
        for name in ("author", "due_date")
        if name in assignment and getattr(section, name) != assignment[name]
    }
    changed = sorted([*wanted, *(["reviewers"] if wanted_reviewers != reviewers else [])])
    if not changed:
        return False
    for name, value in wanted.items():
        setattr(section, name, value)
    section.save(update_fields=list(wanted))
    section.reviewers.set(wanted_reviewers)
    publish(
        Activity.Verb.SECTION_ASSIGNED,
        by=by,
        section=section,
        changed=changed,
        author=_recorded(section.author),
        reviewers=_recorded(wanted_reviewers),
        due_date=_recorded(section.due_date),
        new_reviewers=sorted(person.pk for person in wanted_reviewers - reviewers),
    )
    return True


def _check_are_two(section: Section, author: User | None, reviewers: Collection[User]) -> None:
    if author in reviewers:
        raise ValidationError(
            {
                "reviewers": _(
                    "“%(section)s” needs two people: nobody approves their own text. "
                    "Choose another reviewer or another author."
                )
                % {"section": section.title}
            }
        )
