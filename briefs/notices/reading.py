"""Somebody's own notices: which are shown, how many are unread, and that they were read."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from briefs.models import Brief
from briefs.models.notice import Notice, NoticeQuerySet

MOST_COUNTED = 100


def unread_count(user: User) -> int:
    """How many notices somebody hasn't read, at most a hundred, in one query."""
    return Notice.objects.told_to(user).unread().order_by()[:MOST_COUNTED].count()


def filter_notices(user: User, wanted: Mapping[str, Any]) -> NoticeQuerySet:
    """Those that somebody asked for, the newest first. What isn't wanted is missing or blank."""
    notices = Notice.objects.told_to(user)
    if kind := wanted.get("kind"):
        notices = notices.filter(kind=kind)
    if slug := wanted.get("brief"):
        notices = notices.filter(brief__slug=slug)
    if wanted.get("unread"):
        notices = notices.unread()
    return notices


def briefs_told_of(user: User) -> list[tuple[str, str]]:
    """For the filter: slug and title of each brief that there is a notice of."""
    briefs = Brief.objects.filter(pk__in=Notice.objects.told_to(user).order_by().values("brief"))
    return list(briefs.values_list("slug", "title"))


def mark_read(user: User, notice_id: int) -> None:
    Notice.objects.told_to(user).unread().filter(pk=notice_id).update(read_at=timezone.now())


def mark_all_read(user: User, up_to: int) -> int:
    """Marks what was on the list when it was shown, whose newest is `up_to`; says how many."""
    unread = Notice.objects.told_to(user).unread().filter(pk__lte=up_to)
    return Notice.objects.filter(pk__in=unread.order_by().values("pk")).update(
        read_at=timezone.now()
    )
