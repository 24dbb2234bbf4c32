"""The state that the database computes is the one that a section says of itself."""

import pytest
from django.db.models import F

from briefs.models import Section, with_sign_offs
from briefs.overview.states import in_states, with_state
from briefs.review.actions import approve_section, withdraw_review
from tests.factories import (
    add_member,
    approve,
    make_brief,
    put_in_review,
    section_of,
    send_back,
    write,
)

State = Section.State


@pytest.fixture
def sections_in_every_state(brief, template, author, editor, manager):
    """Four briefs of three sections; together they are in every state, on every way there."""
    others = [_copy(brief, template, f"Brief {number}") for number in range(3)]
    write(section_of(brief, "opening/preface"), author)
    put_in_review(section_of(brief, "goals/needs"), author)
    send_back(section_of(others[0], "opening/preface"), author, editor)
    approve(section_of(others[0], "goals/needs"), author, editor)
    write(approve(section_of(others[0], "goals/health"), author, editor, "First."), author, "2nd.")
    again = approve(section_of(others[1], "goals/health"), author, editor, "First.")
    write(write(again, author, "Second."), author, "First.")
    emptied = approve(section_of(others[1], "opening/preface"), author, editor, "First.")
    write(emptied, author, body="")
    withdrawn = put_in_review(section_of(others[1], "goals/needs"), author)
    withdraw_review(withdrawn, by=author, revision=withdrawn.version)
    put_in_review(approve(section_of(others[2], "goals/needs"), author, editor), author, "Second.")
    better = put_in_review(
        send_back(section_of(others[2], "goals/health"), author, editor), author, "Better."
    )
    approve_section(better, by=manager, revision=better.version)


def _copy(brief, template, title):
    copy = make_brief(template, title=title)
    for member in brief.memberships.all():
        add_member(copy, member.user, member.role)
    return copy


@pytest.mark.usefixtures("sections_in_every_state")
def test_states_are_those_that_sections_say():
    in_database = dict(with_state(Section.objects.all()).values_list("pk", F("state_now")))
    said = {row.pk: row.state.value for row in with_sign_offs(Section.objects.all())}

    assert in_database == said
    assert set(said.values()) == set(State.values)
    for state in State:
        found = set(in_states(Section.objects.all(), [state]).values_list("pk", flat=True))
        assert found == {pk for pk, value in said.items() if value == state}
