import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from briefs.commissioning.actions import add_own_section, archive_brief
from briefs.commissioning.assignments import assign_section
from briefs.models import Section
from briefs.overview.grid import Grid, templates_for
from tests.factories import add_member, approve, make_brief, put_in_review, section_of, write

URL = "section_grid"


def grid(user, **wanted) -> Grid:
    templates = templates_for(user)
    return Grid(user, templates[0] if templates else None, wanted)


def cells(of: Grid) -> dict[str, list[str]]:
    return {
        row.brief.title: [f"{cell.mark} {cell.sign}" if cell else "" for cell in row.cells]
        for row in of.rows
    }


@pytest.fixture
def two(brief, template, author, editor, manager):
    other = make_brief(template, title="Chad")
    add_member(other, manager, "manager")
    assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)
    approve(section_of(brief, "goals/needs"), author, editor)
    put_in_review(section_of(brief, "goals/health"), author)
    write(section_of(other, "opening/preface"), manager)
    return brief, other


def test_each_brief_has_a_row_and_each_section_a_column(two, manager):
    shown = grid(manager)
    assert [(column.number, column.title) for column in shown.columns] == [
        ("", "Preface"),
        ("1.1", "Needs"),
        ("1.2", "Health"),
    ]
    assert cells(shown) == {
        "Belgium": ["empty –", "approved AA", "review –"],
        "Chad": ["drafting –", "empty –", "empty –"],
    }


def test_one_sees_ones_own_briefs_and_none_that_is_archived(two, editor, manager, stranger):
    assert list(cells(grid(editor))) == ["Belgium"]
    assert grid(stranger).rows == []
    archive_brief(two[0], by=manager)
    assert list(cells(grid(manager))) == ["Chad"]


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({"state": "approved"}, {"Belgium": ["", "approved AA", ""]}),
        ({"author": "nobody", "state": "in_review"}, {"Belgium": ["", "", "review –"]}),
        ({"q": "cha"}, {"Chad": ["drafting –", "empty –", "empty –"]}),
        ({"state": "lapsed"}, {}),
    ],
)
def test_what_does_not_fit_leaves_its_place_empty(two, manager, wanted, left):
    assert cells(grid(manager, **wanted)) == left


def test_filters_by_author_and_reviewer(two, manager, author, editor):
    assert cells(grid(manager, author=str(author.pk))) == {"Belgium": ["", "approved AA", ""]}
    section_of(two[0], "goals/health").reviewers.set([editor])
    assert cells(grid(manager, reviewer=editor)) == {"Belgium": ["", "", "review –"]}


def test_what_is_late_says_so_unless_it_is_approved(two, manager, signed_in):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Section.objects.filter(brief=two[0]).update(due_date=yesterday)
    shown = grid(manager, when="overdue")
    assert cells(shown) == {"Belgium": ["empty –", "", "review –"]}
    assert shown.tally.late == 2
    page = signed_in(manager).get(reverse(URL)).content.decode()
    assert "2 sections are overdue." in page
    assert "In review, no author yet, overdue since" in page


def test_sections_of_its_own_are_counted(two, manager):
    brief = two[0]
    part = section_of(brief, "goals/needs").part
    add_own_section(brief, "Ports", part=part, by=manager)
    assert [row.others for row in grid(manager).rows] == [1, 0]


def test_it_costs_the_same_for_many_briefs(two, template, manager, author, signed_in):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            signed_in(manager).get(reverse(URL))
        return len(counted)

    few = queries()
    for number in range(6):
        other = make_brief(template, title=f"Brief {number}")
        add_member(other, manager, "manager")
        add_member(other, author, "author")
        put_in_review(section_of(other, "goals/needs"), author)
    assert queries() == few


def test_no_two_fields_of_the_page_have_one_name(two, manager, signed_in):
    page = signed_in(manager).get(reverse(URL)).content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_who_manages_nothing_gets_no_boxes(two, editor, manager, signed_in):
    assert 'name="column"' not in signed_in(editor).get(reverse(URL)).content.decode()
    assert 'name="column"' in signed_in(manager).get(reverse(URL)).content.decode()
