"""The record, told: one line of who did what, where and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _

from briefs.models import Activity, Brief, Membership
from briefs.overview.times import moment

TOLD_WITH = ("brief", "section__section_template", "revision")
COMMAND_LINE = "0"  # in the filter: nobody's primary key


@dataclass(frozen=True, slots=True)
class Happening:
    """One act as a reader sees it. `detail` is what the act's verb leaves open, blank when
    nothing."""

    activity: Activity
    detail: str
    when: str


def happenings(activities: Iterable[Activity]) -> list[Happening]:
    """Acts, loaded with their brief, section and revision, as lines of the record."""
    return [Happening(act, _detail(act), moment(act.at)) for act in activities]


def people_of(brief: Brief) -> list[tuple[str, str]]:
    """Who ever did something in a brief, for the filter: primary key and the name that they had
    first."""
    rows = brief.activities.order_by().values("actor_id").annotate(name=Min("actor_name"))
    people = [(str(row["actor_id"] or COMMAND_LINE), row["name"]) for row in rows]
    return sorted(people, key=lambda person: person[1].casefold())


def _detail(activity: Activity) -> str:
    detail: dict[str, Any] = activity.detail
    told = [
        _revision(activity),
        _text(detail.get("name")),
        _role(detail),
        _text(detail.get("email")),
        _text(detail.get("format")),
        _text(detail.get("reason")),
        _text(detail.get("comment")),
    ]
    return ", ".join(part for part in told if part)


def _revision(activity: Activity) -> str:
    if activity.revision is None:
        return ""
    return _("revision %(number)s") % {"number": activity.revision.number}


def _role(detail: Mapping[str, Any]) -> str:
    role = detail.get("role")
    if role not in Membership.Role.values:
        return ""
    return str(Membership.Role(role).label)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
