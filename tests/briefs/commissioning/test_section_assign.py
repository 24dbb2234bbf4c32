"""Assigning one section, and many at once."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.models import User
from briefs.commissioning.actions import archive_brief
from briefs.commissioning.assignments import assign_section
from briefs.models import Activity, Section
from tests.factories import section_of


def url(brief, key="goals/needs") -> str:
    return reverse("section_assign", args=[brief.slug, key])


def many_url(brief) -> str:
    return reverse("section_assign_many", args=[brief.slug])


def opened(client, brief) -> dict[str, object]:
    found = re.search(r'name="seen" value="([^"]+)"', client.get(url(brief)).content.decode())
    assert found is not None
    section = section_of(brief, "goals/needs")
    return {
        "seen": found[1],
        "author": section.author_id or "",
        "reviewer": section.reviewer_id or "",
        "due_date": section.due_date or "",
    }


def test_section_assign(brief, manager, author, editor, signed_in):
    client = signed_in(manager)
    said = opened(client, brief) | {
        "author": author.pk,
        "reviewer": editor.pk,
        "due_date": "2026-12-01",
    }
    assert client.post(url(brief), said).headers["Location"] == many_url(brief)
    section = section_of(brief, "goals/needs")
    assert (section.author, section.reviewer) == (author, editor)
    assert str(section.due_date) == "2026-12-01"


def test_section_assign_keeps_what_somebody_else_assigned_meanwhile(
    brief, manager, author, second_author, editor, signed_in
):
    client = signed_in(manager)
    said = opened(client, brief) | {"reviewer": editor.pk}
    assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)
    client.post(url(brief), said)
    section = section_of(brief, "goals/needs")
    assert (section.author, section.reviewer) == (author, editor)


def test_section_assign_keeps_an_author_whose_account_went_out_of_use(
    brief, manager, author, signed_in
):
    assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)
    User.objects.filter(pk=author.pk).update(is_active=False)
    client = signed_in(manager)
    client.post(url(brief), opened(client, brief) | {"due_date": "2026-12-01"})
    section = section_of(brief, "goals/needs")
    assert section.author == author
    assert str(section.due_date) == "2026-12-01"


def test_section_assign_offers_who_may(brief, manager, viewer, author, editor, signed_in):
    text = signed_in(manager).get(url(brief)).content.decode()
    assert text.count(f'<option value="{viewer.pk}"') == 0
    assert text.count(f'<option value="{author.pk}"') == 1
    assert text.count(f'<option value="{editor.pk}"') == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"author": "99999"}, "Select a valid choice"),
        ({"due_date": "soon"}, "Enter a valid date."),
        ({"seen": "forged"}, "This form is out of date."),
    ],
)
def test_section_assign_says_what_is_wrong(brief, manager, signed_in, wrong, sentence):
    client = signed_in(manager)
    answer = client.post(url(brief), opened(client, brief) | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_section_assign_of_one_person_to_both_is_refused(brief, manager, editor, signed_in):
    client = signed_in(manager)
    said = opened(client, brief) | {"author": editor.pk, "reviewer": editor.pk}
    answer = client.post(url(brief), said)
    assert answer.status_code == 422
    assert "nobody approves their own text" in answer.content.decode()


def test_section_assign_many_by_section_and_by_part(brief, manager, author, signed_in):
    said = {"sections": ["opening/preface"], "author": author.pk, "due_date": "2026-12-01"}
    answer = signed_in(manager).post(many_url(brief), said, follow=True)
    assert "1 section is assigned anew." in answer.content.decode()
    assert [s.key for s in Section.objects.filter(author=author)] == ["opening/preface"]

    signed_in(manager).post(many_url(brief), {"parts": ["goals"], "author": author.pk})
    assert Section.objects.filter(author=author).count() == 3
    assert Section.objects.exclude(due_date=None).count() == 1


def test_section_assign_many_clears(brief, manager, author, signed_in):
    section = section_of(brief, "goals/needs")
    assign_section(section, {"author": author, "due_date": dt.date(2026, 12, 1)}, by=manager)
    said = {"sections": ["goals/needs"], "author": "nobody", "no_due_date": "on"}
    signed_in(manager).post(many_url(brief), said)
    section = section_of(brief, "goals/needs")
    assert (section.author, section.due_date) == (None, None)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"author": "nobody"}, "Tick the sections that you want to assign."),
        ({"sections": ["goals/needs"]}, "Say what is to change"),
        ({"sections": ["goals/nothing"], "author": "nobody"}, "Tick the sections anew."),
        ({"parts": ["nothing"], "author": "nobody"}, "Tick the sections anew."),
        ({"sections": ["goals/needs"], "author": "99999"}, "Select a valid choice"),
        (
            {"sections": ["goals/needs"], "due_date": "2026-12-01", "no_due_date": "on"},
            "Choose a date or none, not both.",
        ),
    ],
)
def test_section_assign_many_says_what_is_wrong_and_keeps_the_ticks(
    brief, manager, signed_in, said, sentence
):
    answer = signed_in(manager).post(many_url(brief), said)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    is_ticked = 'name="sections" value="goals/needs" checked' in text
    assert is_ticked is ("goals/needs" in said.get("sections", []))
    assert not Activity.objects.filter(verb="section_assigned").exists()


@pytest.mark.parametrize("make_url", [url, many_url])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_section_assign_wants_a_manager(request, brief, person, method, make_url, signed_in):
    answer = getattr(signed_in(request.getfixturevalue(person)), method)(make_url(brief))
    assert answer.status_code == 403
    assert "Only a manager of this brief can do that." in answer.content.decode()


@pytest.mark.parametrize("make_url", [url, many_url])
def test_section_assign_by_a_stranger_is_not_found(brief, make_url, stranger, signed_in):
    assert signed_in(stranger).get(make_url(brief)).status_code == 404


@pytest.mark.parametrize("make_url", [url, many_url])
def test_section_assign_in_an_archived_brief_is_refused(brief, make_url, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).get(make_url(brief)).status_code == 403


def test_section_assign_of_no_section_is_not_found(brief, manager, signed_in):
    assert signed_in(manager).get(url(brief, "goals/nothing")).status_code == 404


@pytest.mark.parametrize("make_url", [url, many_url])
def test_section_assign_takes_no_delete(brief, make_url, manager, signed_in):
    assert signed_in(manager).delete(make_url(brief)).status_code == 405
