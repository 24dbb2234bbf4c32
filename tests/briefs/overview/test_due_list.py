"""Overdue and due soon: one's own sections, and those of the briefs that one manages."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from briefs.commenting.actions import add_comment, give_task
from briefs.commissioning.actions import archive_brief
from briefs.models import Membership, Section
from briefs.overview.due_list import filter_due, sections_due_for
from tests.factories import add_member, approve, make_brief, put_in_review, section_of, send_back

URL = "/due/"


def give(brief, key: str, days: int, *, reviewer=None, **assigned) -> Section:
    date = timezone.localdate() + dt.timedelta(days=days)
    Section.objects.filter(brief=brief, key=key).update(due_date=date, **assigned)
    section = section_of(brief, key)
    section.reviewers.set([reviewer] if reviewer else [])
    return section


def titles(user, **wanted) -> list[str]:
    return [section.title for section in filter_due(sections_due_for(user), wanted, user)]


@pytest.mark.parametrize(
    ("days", "is_listed"), [(-400, True), (-1, True), (0, True), (7, True), (8, False)]
)
def test_due_list_reaches_seven_days_ahead(days, is_listed, brief, author):
    give(brief, "goals/needs", days, author=author)
    assert titles(author) == (["Needs"] if is_listed else [])


@pytest.mark.parametrize(
    ("person", "listed"),
    [
        ("viewer", []),
        ("author", ["Needs"]),
        ("second_author", []),
        ("editor", ["Health"]),
        ("manager", ["Needs", "Health"]),
        ("stranger", []),
        ("superuser", []),
    ],
)
def test_due_list_shows_ones_own_and_what_one_manages(person, listed, request, brief):
    give(brief, "goals/needs", -1, author=request.getfixturevalue("author"))
    give(brief, "goals/health", 1, reviewer=request.getfixturevalue("editor"))
    assert titles(request.getfixturevalue(person)) == listed


def test_due_list_leaves_out_what_is_approved(brief, author, editor):
    section = give(brief, "goals/needs", -1, author=author)
    send_back(section, author, editor)
    assert titles(author) == ["Needs"]
    put_in_review(section_of(brief, "goals/needs"), author)
    assert titles(author) == ["Needs"]
    approve(give(brief, "goals/health", -1, author=author), author, editor)
    assert titles(author) == ["Needs"]


def test_due_list_forgets_archived_briefs_and_lost_roles(brief, author, manager):
    give(brief, "goals/needs", -1, author=author)
    Membership.objects.filter(brief=brief, user=author).update(role="viewer")
    assert titles(author) == []
    archive_brief(brief, by=manager)
    assert titles(manager) == []


def test_due_list_filters(brief, author, manager):
    give(brief, "goals/needs", -1, author=author)
    give(brief, "goals/health", 0)
    give(brief, "opening/preface", 2, author=manager)
    assert titles(manager, when="overdue") == ["Needs"]
    assert titles(manager, when="soon") == ["Health", "Preface"]
    assert titles(manager, whose="mine") == ["Preface"]
    assert titles(manager, whose="managed") == ["Needs", "Health", "Preface"]
    assert titles(manager, whose="nobody") == ["Health"]
    assert titles(manager, brief="BELG") == ["Needs", "Health", "Preface"]
    assert titles(manager, brief="France") == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Nothing is overdue or due within seven days."),
        ("?when=overdue", "No section fits."),
        ("?when=never", "Select a valid choice."),
    ],
)
@pytest.mark.usefixtures("brief")
def test_due_list_says_why_it_is_empty(query, sentence, author, signed_in):
    assert sentence in signed_in(author).get(URL + query).content.decode()


def test_due_list_says_how_late_and_whose(brief, author, manager, signed_in):
    give(brief, "goals/needs", -1, author=author)
    page = signed_in(manager).get(reverse("due_list")).content.decode()
    assert "1 day late" in page
    assert "Ada Author writes it" in page


def test_due_list_takes_no_post(author, signed_in):
    assert signed_in(author).post(URL).status_code == 405


def test_due_list_costs_the_same_for_many_briefs(brief, template, manager, signed_in):
    give(brief, "goals/needs", -1, author=manager)
    client = signed_in(manager)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for _number in range(5):
        other = make_brief(template)
        add_member(other, manager, "manager")
        give(other, "goals/needs", -1, author=manager)
        give(other, "goals/health", 3)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ("", True),
        ("?whose=mine", True),
        ("?when=soon", True),
        ("?brief=Belg", True),
        ("?whose=managed", False),
        ("?when=overdue", False),
        ("?brief=France", False),
    ],
)
def test_due_list_has_the_tasks_from_comments(query, is_listed, brief, author, editor, signed_in):
    section = section_of(brief, "goals/needs")
    today = timezone.localdate()
    for days in (7, 8):
        comment = add_comment(section, f"Within {days} days.", by=editor)
        give_task(comment, author, today + dt.timedelta(days=days), by=editor)
    page = signed_in(author).get(URL + query).text
    assert ("Within 7 days." in page) == is_listed
    assert "Within 8 days." not in page
    assert "Within 7 days." not in signed_in(editor).get(URL + query).text


def test_due_list_asks_no_more_for_more_tasks(brief, author, editor, signed_in):
    client = signed_in(author)
    section = section_of(brief, "goals/needs")

    def grow(count: int) -> int:
        for number in range(count):
            comment = add_comment(section, f"Task {number} of {count}.", by=editor)
            give_task(comment, author, timezone.localdate(), by=editor)
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        return len(queries)

    assert grow(1) == grow(12)
