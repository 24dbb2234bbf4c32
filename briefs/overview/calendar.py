"""Somebody's dates as a calendar that other programs subscribe to (RFC 5545): their sections that
are not approved, and their tasks. Each is a day of its own, never an hour."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import User
from briefs.models import CalendarFeed, Comment, Section
from briefs.overview.due_list import sections_dated_for

_SALT = "briefs.calendar-feed"
MOST_EVENTS = 2000


def address_of(user: User) -> str:
    """The whole address of somebody's feed, blank when they have none. Whoever knows it reads the
    dates, so it is in no page but theirs."""
    feed = CalendarFeed.objects.filter(user=user).first()
    if feed is None:
        return ""
    token = signing.Signer(salt=_SALT).sign(f"{user.pk}.{feed.serial.hex}")
    return settings.SITE_URL.rstrip("/") + reverse("calendar_feed", args=[token])


def renew_feed(user: User) -> None:
    """Makes a feed, or gives it another address; the one before leads nowhere."""
    CalendarFeed.objects.update_or_create(user=user, defaults={"serial": uuid4()})


def end_feed(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def owner_of(token: str) -> User | None:
    """Whose feed an address is; None for one that is forged, was renewed or ended, or whose owner's
    account is no longer in use."""
    try:
        user, _dot, serial = signing.Signer(salt=_SALT).unsign(token).partition(".")
        feed = CalendarFeed.objects.select_related("user").get(user=int(user), serial=UUID(serial))
    except (signing.BadSignature, ValueError, CalendarFeed.DoesNotExist):
        return None
    return feed.user if feed.user.is_active else None


def calendar_for(user: User) -> bytes:
    """The dates of one person, in three queries. The same dates give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Chancery//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Chancery: my dates"))
    sections = sections_dated_for(user).select_related("brief", "section_template")
    for section in sections.order_by("due_date", "pk")[:MOST_EVENTS]:
        calendar.add_component(_of_section(section, user))
    tasks = Comment.objects.tasks_of(user).select_related("section__brief")
    for task in _dated(tasks.order_by("due_date", "pk")[:MOST_EVENTS]):
        calendar.add_component(_of_task(task))
    return bytes(calendar.to_ical())


def _of_section(section: Section, user: User) -> Event:
    does = _("Write") if section.author_id == user.pk else _("Review")
    summary = _("%(does)s: %(section)s, %(brief)s") % {
        "does": does,
        "section": section.title,
        "brief": section.brief.title,
    }
    assert section.due_date is not None
    return _event(
        f"section-{section.pk}",
        summary,
        section.due_date,
        section.get_absolute_url(),
        section.edited_at or section.brief.created_at,
    )


def _of_task(task: Comment) -> Event:
    summary = _("Task: %(section)s, %(brief)s") % {
        "section": task.section.title,
        "brief": task.section.brief.title,
    }
    address = reverse("comment_list", args=[task.section.brief.slug, task.section.key])
    assert task.due_date is not None
    return _event(f"task-{task.pk}", summary, task.due_date, address, task.created_at)


def _event(key: str, summary: str, day: dt.date, address: str, stamp: dt.datetime) -> Event:
    site = settings.SITE_URL.rstrip("/")
    event = Event()
    event.add("uid", f"{key}@{urlsplit(site).hostname}")
    # Lines of a title never begin a line of the file: the library escapes and folds.
    event.add("summary", " ".join(summary.split()))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("dtstamp", stamp.astimezone(dt.UTC).replace(microsecond=0))
    event.add("url", site + address)
    event.add("transp", "TRANSPARENT")
    return event


def _dated(tasks: Iterable[Comment]) -> list[Comment]:
    return [task for task in tasks if task.due_date]
