"""A brief's data: for its managers, and two of them don't undo each other's changes."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief, brief_data, change_brief
from briefs.commissioning.forms.brief import initial_of
from briefs.commissioning.people import change_role
from briefs.models import Activity, Brief
from tests.pages import hidden


def url(brief) -> str:
    return reverse("brief_change", args=[brief.slug])


def opened(brief) -> dict[str, object]:
    """What the form says when it was just opened."""
    initial = initial_of(brief_data(brief))
    return {**initial, "date": initial["date"] or ""}


def test_brief_change_changes_and_records(brief, manager, signed_in):
    said = opened(brief) | {
        "title": "Kingdom of Belgium",
        "date": "2026-12-01",
        "facts": "Capital: Brussels",
    }
    answer = signed_in(manager).post(url(brief), said)
    assert answer.headers["Location"] == reverse("brief_detail", args=["belgium"])
    brief = Brief.objects.get()
    assert (brief.title, brief.slug, brief.subject) == ("Kingdom of Belgium", "belgium", "Belgium")
    assert brief.facts == [["Capital", "Brussels"]]
    act = Activity.objects.filter(verb=Activity.Verb.BRIEF_CHANGED).get()
    assert act.actor == manager
    assert act.detail["changed"] == {
        "title": "Kingdom of Belgium",
        "date": "2026-12-01",
        "facts": [["Capital", "Brussels"]],
    }


def test_brief_change_opens_on_what_is_stored(brief, manager, signed_in):
    brief.facts, brief.language, brief.date = [["Capital", "Brussels"]], "en-xx", "2026-12-01"
    brief.save()
    page = signed_in(manager).get(url(brief)).content.decode()
    assert "Capital: Brussels" in page
    assert 'value="2026-12-01"' in page
    assert 'value="en-xx" selected' in page
    assert 'value="GB"' in page


def test_brief_change_without_a_change_records_nothing(brief, manager, signed_in):
    signed_in(manager).post(url(brief), opened(brief))
    assert not Activity.objects.filter(verb=Activity.Verb.BRIEF_CHANGED).exists()


def test_brief_change_keeps_what_somebody_else_changed_elsewhere(brief, manager, signed_in):
    said = opened(brief) | {"marking": "Official"}
    Brief.objects.update(reference="CB-9")
    signed_in(manager).post(url(brief), said)
    brief.refresh_from_db()
    assert (brief.reference, brief.marking) == ("CB-9", "Official")


def test_brief_change_shows_what_somebody_else_changed_in_the_same_field(brief, manager, signed_in):
    client = signed_in(manager)
    said = opened(brief) | {"title": "Mine", "marking": "Official"}
    Brief.objects.update(title="Theirs")

    answer = client.post(url(brief), said)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "It is now: Theirs." in page
    assert 'value="Mine"' in page
    assert Brief.objects.get().marking == ""

    client.post(url(brief), said | {"seen": hidden(page, "seen")})
    brief.refresh_from_db()
    assert (brief.title, brief.marking) == ("Mine", "Official")


def test_brief_change_a_second_press_undoes_nothing_that_was_not_touched(
    brief, manager, editor, signed_in
):
    change_role(brief.memberships.get(user=editor), "manager", by=manager)
    client = signed_in(manager)
    said = opened(brief) | {"title": "Mine"}
    theirs = replace(brief_data(brief), title="Theirs", reference="CB-9", facts=[["A", "b"]])
    change_brief(brief, theirs, by=editor)

    page = client.post(url(brief), said).content.decode()

    assert "Edith Editor changed this while you were at it. It is now: Theirs." in page
    shown = {
        "seen": hidden(page, "seen"),
        "reference": re.findall(r'name="reference" value="([^"]+)"', page)[0],
        "facts": re.findall(r'<textarea name="facts"[^>]*>\s*([^<]*)<', page)[0],
    }
    assert client.post(url(brief), said | shown).status_code == 302
    brief.refresh_from_db()
    assert (brief.title, brief.reference, brief.facts) == ("Mine", "CB-9", [["A", "b"]])


def test_brief_change_to_what_somebody_else_chose_too_is_no_conflict(brief, manager, signed_in):
    said = opened(brief) | {"title": "Same"}
    Brief.objects.update(title="Same")
    assert signed_in(manager).post(url(brief), said).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": "Bel\x07gium"}, "a character in it that nobody can see (U+0007)"),
        ({"reference": "7\x7f8"}, "a character in it that nobody can see (U+007F)"),
        ({"facts": "A\x80: b"}, "a character in it that nobody can see (U+0080)"),
        ({"country": "XX"}, "Select a valid choice"),
        ({"seen": "forged"}, "This form is out of date."),
        ({"seen": ""}, "This form is out of date."),
        ({"country": "", "subject": "", "title": ""}, "Choose a country, or write a subject."),
    ],
)
def test_brief_change_says_what_is_wrong(brief, manager, signed_in, wrong, sentence):
    answer = signed_in(manager).post(url(brief), opened(brief) | {"marking": "Kept"} | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Brief.objects.get().marking == ""


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_brief_change_wants_a_manager(request, brief, person, method, signed_in):
    client = signed_in(request.getfixturevalue(person))
    answer = getattr(client, method)(url(brief), opened(brief) | {"title": "Other"})
    assert answer.status_code == 403
    assert "Only a manager of this brief can do that." in answer.content.decode()
    assert Brief.objects.get().title == "Belgium"


def test_brief_change_of_an_archived_brief_is_refused(brief, manager, signed_in):
    archive_brief(brief, by=manager)
    answer = signed_in(manager).get(url(brief))
    assert answer.status_code == 403
    assert "This brief is archived" in answer.content.decode()


def test_brief_change_by_a_stranger_is_not_found(brief, stranger, signed_in):
    assert signed_in(stranger).get(url(brief)).status_code == 404


def test_brief_change_of_no_brief_is_not_found(manager, signed_in):
    assert signed_in(manager).get("/briefs/nowhere/commissioning/data/").status_code == 404


def test_brief_change_takes_no_delete(brief, manager, signed_in):
    assert signed_in(manager).delete(url(brief)).status_code == 405


def test_change_brief_without_a_form_changes_everything_said(brief, manager):
    data = brief_data(brief)
    Brief.objects.update(reference="CB-9")
    change_brief(brief, data, by=manager)
    assert Brief.objects.get().reference == ""


@pytest.mark.parametrize("facts", ["A: b\n" * 41, f"A: {'b' * 300}"])
def test_brief_change_takes_no_more_facts_than_a_cover_holds(brief, manager, signed_in, facts):
    answer = signed_in(manager).post(
        reverse("brief_change", args=[brief.slug]),
        {"title": "Belgium", "subject": "Belgium", "language": "en", "facts": facts},
    )
    assert answer.status_code == 422
    assert "fit on the cover" in answer.content.decode()
    brief.refresh_from_db()
    assert brief.facts == []
