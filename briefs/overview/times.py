"""Dates in people's words."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Due:
    """When a section is due, as a reader of the list says it."""

    date: dt.date
    words: str
    is_late: bool


def age(at: dt.datetime) -> str:
    """How long ago something was, in its largest unit: "3 days ago"."""
    now = timezone.now()
    if now - at < dt.timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(at, now, depth=1)}


def due(date: dt.date) -> Due:
    """A due date seen from today, in the reader's time zone."""
    today = timezone.localdate()
    days = (date - today).days
    if days < 0:
        late = ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
        return Due(date, late, is_late=True)
    if days < 2:
        return Due(date, _("tomorrow") if days else _("today"), is_late=False)
    return Due(date, day(date), is_late=False)


def day(date: dt.date) -> str:
    """A date as people write it: without the year where it is this one."""
    this_year = date.year == timezone.localdate().year
    return date_format(date, "j F" if this_year else "j F Y")


def moment(at: dt.datetime) -> str:
    """A day and the time of day, in the reader's time zone."""
    local = timezone.localtime(at)
    clock = date_format(local, "H:i")
    if local.date() == timezone.localdate():
        return _("today, %(time)s") % {"time": clock}
    return _("%(day)s, %(time)s") % {"day": day(local.date()), "time": clock}
