import datetime as dt

import pytest
from django.urls import reverse

from briefs.commissioning.assignments import assign_section
from briefs.models import Activity, Section
from tests.factories import add_member, make_brief, section_of

URL = "assign_many"
DAY = dt.date(2027, 3, 1)


@pytest.fixture
def two(brief, template, author, manager):
    other = make_brief(template, title="Chad")
    add_member(other, manager, "manager")
    add_member(other, author, "author")
    return brief, other


def seen_in(page: str) -> str:
    [_before, after] = page.split('name="seen" value="', 1)
    return after.split('"', 1)[0]


def preview(client, **said):
    return client.post(reverse(URL), said)


def confirm(client, **said):
    page = preview(client, **said).content.decode()
    return client.post(reverse(URL), {**said, "seen": seen_in(page)}, follow=True)


def test_nothing_changes_before_it_is_confirmed(two, manager, author, signed_in):
    answer = preview(signed_in(manager), column=["goals/needs"], author=author.pk)
    page = answer.content.decode()
    assert "2 sections would change. Nothing is done yet." in page
    assert "author: <bdi>nobody</bdi> → <bdi>Ada Author</bdi>" in page
    assert not Section.objects.exclude(author=None).exists()


def test_a_column_is_that_section_of_every_brief_that_one_manages(two, manager, author, signed_in):
    answer = confirm(
        signed_in(manager), column=["goals/needs"], author=author.pk, due_date=str(DAY)
    )
    assert "2 sections are assigned anew." in answer.content.decode()
    for brief in two:
        section = section_of(brief, "goals/needs")
        assert (section.author, section.due_date) == (author, DAY)
    assert Activity.objects.filter(verb="section_assigned").count() == 2


def test_where_briefs_and_columns_meet(two, manager, editor, signed_in):
    confirm(signed_in(manager), brief=["belgium"], column=["goals/needs"], reviewers=[editor.pk])
    reviewed = Section.objects.filter(reviewers=editor).values_list("brief__slug", "key")
    assert list(reviewed) == [("belgium", "goals/needs")]


def test_who_is_no_member_there_is_said_and_the_rest_is_done(two, manager, editor, signed_in):
    client = signed_in(manager)
    page = preview(client, column=["goals/needs"], reviewers=[editor.pk]).content.decode()
    assert "Nothing is done here: Edith Editor can&#x27;t do that here." in page
    assert "1 section would change." in page
    confirm(client, column=["goals/needs"], reviewers=[editor.pk])
    assert Section.objects.filter(reviewers=editor).count() == 1


def test_what_changed_meanwhile_is_shown_anew(two, manager, author, second_author, signed_in):
    client = signed_in(manager)
    said = {"brief": ["belgium"], "column": ["goals/needs"], "author": author.pk}
    seen = seen_in(preview(client, **said).content.decode())
    assign_section(section_of(two[0], "goals/needs"), {"author": second_author}, by=manager)
    answer = client.post(reverse(URL), {**said, "seen": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Something has changed since this was shown." in page
    assert "<bdi>Ben Author</bdi> → <bdi>Ada Author</bdi>" in page
    assert section_of(two[0], "goals/needs").author == second_author


def test_briefs_that_one_does_not_manage_are_refused(two, manager, editor, author, signed_in):
    add_member(two[1], editor, "manager")
    page = preview(signed_in(editor), brief=["belgium"], author=author.pk).content.decode()
    assert "Nothing is done here:" in page
    assert "0 sections would change" in page


def test_briefs_that_one_does_not_see_are_not_there(two, editor, author, signed_in):
    other = two[1]
    other.memberships.all().delete()
    add_member(make_brief(title="Mine"), editor, "manager")
    answer = preview(signed_in(editor), brief=[other.slug], author=editor.pk)
    assert answer.status_code == 422
    assert "Tick briefs, sections or both in the grid." in answer.content.decode()


def test_what_is_wrong_is_said(two, manager, signed_in):
    answer = preview(signed_in(manager), column=["goals/needs"])
    assert answer.status_code == 422
    assert "Say what is to change" in answer.content.decode()
