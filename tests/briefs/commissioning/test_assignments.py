"""Who may be a section's author and reviewer, and what is recorded."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from briefs.commissioning.actions import archive_brief
from briefs.commissioning.assignments import Assignment, assign_section, assign_sections
from briefs.models import Activity, Section
from tests.factories import make_brief, put_in_review, section_of

DAY = dt.date(2026, 12, 1)


def test_assign_section(brief, manager, author, editor):
    section = assign_section(
        section_of(brief, "goals/needs"),
        {"author": author, "reviewers": [editor], "due_date": DAY},
        by=manager,
    )
    assert (section.author, section.reviewer_names, section.due_date) == (
        author,
        "Edith Editor",
        DAY,
    )
    act = Activity.objects.all()[0]
    assert (act.verb, act.actor, act.section) == ("section_assigned", manager, section)
    assert act.detail == {
        "changed": ["author", "due_date", "reviewers"],
        "author": "Ada Author",
        "reviewers": "Edith Editor",
        "new_reviewers": [editor.pk],
        "due_date": "2026-12-01",
    }


def test_assign_section_changes_what_is_said_only(brief, manager, author, editor):
    section = section_of(brief, "goals/needs")
    assign_section(section, {"author": author, "due_date": DAY}, by=manager)
    assign_section(section, {"reviewers": [editor]}, by=manager)
    section = assign_section(section, {"due_date": None}, by=manager)
    assert (section.author, section.reviewer_names, section.due_date) == (
        author,
        "Edith Editor",
        None,
    )


def test_assign_section_without_a_change_records_nothing(brief, manager, author):
    section = section_of(brief, "goals/needs")
    assign_section(section, {"author": author}, by=manager)
    before = Activity.objects.count()
    assign_section(section, {"author": author}, by=manager)
    assert Activity.objects.count() == before


def test_assign_section_in_review_is_allowed(brief, manager, author, editor):
    section = put_in_review(section_of(brief, "goals/needs"), author)
    section = assign_section(section, {"reviewers": [editor]}, by=manager)
    assert list(section.reviewers.all()) == [editor]


def test_reviewers_are_added_to_those_there_are(brief, manager, editor):
    section = section_of(brief, "goals/needs")
    assign_section(section, {"reviewers": [editor]}, by=manager)
    assign_section(section, {"more_reviewers": [manager]}, by=manager)
    assert section.reviewer_names == "Edith Editor, Mia Manager"
    assert Activity.objects.all()[0].detail["new_reviewers"] == [manager.pk]
    assign_section(section, {"reviewers": []}, by=manager)
    assert section.reviewer_names == ""


@pytest.mark.parametrize(
    ("person", "may_write", "may_review"),
    [
        ("viewer", False, False),
        ("author", True, False),
        ("editor", True, True),
        ("manager", True, True),
        ("stranger", False, False),
        ("superuser", False, False),
    ],
)
def test_author_and_reviewer_are_members_who_may(
    request, brief, manager, person, may_write, may_review
):
    user = request.getfixturevalue(person)
    asked: list[tuple[Assignment, bool]] = [
        ({"author": user}, may_write),
        ({"author": None, "reviewers": [user]}, may_review),
    ]
    for assignment, may in asked:
        section = section_of(brief, "goals/needs")
        if may:
            section = assign_section(section, assignment, by=manager)
            assert user in (section.author, *section.reviewers.all())
        else:
            with pytest.raises(ValidationError, match="Choose a member who is at least"):
                assign_section(section, assignment, by=manager)


def test_an_account_out_of_use_is_not_assigned(brief, manager, author):
    User.objects.filter(pk=author.pk).update(is_active=False)
    author.refresh_from_db()
    with pytest.raises(ValidationError, match="Ada Author can't do that here"):
        assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)


def test_author_and_reviewer_are_two(brief, manager, editor):
    section = section_of(brief, "goals/needs")
    with pytest.raises(ValidationError, match="nobody approves their own text"):
        assign_section(section, {"author": editor, "reviewers": [editor]}, by=manager)
    assign_section(section, {"author": editor}, by=manager)
    with pytest.raises(ValidationError, match="“Needs” needs two people"):
        assign_section(section, {"reviewers": [editor]}, by=manager)


def test_assign_sections_does_all_or_none(brief, manager, editor):
    assign_section(section_of(brief, "goals/health"), {"author": editor}, by=manager)
    sections = list(Section.objects.filter(brief=brief))
    with pytest.raises(ValidationError, match="Health"):
        assign_sections(brief, sections, {"reviewers": [editor]}, by=manager)
    assert not Section.objects.filter(reviewers=editor).exists()
    assert assign_sections(brief, sections, {"due_date": DAY}, by=manager) == 3
    assert assign_sections(brief, sections, {"due_date": DAY}, by=manager) == 0


def test_nobody_is_given_a_day_that_is_past(brief, manager):
    section = section_of(brief, "goals/needs")
    today = timezone.localdate()
    assert assign_section(section, {"due_date": today}, by=manager).due_date == today
    with pytest.raises(ValidationError, match="Choose today or a later day"):
        assign_section(section, {"due_date": today - dt.timedelta(days=1)}, by=manager)


def test_assign_sections_leaves_other_briefs_alone(brief, template, manager, author):
    other = make_brief(template, title="Estonia")
    sections = list(Section.objects.filter(brief=other))
    assert assign_sections(brief, sections, {"author": author}, by=manager) == 0
    assert not Section.objects.filter(author=author).exists()


@pytest.mark.parametrize("person", ["viewer", "author", "editor", "stranger"])
def test_assigning_is_the_managers(request, brief, author, person):
    with pytest.raises(PermissionDenied, match="Only a manager"):
        assign_section(
            section_of(brief, "goals/needs"),
            {"author": author},
            by=request.getfixturevalue(person),
        )


def test_assigning_in_an_archived_brief_is_refused(brief, manager, author):
    archive_brief(brief, by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)
