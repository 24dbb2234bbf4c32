"""The record, told: one line of who did what, where and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Min
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefs.document.tree import TextState
from briefs.export.formats import ExportFormat
from briefs.models import Activity, Brief, Bundle, Membership
from briefs.overview.times import day, moment

TOLD_WITH = ("brief", "section__section_template", "revision")
COMMAND_LINE = "0"  # in the filter: nobody's primary key


@dataclass(frozen=True, slots=True)
class Happening:
    """One act as a reader sees it. `did` is its verb; `detail` is what that leaves open, blank when
    nothing."""

    activity: Activity
    did: str
    detail: str
    when: str


def happenings(activities: Iterable[Activity]) -> list[Happening]:
    """Acts, loaded with their brief, section and revision, as lines of the record."""
    return [Happening(act, _did(act), _detail(act), moment(act.at)) for act in activities]


def people_of(brief: Brief) -> list[tuple[str, str]]:
    """Who ever did something in a brief, for the filter: primary key and the name that they had
    first."""
    rows = brief.activities.order_by().values("actor_id").annotate(name=Min("actor_name"))
    people = [(str(row["actor_id"] or COMMAND_LINE), row["name"]) for row in rows]
    return sorted(people, key=lambda person: person[1].casefold())


def _did(activity: Activity) -> str:
    file_format = activity.detail.get("format")
    if activity.verb == Activity.Verb.BRIEF_EXPORTED and file_format in ExportFormat.values:
        return _("exported the brief as %(format)s") % {"format": ExportFormat(file_format).label}
    if activity.verb == Activity.Verb.BRIEF_EXPORTED and file_format == Bundle.BOOK:
        return _("exported the brief in a book")
    return activity.get_verb_display()


def _text(detail: Mapping[str, Any]) -> str:
    texts = {TextState.WORKING: _("working text"), TextState.APPROVED: _("approved text")}
    text = detail.get("text")
    return texts[TextState(text)] if text in list(TextState) else ""


def _detail(activity: Activity) -> str:
    detail: dict[str, Any] = activity.detail
    told = [value for name in PLAIN if isinstance(value := detail.get(name), str)]
    told = [_revision(activity), *told, *(tell(detail) for tell in TELLERS)]
    return ", ".join(part for part in told if part)


def _revision(activity: Activity) -> str:
    if activity.revision is None:
        return ""
    return _("revision %(number)s") % {"number": activity.revision.number}


def _edition(detail: Mapping[str, Any]) -> str:
    number = detail.get("edition")
    return _("edition %(number)s") % {"number": number} if isinstance(number, int) else ""


def _not_clear(detail: Mapping[str, Any]) -> str:
    count = len(detail.get("not_clear") or [])
    if not count:
        return ""
    sentence = ngettext(
        "%(count)s section was not clear", "%(count)s sections were not clear", count
    )
    return sentence % {"count": count}


def _role(detail: Mapping[str, Any]) -> str:
    role = detail.get("role")
    return str(Membership.Role(role).label) if role in Membership.Role.values else ""


def _sign_offs(detail: Mapping[str, Any]) -> str:
    names = detail.get("sign_offs")
    if not isinstance(names, list):
        return ""
    return _("gives the sign-offs: %(names)s") % {"names": ", ".join(names) or "–"}


def _assignment(detail: Mapping[str, Any]) -> str:
    parts = []
    if author := detail.get("author"):
        parts.append(_("author %(name)s") % {"name": author})
    if reviewers := detail.get("reviewers") or detail.get("reviewer"):
        parts.append(_("reviewers %(names)s") % {"names": reviewers})
    if date := parse_date(detail.get("due_date") or "-"):
        parts.append(_("due %(day)s") % {"day": day(date)})
    return ", ".join(parts)


def _unassigned(detail: Mapping[str, Any]) -> str:
    count = len(detail.get("unassigned") or [])
    if not count:
        return ""
    sentence = ngettext(
        "%(count)s section lost its author or reviewer",
        "%(count)s sections lost their author or reviewer",
        count,
    )
    return sentence % {"count": count}


# What a line says of an act besides its verb, when the act's record holds it.
PLAIN = ("name", "email", "told", "reason", "comment")
TELLERS = (_edition, _not_clear, _text, _role, _sign_offs, _assignment, _unassigned)
