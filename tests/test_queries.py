"""No page and no action asks the database more often because there is more in it.

Pages whose own tests hold that are not here: home, the list, the brief, its activity, history,
compare and members.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.commissioning.actions import add_own_section
from briefs.document.tree import TextState
from briefs.drafting.actions import save_section
from briefs.models import Brief, LooseText, Section
from briefs.reading import read_document
from tests.factories import (
    add_member,
    approve,
    make_brief,
    make_user,
    put_in_review,
    section_of,
    send_back,
    write,
)

KEY = "goals/needs"
PAGES_OF_A_BRIEF = [
    "brief_change",
    "brief_archive",
    "section_add",
    "section_assign_many",
    "brief_clearance",
    "loose_text_list",
    "brief_export",
    "brief_pages",
    "brief_import_into",
]
PAGES_OF_A_SECTION = ["section_edit", "section_review", "section_assign"]
PAGES_OF_A_REVISION = ["revision_detail", "section_restore"]


@pytest.fixture
def small(brief, author, editor) -> Brief:
    """One of everything that a page may show."""
    approve(section_of(brief, KEY), author, editor)
    write(section_of(brief, KEY), author)
    LooseText.objects.create(brief=brief, section=section_of(brief, KEY), kind="parked", text="x")
    LooseText.objects.create(brief=brief, kind="set_aside", text="y")
    return brief


@pytest.fixture
def grow(small, author, second_author, editor, manager) -> Callable[[], None]:
    """More of everything: revisions, sign-offs, sections in every status, loose texts, members,
    briefs."""

    def grow() -> None:
        needs = section_of(small, KEY)
        for number in range(30):
            writer = second_author if number % 2 else author
            needs = write(needs, writer, past=f"Past {number}.", future=f"Future {number}.")
        approve(needs, author, editor)
        write(needs, author)
        part = needs.part
        for number in range(12):
            own = add_own_section(small, f"Own {number}", part=part, by=manager)
            Section.objects.filter(pk=own.pk).update(author=author)
            own.reviewers.set([editor])
            step = [approve, send_back, _put_in_review][number % 3]
            step(section_of(small, own.key), author, editor)
            LooseText.objects.create(brief=small, section=own, kind="parked", text="x")
            LooseText.objects.create(brief=small, section=needs, kind="parked", text="z")
            LooseText.objects.create(brief=small, kind="set_aside", text="y")
            add_member(small, make_user(f"Member {number}"), "viewer")
            other = make_brief(small.template, title=f"Country {number}")
            add_member(other, manager, "manager")
            write(section_of(other, KEY), manager)

    return grow


def _put_in_review(section: Section, author, _editor) -> Section:
    return put_in_review(section, author)


def _count(act: Callable[[], object]) -> int:
    """How many queries a run takes, when an earlier one has filled the caches of the process."""
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def _holds(client: Client, address: str, grow: Callable[[], None]) -> None:
    def load() -> None:
        assert client.get(address).status_code == 200

    before = _count(load)
    grow()
    assert _count(load) == before


@pytest.mark.parametrize("name", PAGES_OF_A_BRIEF)
def test_a_page_of_a_brief_asks_the_same_of_more(name, small, grow, manager, signed_in):
    _holds(signed_in(manager), reverse(name, args=[small.slug]), grow)


@pytest.mark.parametrize("name", PAGES_OF_A_SECTION)
def test_a_page_of_a_section_asks_the_same_of_more(name, small, grow, manager, signed_in):
    _holds(signed_in(manager), reverse(name, args=[small.slug, KEY]), grow)


@pytest.mark.parametrize("name", PAGES_OF_A_REVISION)
def test_a_page_of_a_revision_asks_the_same_of_more(name, small, grow, manager, signed_in):
    _holds(signed_in(manager), reverse(name, args=[small.slug, KEY, 1]), grow)


def test_a_search_asks_the_same_of_more(small, grow, manager, signed_in):
    _holds(signed_in(manager), f"{reverse('brief_list')}?q=words", grow)


def test_a_text_without_a_place_asks_the_same_of_more(small, grow, manager, signed_in):
    loose = LooseText.objects.filter(brief=small).earliest("pk")
    _holds(signed_in(manager), reverse("loose_text_detail", args=[small.slug, loose.pk]), grow)


@pytest.mark.parametrize("text", TextState)
def test_a_document_is_read_in_as_many_queries_when_there_is_more(text, small, grow):
    before = _count(lambda: read_document(small, text))
    grow()
    assert _count(lambda: read_document(small, text)) == before


def test_a_save_asks_the_same_of_more(small, grow, author):
    def save() -> None:
        section = section_of(small, KEY)
        texts = {"past": f"Past of revision {section.version + 1}."}
        assert save_section(section, texts, by=author, started_from=section.version).revision

    before = _count(save)
    grow()
    assert _count(save) == before
