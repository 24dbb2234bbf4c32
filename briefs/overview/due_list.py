"""What is overdue or due within a week: one's own sections, and those of the briefs that one
manages."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from briefs.models import Comment, Membership, Section, SectionQuerySet, reviewed_by
from briefs.overview.forms import DUE_SOON, MANAGED, MINE, NOBODY, OVERDUE
from briefs.overview.lengths import length_of, with_asked_length
from briefs.overview.namesakes import Namesakes
from briefs.overview.states import UNFINISHED, in_states
from briefs.overview.times import due
from briefs.overview.work import Task, WorkRow, list_tasks, numbers_of, whose

Role = Membership.Role
WRITING = (Role.AUTHOR, Role.EDITOR, Role.MANAGER)
SOON = dt.timedelta(days=7)


def sections_due_for(user: User) -> SectionQuerySet:
    """The sections not approved whose date is past or at most seven days off, of which somebody is
    the author or reviewer or whose brief they manage. Today is that of the reader's time zone.

    An assignment counts while the role allows it, as on the home page.
    """
    sections = Section.objects.filter(
        brief__archived_at=None, due_date__lte=timezone.localdate() + SOON
    ).filter(_written_by(user) | _reviewed_by(user) | _managed_by(user))
    return in_states(sections, UNFINISHED)


def sections_dated_for(user: User) -> SectionQuerySet:
    """The sections with a date that somebody is to write or to review and that are not approved."""
    dated = Section.objects.filter(brief__archived_at=None).exclude(due_date=None)
    return in_states(dated.filter(_written_by(user) | _reviewed_by(user)), UNFINISHED)


def filter_due(sections: SectionQuerySet, wanted: Mapping[str, Any], user: User) -> SectionQuerySet:
    """Those that somebody asked for, what is due first in front. What isn't wanted is missing or
    blank in `wanted`."""
    today = timezone.localdate()
    if wanted.get("when") == OVERDUE:
        sections = sections.filter(due_date__lt=today)
    elif wanted.get("when") == DUE_SOON:
        sections = sections.filter(due_date__gte=today)
    if wanted.get("whose") == MINE:
        sections = sections.filter(_written_by(user) | _reviewed_by(user))
    elif wanted.get("whose") == MANAGED:
        sections = sections.filter(_managed_by(user))
    elif wanted.get("whose") == NOBODY:
        sections = sections.filter(author=None)
    if title := wanted.get("brief"):
        sections = sections.filter(brief__title__icontains=title)
    return (
        with_asked_length(sections)
        .select_related("brief", "section_template", "author")
        .prefetch_related("reviewers")
        .order_by("due_date", "brief__title", "part__position", "position", F("pk"))
    )


def list_due(page: Iterable[Section], user: User) -> list[WorkRow]:
    """A page of sections with what the list says of each."""
    sections = list(page)
    numbers = numbers_of(sections)
    namesakes = Namesakes(user)
    return [
        WorkRow(
            section,
            namesakes.apart(section.brief),
            numbers[section.pk],
            length_of(section),
            due(section.due_date) if section.due_date else None,
            whose(section),
        )
        for section in sections
    ]


def list_tasks_due(user: User, wanted: Mapping[str, Any]) -> list[Task]:
    """The reader's tasks from comments with such a date, narrowed down as the sections are: none
    where only what is others' is asked for."""
    if wanted.get("whose") in (MANAGED, NOBODY):
        return []
    today = timezone.localdate()
    tasks = Comment.objects.tasks_of(user).filter(due_date__lte=today + SOON)
    if wanted.get("when") == OVERDUE:
        tasks = tasks.filter(due_date__lt=today)
    elif wanted.get("when") == DUE_SOON:
        tasks = tasks.filter(due_date__gte=today)
    if title := wanted.get("brief"):
        tasks = tasks.filter(section__brief__title__icontains=title)
    return list_tasks(tasks, Namesakes(user))


def _written_by(user: User) -> Q:
    return Q(author=user, brief__in=_briefs_as(user, WRITING))


def _reviewed_by(user: User) -> Q:
    return Q(reviewed_by(user)) & Q(brief__in=_briefs_as(user, Membership.DECIDING))


def _managed_by(user: User) -> Q:
    return Q(brief__in=_briefs_as(user, (Role.MANAGER,)))


def _briefs_as(user: User, roles: Iterable[Membership.Role]) -> Any:
    return Membership.objects.filter(user=user, role__in=roles).order_by().values("brief")
