"""Dates in people's words."""

import datetime as dt

import pytest
from django.utils import timezone

from briefs.overview.times import age, day, due, moment

NOW = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)


@pytest.fixture
def _at_that_moment(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (dt.timedelta(seconds=20), "just now"),
        (dt.timedelta(minutes=5), "5\xa0minutes ago"),
        (dt.timedelta(days=3, hours=7), "3\xa0days ago"),
        (dt.timedelta(days=-1), "just now"),
    ],
)
@pytest.mark.usefixtures("_at_that_moment")
def test_age_is_told_in_its_largest_unit(before, words):
    assert age(NOW - before) == words


@pytest.mark.parametrize(
    ("date", "words", "is_late"),
    [
        (dt.date(2026, 11, 18), "5 days late", True),
        (dt.date(2026, 11, 22), "1 day late", True),
        (dt.date(2026, 11, 23), "today", False),
        (dt.date(2026, 11, 24), "tomorrow", False),
        (dt.date(2026, 11, 27), "27 November", False),
        (dt.date(2027, 1, 4), "4 January 2027", False),
    ],
)
@pytest.mark.usefixtures("_at_that_moment")
def test_due_dates_are_seen_from_today(date, words, is_late):
    assert (due(date).words, due(date).is_late) == (words, is_late)


@pytest.mark.usefixtures("_at_that_moment")
def test_today_is_the_readers():
    with timezone.override("Asia/Tokyo"):
        assert due(dt.date(2026, 11, 23)).words == "1 day late"
        assert moment(NOW) == "today, 08:30"
    assert moment(NOW) == "today, 23:30"
    assert moment(NOW - dt.timedelta(days=2)) == "21 November, 23:30"
    assert day(dt.date(2025, 2, 1)) == "1 February 2025"
