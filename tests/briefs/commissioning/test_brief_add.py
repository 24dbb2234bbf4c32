"""Making a brief: a country or a free subject, on a version of a template, for those who may."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from briefs.commissioning.actions import BriefData, create_brief
from briefs.models import Activity, Brief, BriefTemplate

URL = "/commissioning/new/"


def typed(template, **more) -> dict[str, object]:
    return {
        "country": "",
        "subject": "",
        "title": "",
        "language": "en",
        "template": template.pk,
    } | more


def test_brief_add_of_a_country_suggests_its_name(template, manager, signed_in):
    answer = signed_in(manager).post(URL, typed(template, country="BE"))
    brief = Brief.objects.get()
    assert answer.headers["Location"] == brief.get_absolute_url()
    assert (brief.title, brief.subject, brief.country.code) == ("Belgium", "Belgium", "BE")
    assert brief.slug == "belgium"
    assert brief.sections.count() == 3
    assert [(m.user, m.role) for m in brief.memberships.all()] == [(manager, "manager")]


def test_brief_add_of_a_free_subject(template, manager, signed_in):
    said = typed(
        template,
        subject="  The  Arctic ",
        title="Arctic, a brief",
        language="fr",
        reference="CB-1",
        marking="Official",
        date="2026-11-24",
        facts="Capital: none\n\nArea: large: very",
    )
    signed_in(manager).post(URL, said)
    brief = Brief.objects.get()
    assert (brief.title, brief.subject, brief.country.code) == ("Arctic, a brief", "The Arctic", "")
    assert (brief.language, brief.reference, brief.marking) == ("fr", "CB-1", "Official")
    assert str(brief.date) == "2026-11-24"
    assert brief.facts == [["Capital", "none"], ["Area", "large: very"]]


def test_brief_add_takes_an_older_version_of_the_template(template, manager, signed_in):
    newer = BriefTemplate.objects.create(
        key="small", version=2, title="Small brief", language="en", digest="1" * 64
    )
    page = signed_in(manager).get(URL).content.decode()
    assert page.index(f'value="{newer.pk}"') < page.index(f'value="{template.pk}"')
    signed_in(manager).post(URL, typed(template, country="BE"))
    assert Brief.objects.get().template == template


def test_brief_add_proposes_the_language_of_the_template(template, manager, signed_in):
    french = BriefTemplate.objects.create(
        key="fiche", title="Fiche pays", language="fr-CA", digest="1" * 64
    )
    page = signed_in(manager).get(URL)
    assert page.context["form"]["language"].value() == ""
    assert '<option value="" selected>That of the template</option>' in page.content.decode()
    for outline in (french, template):
        signed_in(manager).post(URL, typed(outline, country="BE", language=""))
    assert [brief.language for brief in Brief.objects.order_by("pk")] == ["fr-CA", "en"]


def test_brief_add_makes_the_address_unique(template, manager, signed_in):
    for _ in range(2):
        signed_in(manager).post(URL, typed(template, country="BE"))
    assert set(Brief.objects.values_list("slug", flat=True)) == {"belgium", "belgium-2"}


@pytest.mark.parametrize(("country", "slug"), [("BE", "belgium"), ("", "brief")])
def test_brief_add_of_a_title_without_latin_letters_is_addressed_by_its_country(
    template, manager, signed_in, country, slug
):
    asked = {"country": country, "title": "بلجيكا", "subject": "بلجيكا", "language": "ar"}
    signed_in(manager).post(URL, typed(template, **asked))
    assert Brief.objects.get().slug == slug


@pytest.mark.django_db(transaction=True)
def test_briefs_of_one_title_made_at_once_get_their_own_addresses(template, manager):
    start = Barrier(4)

    def make(_number) -> str:
        start.wait()
        try:
            return create_brief(BriefData("Belgium", "Belgium"), template, by=manager).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        slugs = set(pool.map(make, range(4)))

    assert slugs == {"belgium", "belgium-2", "belgium-3", "belgium-4"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "Choose a country, or write a subject."),
        ({"subject": "  "}, "Choose a country, or write a subject."),
        ({"country": "XX"}, "Select a valid choice"),
        ({"country": "BE", "language": "klingon"}, "Select a valid choice"),
        ({"country": "BE", "template": ""}, "Choose something under “Template”."),
        ({"country": "BE", "template": "", "language": ""}, "Choose something under “Template”."),
        ({"country": "BE", "template": "99999"}, "Select a valid choice"),
        ({"country": "BE", "title": "x" * 201}, "at most 200 characters"),
        ({"country": "BE", "date": "yesterday"}, "Enter a valid date."),
        ({"country": "BE", "facts": "Brussels"}, "as a label, a colon and a value"),
        ({"country": "BE", "subject": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_brief_add_says_what_is_wrong_and_keeps_what_was_typed(
    template, manager, signed_in, wrong, sentence
):
    answer = signed_in(manager).post(URL, typed(template, reference="CB-kept") | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "CB-kept" in answer.content.decode()
    assert not Brief.objects.exists()


def test_brief_add_without_a_template_says_what_to_do(manager, signed_in):
    page = signed_in(manager).get(URL)
    assert "manage.py load_brief_template" in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_brief_add_wants_the_right_to_make_briefs(template, author, signed_in, method):
    answer = getattr(signed_in(author), method)(URL, typed(template, country="BE"))
    assert answer.status_code == 403
    assert "You may not make briefs." in answer.content.decode()
    assert not Brief.objects.exists()


def test_brief_add_by_a_superuser(template, superuser, signed_in):
    signed_in(superuser).post(URL, typed(template, country="BE"))
    assert Activity.objects.get().verb == Activity.Verb.BRIEF_MADE


def test_brief_add_takes_no_delete(manager, signed_in):
    assert signed_in(manager).delete(URL).status_code == 405


def test_brief_add_wants_somebody_signed_in(db):
    assert Client().get(URL).headers["Location"].startswith(reverse("sign_in"))
