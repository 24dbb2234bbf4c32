"""A section of the brief's own, put where the manager wants it."""

import pytest
from django.urls import reverse

from briefs.commissioning.actions import add_own_section, archive_brief
from briefs.models import Part, Section
from tests.factories import make_brief, section_of


def url(brief) -> str:
    return reverse("section_add", args=[brief.slug])


def outline(brief) -> list[str]:
    return [section.title for section in Section.objects.filter(brief=brief).in_outline_order()]


def test_section_add_after_another(brief, manager, signed_in):
    said = {"title": " Harbour   treaty ", "place": "goals/needs"}
    answer = signed_in(manager).post(url(brief), said)
    section = section_of(brief, "goals/harbour-treaty")
    assert answer.headers["Location"] == section.get_absolute_url()
    assert outline(brief) == ["Preface", "Needs", "Harbour treaty", "Health"]


def test_section_add_at_the_end_of_a_part(brief, manager, signed_in):
    signed_in(manager).post(url(brief), {"title": "First", "place": "opening"})
    signed_in(manager).post(url(brief), {"title": "Last", "place": "goals"})
    assert outline(brief) == ["Preface", "First", "Needs", "Health", "Last"]


def test_section_add_right_behind_what_was_chosen_among_others_of_the_briefs_own(
    brief, manager, signed_in
):
    client = signed_in(manager)
    for title, place in [
        ("C", "goals/needs"),
        ("A", "goals/needs"),
        ("B", "goals/a"),
        ("D", "goals/c"),
        ("E", "goals"),
        ("F", "goals/health"),
    ]:
        assert client.post(url(brief), {"title": title, "place": place}).status_code == 302
    assert outline(brief) == ["Preface", "Needs", "A", "B", "C", "D", "Health", "F", "E"]


def test_section_add_among_sections_of_one_position_keeps_their_order(brief, manager, signed_in):
    client = signed_in(manager)
    for title in ("A", "B", "C"):
        client.post(url(brief), {"title": title, "place": "goals"})
    rows = brief.sections.filter(part__key="goals")
    rows.exclude(key="goals/needs").update(position=2)
    before = outline(brief)
    client.post(url(brief), {"title": "New", "place": "goals/a"})
    place = before.index("A") + 1
    assert outline(brief) == [*before[:place], "New", *before[place:]]


def test_section_add_moves_nothing_of_another_brief(brief, template, manager, signed_in):
    other = make_brief(template, title="Estonia")
    before = list(other.sections.order_by("pk").values_list("position", flat=True))
    signed_in(manager).post(url(brief), {"title": "A", "place": "goals/needs"})
    assert list(other.sections.order_by("pk").values_list("position", flat=True)) == before


def test_section_add_offers_every_place(brief, manager, signed_in):
    text = signed_in(manager).get(url(brief)).content.decode()
    assert '<optgroup label="1. Goals">' in text
    assert '<option value="goals/needs">After 1.1 Needs</option>' in text
    assert '<option value="goals">After 1.2 Health</option>' in text
    assert '<option value="opening">After Preface</option>' in text


def test_section_add_of_the_same_title_twice_keeps_both(brief, manager, signed_in):
    for _ in range(2):
        signed_in(manager).post(url(brief), {"title": "Needs", "place": "goals"})
    assert outline(brief).count("Needs") == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Fill in “Title”."),
        ({"title": "   "}, "Fill in “Title”."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": "Har\x07bour"}, "a character in it that nobody can see (U+0007)"),
        ({"place": "nowhere"}, "Select a valid choice"),
        ({"place": ""}, "Choose something under “Where”."),
    ],
)
def test_section_add_says_what_is_wrong(brief, manager, signed_in, wrong, sentence):
    answer = signed_in(manager).post(url(brief), {"title": "Harbour", "place": "goals"} | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert len(outline(brief)) == 3


@pytest.mark.parametrize("title", ["日本", "!!!", "x" * 200])
def test_section_add_takes_any_title(brief, manager, signed_in, title):
    assert (
        signed_in(manager).post(url(brief), {"title": title, "place": "goals"}).status_code == 302
    )
    assert title in outline(brief)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_section_add_wants_a_manager(request, brief, person, method, signed_in):
    client = signed_in(request.getfixturevalue(person))
    answer = getattr(client, method)(url(brief), {"title": "Harbour", "place": "goals"})
    assert answer.status_code == 403
    assert len(outline(brief)) == 3


def test_section_add_by_a_stranger_is_not_found(brief, stranger, signed_in):
    assert signed_in(stranger).get(url(brief)).status_code == 404


def test_section_add_to_an_archived_brief_is_refused(brief, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).get(url(brief)).status_code == 403


def test_section_add_takes_no_delete(brief, manager, signed_in):
    assert signed_in(manager).delete(url(brief)).status_code == 405


@pytest.mark.parametrize("title", ["snake_case topic", "Обзор", "---", "Ünïcode & “quotes”"])
def test_section_add_gives_every_title_an_address(brief, manager, signed_in, title):
    client = signed_in(manager)
    answer = client.post(url(brief), {"title": title, "place": "goals"})
    assert client.get(answer.headers["Location"]).status_code == 200


def test_an_own_section_can_be_the_first_of_its_part(brief, manager):
    goals = Part.objects.get(key="goals")
    for title in ["B", "A"]:
        add_own_section(brief, title, part=goals, after="nothing", by=manager)
    assert outline(brief) == ["Preface", "A", "B", "Needs", "Health"]


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("goals/port", "goals/port"),
        ("other/port-2", "other/port-2"),
        ("goals/needs", "goals/needs-2"),
        ("goals/../x", "goals/harbour"),
        ("Goals/Port", "goals/harbour"),
        ("goals/port\n", "goals/harbour"),
        ("goals/" + "x" * 200, "goals/harbour"),
        ("", "goals/harbour"),
    ],
)
def test_an_own_section_gets_the_key_that_is_wanted_if_it_is_one(brief, manager, wanted, key):
    goals = Part.objects.get(key="goals")
    assert add_own_section(brief, "Harbour", part=goals, key=wanted, by=manager).key == key
