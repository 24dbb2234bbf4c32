"""Which words find which brief."""

import pytest

from briefs.commissioning.actions import add_own_section
from briefs.models import Brief
from briefs.overview.search import search_briefs, words_of
from tests.factories import make_brief, section_of, write


@pytest.fixture
def written(brief, author, manager):
    write(section_of(brief, "goals/needs"), author, past="The river élan of ÄLVSJÖ, 100% sure.")
    write(section_of(brief, "goals/health"), author, "A hospital_bed in Łódź \\ Straße.")
    part = section_of(brief, "goals/needs").part
    add_own_section(brief, "Harbour treaty", part=part, by=manager)
    make_brief(brief.template, title="Estonia", subject="The north", reference="CB-7")
    return brief


def found(query: str) -> list[str]:
    return [brief.title for brief in search_briefs(Brief.objects.all(), query)]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Belgium", "Estonia"]),
        ("   ", ["Belgium", "Estonia"]),
        ("belg", ["Belgium"]),
        ("NORTH", ["Estonia"]),
        ("cb-7", ["Estonia"]),
        ("harbour", ["Belgium"]),
        ("river hospital", ["Belgium"]),
        ("river north", []),
        ("river river", ["Belgium"]),
        ("Élan", ["Belgium"]),
        ("e\u0301lan", ["Belgium"]),
        ("älvsjö", ["Belgium"]),
        ("ŁÓDŹ", ["Belgium"]),
        ("łódź", ["Belgium"]),
        ("100%", ["Belgium"]),
        ("1%", []),
        ("l_spital", []),
        ("hospital_bed", ["Belgium"]),
        ("hospital%bed", []),
        ("\\", ["Belgium"]),
        ("é.an", []),
        ("é*", []),
        ("[é", []),
        ("'", []),
        ('"', []),
    ],
)
def test_search_finds_the_briefs_that_hold_every_word(written, query, titles):
    assert found(query) == titles


def test_search_is_of_the_text_as_it_is_now(written, author):
    write(section_of(written, "goals/needs"), author, past="Nothing of it.")
    assert found("river") == []


def test_words_count_once():
    assert [word.casefold() for word in words_of(" one  Two ONE\ntwo ")] == ["one", "two"]
