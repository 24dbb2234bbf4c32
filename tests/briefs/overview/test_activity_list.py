"""The record of a brief: paged, filtered, for its members."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from briefs.commissioning.actions import archive_brief
from briefs.events import publish
from briefs.models import Activity
from tests.factories import approve, make_brief, section_of, send_back, write


def url(brief) -> str:
    return reverse("activity_list", args=[brief.slug])


def verbs(page) -> list[str]:
    return [line.activity.verb for line in page.context["happenings"]]


def test_activity_list_tells_the_newest_first(brief, author, editor, signed_in):
    send_back(section_of(brief, "goals/needs"), author, editor)
    page = signed_in(author).get(url(brief))
    assert verbs(page) == [
        "changes_requested",
        "review_requested",
        "section_saved",
        "brief_made",
    ]
    text = page.content.decode()
    assert "Edith Editor" in text
    assert "Give the source." in text
    assert "revision 1" in text
    assert "Command line" in text
    assert section_of(brief, "goals/needs").get_absolute_url() in text


@pytest.mark.parametrize(
    ("export_format", "text", "told"),
    [
        ("pdf", "working", "exported the brief as PDF, <bdi>working text</bdi>"),
        ("html", "approved", "exported the brief as Web page, <bdi>approved text</bdi>"),
        ("odt", "latest", "exported the brief<"),
    ],
)
def test_activity_list_tells_an_export_in_words(
    export_format, text, told, brief, author, signed_in
):
    with transaction.atomic():
        detail = {"format": export_format, "text": text}
        publish(Activity.Verb.BRIEF_EXPORTED, by=author, brief=brief, **detail)
    assert told in signed_in(author).get(url(brief)).content.decode()


def test_activity_list_filters_by_person_and_act(brief, author, editor, signed_in):
    approve(section_of(brief, "goals/needs"), author, editor)
    client = signed_in(author)
    assert verbs(client.get(url(brief), {"person": editor.pk})) == ["section_approved"]
    assert verbs(client.get(url(brief), {"person": "0"})) == ["brief_made"]
    assert verbs(client.get(url(brief), {"verb": "section_saved"})) == ["section_saved"]
    none = client.get(url(brief), {"person": editor.pk, "verb": "section_saved"})
    assert verbs(none) == []
    assert "Nobody did that here." in none.content.decode()


@pytest.mark.parametrize("query", [{"person": "x"}, {"person": "999999"}, {"verb": "danced"}])
def test_activity_list_names_a_filter_that_it_cannot_read(brief, author, signed_in, query):
    page = signed_in(author).get(url(brief), query)
    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()
    assert verbs(page) == ["brief_made"]


def test_activity_list_is_paged(brief, author, signed_in):
    section = section_of(brief, "goals/needs")
    for _ in range(60):
        section = write(section, author)
    client = signed_in(author)
    assert len(verbs(client.get(url(brief)))) == 50
    assert len(verbs(client.get(url(brief), {"page": 2}))) == 11


def test_activity_list_is_of_one_brief(brief, template, author, signed_in):
    make_brief(template, title="Estonia")
    assert verbs(signed_in(author).get(url(brief))) == ["brief_made"]


def test_activity_list_of_an_archived_brief_can_be_read(brief, manager, viewer, signed_in):
    archive_brief(brief, by=manager)
    assert verbs(signed_in(viewer).get(url(brief)))[0] == "brief_archived"


def test_activity_list_by_a_stranger_is_not_found(brief, stranger, signed_in):
    assert signed_in(stranger).get(url(brief)).status_code == 404


def test_activity_list_of_no_brief_is_not_found(author, signed_in):
    assert signed_in(author).get("/briefs/nowhere/activity/").status_code == 404


def test_activity_list_wants_somebody_signed_in(brief):
    assert Client().get(url(brief)).status_code == 302


def test_activity_list_costs_the_same_for_many_acts(
    brief, author, signed_in, django_assert_num_queries
):
    client = signed_in(author)
    for _ in range(2):
        with django_assert_num_queries(10):
            client.get(url(brief))
        for key in ("goals/needs", "goals/health", "opening/preface"):
            write(section_of(brief, key), author)


def test_activity_list_takes_no_post(brief, author, signed_in):
    assert signed_in(author).post(url(brief)).status_code == 405


def test_activity_list_filters_by_section_and_day(brief, author, signed_in):
    write(section_of(brief, "goals/needs"), author)
    write(section_of(brief, "goals/health"), author)
    client = signed_in(author)
    of_needs = client.get(url(brief), {"section": "goals/needs"})
    assert [line.activity.section.key for line in of_needs.context["happenings"]] == ["goals/needs"]
    today = timezone.localdate()
    yesterday, tomorrow = today - dt.timedelta(days=1), today + dt.timedelta(days=1)
    assert len(verbs(client.get(url(brief), {"since": today, "until": today}))) == 3
    assert verbs(client.get(url(brief), {"until": yesterday})) == []
    assert verbs(client.get(url(brief), {"since": tomorrow})) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"since": "soon"}, "Enter a valid date"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "not before the first"),
        ({"section": "goals/nowhere"}, "Select a valid choice"),
    ],
)
def test_activity_list_says_what_it_cannot_filter_by(query, sentence, brief, author, signed_in):
    page = signed_in(author).get(url(brief), query)
    assert page.status_code == 200
    assert sentence in page.content.decode()
