"""Which briefs and which acts a list shows, and in what order."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from briefs.models import Activity, Brief, Membership, Section
from briefs.models.brief import BriefQuerySet
from briefs.overview.forms import ALL_APPROVED
from briefs.overview.happenings import COMMAND_LINE, TOLD_WITH
from briefs.overview.namesakes import Namesakes
from briefs.overview.progress import Progress, progress_of
from briefs.overview.search import search_briefs
from briefs.overview.states import UNFINISHED, in_states
from briefs.overview.times import Due, age, due


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One brief in the list; `role` is blank for a superuser who isn't a member, `apart` for a
    brief that is the only one of its title."""

    brief: Brief
    apart: str
    role: str
    progress: Progress
    due: Due | None
    age: str


def filter_briefs(briefs: BriefQuerySet, wanted: Mapping[str, Any], user: User) -> BriefQuerySet:
    """The briefs that somebody asked for, in the order asked for. What isn't wanted is missing or
    blank in `wanted`."""
    briefs = briefs.filter(archived_at__isnull=not wanted.get("archived"))
    briefs = search_briefs(briefs, wanted.get("q", ""))
    if role := wanted.get("role"):
        mine = Membership.objects.filter(brief=OuterRef("pk"), user=user, role=role)
        briefs = briefs.filter(Exists(mine))
    if state := wanted.get("state"):
        briefs = _in_state(briefs, state)
    return _in_order(briefs, wanted.get("sort", ""))


def list_briefs(page: Iterable[Brief], user: User) -> list[BriefRow]:
    """A page of briefs with what the list says of each, in three queries."""
    briefs = list(page)
    mine = Membership.objects.filter(brief__in=[brief.pk for brief in briefs], user=user)
    roles = {member.brief_id: member.get_role_display() for member in mine}
    progress = progress_of(briefs)
    namesakes = Namesakes(user)
    return [
        BriefRow(
            brief,
            namesakes.apart(brief),
            roles.get(brief.pk, ""),
            progress[brief.pk],
            due(date) if (date := progress[brief.pk].next_due) else None,
            age(brief.updated_at),
        )
        for brief in briefs
    ]


def filter_activities(brief: Brief, wanted: Mapping[str, Any]) -> QuerySet[Activity]:
    """The acts in a brief that somebody asked for, the newest first."""
    acts = brief.activities.select_related(*TOLD_WITH)
    if verb := wanted.get("verb"):
        acts = acts.filter(verb=verb)
    if person := wanted.get("person"):
        acts = acts.filter(actor=None if person == COMMAND_LINE else person)
    if section := wanted.get("section"):
        acts = acts.filter(section__key=section)
    if since := wanted.get("since"):
        acts = acts.filter(at__gte=_midnight(since))
    if until := wanted.get("until"):
        acts = acts.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return acts


def _midnight(date: dt.date) -> dt.datetime:
    """When a day begins, in the reader's time zone."""
    return timezone.make_aware(dt.datetime.combine(date, dt.time()))


def _in_state(briefs: BriefQuerySet, state: str) -> BriefQuerySet:
    sections = Section.objects.filter(brief=OuterRef("pk"))
    if state == ALL_APPROVED:
        return briefs.filter(~Exists(in_states(sections, UNFINISHED)))
    return briefs.filter(Exists(in_states(sections, [Section.State(state)])))


def _in_order(briefs: BriefQuerySet, sort: str) -> BriefQuerySet:
    if sort == "changed":
        return briefs.order_by("-updated_at", "-pk")
    if sort == "due":
        unfinished = in_states(Section.objects.filter(brief=OuterRef("pk")), UNFINISHED)
        first = unfinished.order_by(F("due_date").asc(nulls_last=True)).values("due_date")[:1]
        return briefs.order_by(Subquery(first).asc(nulls_last=True), Lower("title"), "pk")
    return briefs.order_by(Lower("title"), "pk")
