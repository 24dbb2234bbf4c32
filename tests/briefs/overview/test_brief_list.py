"""The list of briefs: only those that one may see, found, filtered, sorted, paged."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from briefs.commissioning.actions import archive_brief
from briefs.models import Brief, Section
from tests.factories import add_member, approve, make_brief, put_in_review, section_of, write

URL = "/briefs/"


def listed(client, **query) -> list[str]:
    page = client.get(URL, query)
    assert page.status_code == 200
    return [row.brief.title for row in page.context["rows"]]


@pytest.fixture
def three(brief, template, author):
    """Belgium with its cast; Estonia with the author as editor; Finland of nobody's."""
    estonia = make_brief(template, title="Estonia")
    add_member(estonia, author, "editor")
    make_brief(template, title="Finland")
    return brief


@pytest.mark.usefixtures("three")
def test_brief_list_shows_what_one_may_see(author, stranger, superuser, signed_in):
    assert listed(signed_in(author)) == ["Belgium", "Estonia"]
    assert listed(signed_in(stranger)) == []
    assert listed(signed_in(superuser)) == ["Belgium", "Estonia", "Finland"]


@pytest.mark.usefixtures("three")
def test_brief_list_searches_only_what_one_may_see(author, stranger, signed_in):
    assert listed(signed_in(author), q="ESTON") == ["Estonia"]
    assert listed(signed_in(author), q="finland") == []
    assert listed(signed_in(stranger), q="belgium") == []


def test_brief_list_searches_texts(three, author, signed_in):
    write(section_of(three, "goals/needs"), author, past="The Älvsjö river.")
    assert listed(signed_in(author), q="river älvsjö") == ["Belgium"]


@pytest.mark.usefixtures("three")
def test_brief_list_filters_by_my_role(author, signed_in):
    assert listed(signed_in(author), role="author") == ["Belgium"]
    assert listed(signed_in(author), role="editor") == ["Estonia"]


def test_brief_list_filters_by_state(three, author, editor, manager, signed_in):
    client = signed_in(author)
    put_in_review(section_of(three, "goals/needs"), author)
    assert listed(client, state="in_review") == ["Belgium"]
    assert listed(client, state="empty") == ["Belgium", "Estonia"]
    assert listed(client, state="all_approved") == []
    estonia = Brief.objects.get(title="Estonia")
    add_member(estonia, editor, "author")
    for section in Section.objects.filter(brief=estonia):
        approve(section_of(estonia, section.key), editor, author)
    assert listed(client, state="all_approved") == ["Estonia"]
    assert listed(client, state="empty") == ["Belgium"]


def test_brief_list_shows_archived_briefs_on_request_only(three, author, manager, signed_in):
    archive_brief(three, by=manager)
    assert listed(signed_in(author)) == ["Estonia"]
    assert listed(signed_in(author), archived="on") == ["Belgium"]


def test_brief_list_sorts(three, author, signed_in):
    client = signed_in(author)
    estonia = section_of(Brief.objects.get(title="Estonia"), "goals/needs")
    Section.objects.filter(pk=estonia.pk).update(due_date=timezone.localdate())
    assert listed(client, sort="due") == ["Estonia", "Belgium"]
    write(section_of(three, "goals/needs"), author)
    assert listed(client, sort="changed") == ["Belgium", "Estonia"]
    write(estonia, author)
    assert listed(client, sort="changed") == ["Estonia", "Belgium"]
    assert listed(client, sort="title") == ["Belgium", "Estonia"]


def test_brief_list_sorts_by_what_is_not_approved_yet(three, author, editor, signed_in):
    section = approve(section_of(three, "goals/needs"), author, editor)
    Section.objects.filter(pk=section.pk).update(due_date=dt.date(2020, 1, 1))
    later = section_of(Brief.objects.get(title="Estonia"), "goals/needs")
    Section.objects.filter(pk=later.pk).update(due_date=dt.date(2040, 1, 1))
    assert listed(signed_in(author), sort="due") == ["Estonia", "Belgium"]


def test_brief_list_says_how_far_a_brief_is(three, author, editor, signed_in):
    approve(section_of(three, "goals/needs"), author, editor)
    put_in_review(section_of(three, "goals/health"), author)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Section.objects.filter(brief=three, key="opening/preface").update(due_date=yesterday)
    page = signed_in(author).get(URL).content.decode()
    assert "1 of 3 approved" in page
    assert "1 in review" in page
    assert "1 day late" in page


@pytest.mark.usefixtures("three")
def test_brief_list_tells_briefs_of_one_title_apart(template, author, stranger, signed_in):
    assert "address" not in signed_in(author).get(URL).content.decode()
    twin = make_brief(template, title="Belgium", language="fr")
    assert "address" not in signed_in(author).get(URL).content.decode()
    add_member(twin, author, "viewer")
    page = signed_in(author).get(URL).content.decode()
    today = date_format(timezone.localdate(), "j F")
    assert f"English, made on {today}, address belgium<" in page
    assert f"French, made on {today}, address {twin.slug}<" in page
    assert "address estonia" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"state": "nonsense"}, "Select a valid choice"),
        ({"role": "king"}, "Select a valid choice"),
        ({"sort": "colour"}, "Select a valid choice"),
        ({"q": "x" * 201}, "at most 200 characters"),
        ({"q": "a b c d e f g h i j k l m"}, "Search for 12 words at most."),
        ({"q": "a\0b"}, "Null characters are not allowed."),
    ],
)
@pytest.mark.usefixtures("three")
def test_brief_list_names_a_filter_that_it_cannot_read(author, signed_in, query, sentence):
    page = signed_in(author).get(URL, query)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert [row.brief.title for row in page.context["rows"]] == ["Belgium", "Estonia"]


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", ""])
@pytest.mark.usefixtures("three")
def test_brief_list_bears_any_page_number(author, signed_in, number):
    assert listed(signed_in(author), page=number) == ["Belgium", "Estonia"]


def test_brief_list_is_paged(template, author, signed_in):
    for number in range(30):
        add_member(make_brief(template, title=f"Brief {number:02}"), author, "viewer")
    client = signed_in(author)
    assert len(listed(client)) == 25
    assert listed(client, page=2)[0] == "Brief 25"
    assert "?q=brief&amp;page=2" in client.get(URL, {"q": "brief"}).content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "There is no brief for you yet."),
        ({"q": "x"}, "No brief fits."),
        ({"archived": "on"}, "No brief is archived."),
    ],
)
def test_brief_list_says_why_it_is_empty(stranger, signed_in, query, sentence):
    assert sentence in signed_in(stranger).get(URL, query).content.decode()


def test_brief_list_offers_a_new_brief_to_those_who_may(manager, author, brief, signed_in):
    assert reverse("brief_add") in signed_in(manager).get(URL).content.decode()
    refused = signed_in(author).get(URL).content.decode()
    assert reverse("brief_add") not in refused
    assert "You may not make briefs." in refused


def test_brief_list_wants_somebody_signed_in(db):
    assert Client().get(URL).status_code == 302


def test_brief_list_costs_the_same_for_many_briefs(
    three, template, author, signed_in, django_assert_num_queries
):
    client = signed_in(author)
    for _ in range(2):
        with django_assert_num_queries(11):
            client.get(URL, {"q": "e"})
        for number in range(8):
            add_member(make_brief(template, title=f"Brief {number}"), author, "author")


def test_brief_list_takes_no_post(brief, author, signed_in):
    assert signed_in(author).post(URL).status_code == 405
