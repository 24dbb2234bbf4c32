import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from briefs.commenting.actions import add_comment, give_task
from briefs.commissioning.people import remove_member
from briefs.models import Section
from briefs.overview.calendar import address_of, calendar_for, end_feed, renew_feed
from tests.factories import approve, section_of

DAY = dt.date(2027, 2, 26)


@pytest.fixture
def dated(brief, author, editor) -> Section:
    section = section_of(brief, "goals/needs")
    Section.objects.filter(pk=section.pk).update(author=author, due_date=DAY)
    section.reviewers.set([editor])
    return section_of(brief, "goals/needs")


def events(user) -> list[tuple[str, object]]:
    calendar = Calendar.from_ical(calendar_for(user))
    return [(str(each["summary"]), each["dtstart"].dt) for each in calendar.walk("VEVENT")]


def path_of(user) -> str:
    return "/" + address_of(user).split("/", 3)[3]


def test_author_and_reviewer_have_the_day(dated, author, editor, second_author):
    assert events(author) == [("Write: Needs, Belgium", DAY)]
    assert events(editor) == [("Review: Needs, Belgium", DAY)]
    assert events(second_author) == []


def test_what_is_approved_is_no_date_any_more(dated, author, second_author, editor):
    approve(dated, second_author, editor)
    assert events(author) == []


def test_tasks_are_dates(dated, author, editor):
    give_task(add_comment(dated, "Look.", by=editor), editor, DAY, by=author)
    assert ("Task: Needs, Belgium", DAY) in events(editor)


def test_the_address_is_the_key(dated, author, db):
    assert address_of(author) == ""
    renew_feed(author)
    path = path_of(author)
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VEVENT" in answer.content
    again = Client().get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    renew_feed(author)
    assert Client().get(path).status_code == 404
    assert Client().get(path_of(author)).status_code == 200
    newest = path_of(author)
    end_feed(author)
    assert Client().get(newest).status_code == 404


def test_an_address_is_not_guessed_from_another(dated, author, editor):
    renew_feed(author)
    path = path_of(author)
    assert Client().get(path.replace(f"/{author.pk}.", f"/{editor.pk}.")).status_code == 404
    assert Client().get(reverse("calendar_feed", args=["x:y"])).status_code == 404


def test_who_left_reads_nothing_of_the_brief(dated, brief, author, manager):
    renew_feed(author)
    remove_member(brief.memberships.get(user=author), by=manager)
    Section.objects.filter(pk=dated.pk).update(author=author)  # left over, as by hand
    assert b"VEVENT" not in Client().get(path_of(author)).content


def test_an_account_out_of_use_has_no_feed(dated, author):
    renew_feed(author)
    author.is_active = False
    author.save()
    assert Client().get(path_of(author)).status_code == 404


def test_a_hostile_title_stays_a_title(dated, author):
    dated.brief.title = "Chad\r\nATTENDEE:mailto:x@example.org;\\n, “é" + "ü" * 80
    dated.brief.save()
    content = calendar_for(author)
    assert b"\nATTENDEE" not in content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    [(summary, _day)] = events(author)
    assert "ATTENDEE:mailto:x@example.org;\\n, “éüü" in summary


def test_the_same_dates_give_the_same_bytes(dated, author):
    assert calendar_for(author) == calendar_for(author)


def test_the_page_makes_renews_and_ends_it(author, brief, signed_in):
    client, page = signed_in(author), reverse("calendar_settings")
    assert "You have no such address yet." in client.get(page).content.decode()
    client.post(page)
    first = address_of(author)
    assert first in client.get(page).content.decode()
    client.post(page)
    assert address_of(author) not in ("", first)
    client.post(page, {"end": "1"})
    assert address_of(author) == ""
