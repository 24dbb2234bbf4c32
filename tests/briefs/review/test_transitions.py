"""Every status, every move, every role, in one table."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied

from briefs.models import Section
from briefs.review.actions import (
    approve_section,
    request_changes,
    request_review,
    withdraw_review,
)
from briefs.review.transitions import TRANSITIONS, Move, status_after
from tests.factories import approve, put_in_review, section_of, send_back, write

KEY = "opening/preface"

# How a section of each state comes about; "in_review" was asked for by the first author.
REACH = {
    "empty": lambda section, author, editor: section,
    "drafting": lambda section, author, editor: write(section, author),
    "in_review": lambda section, author, editor: put_in_review(section, author),
    "changes_requested": send_back,
    "approved": approve,
    "lapsed": lambda section, author, editor: write(approve(section, author, editor), author),
}
MOVES = {
    "request": lambda section, by: request_review(section, by=by, revision=section.version),
    "withdraw": lambda section, by: withdraw_review(section, by=by, revision=section.version),
    "approve": lambda section, by: approve_section(section, by=by, revision=section.version),
    "send back": lambda section, by: request_changes(
        section, by=by, revision=section.version, comment="Why?"
    ),
}
ROLES = ["viewer", "author", "second_author", "editor", "manager", "stranger", "superuser"]
WRITERS = {"author", "second_author", "editor", "manager", "superuser"}

# (state, move) → what it becomes, and who may; every pair that is missing is refused to everybody.
ALLOWED = {
    ("drafting", "request"): ("in_review", WRITERS),
    ("changes_requested", "request"): ("in_review", WRITERS),
    ("lapsed", "request"): ("in_review", WRITERS),
    ("in_review", "withdraw"): ("drafting", {"author", "manager", "superuser"}),
    ("in_review", "approve"): ("approved", {"editor", "manager"}),
    ("in_review", "send back"): ("changes_requested", {"editor", "manager"}),
}


@pytest.mark.parametrize(
    ("state", "move", "role"), list(itertools.product(REACH, MOVES, ROLES)), ids=str
)
def test_a_move_is_allowed_where_the_table_says_and_nowhere_else(
    state, move, role, brief, author, editor, request
):
    by = request.getfixturevalue(role)
    section = REACH[state](section_of(brief, KEY), author, editor)
    assert section.state == state
    becomes, who = ALLOWED.get((state, move), (state, set()))

    if role in who:
        MOVES[move](section, by)
        assert section_of(brief, KEY).state == becomes
    else:
        decisions, acts = section.sign_offs.count(), section.activities.count()
        with pytest.raises(PermissionDenied) as refused:
            MOVES[move](section, by)
        assert str(refused.value).endswith(".")
        after = section_of(brief, KEY)
        assert (after.state, after.version) == (state, section.version)
        assert (after.sign_offs.count(), after.activities.count()) == (decisions, acts)


@pytest.mark.parametrize("status", Section.Status)
@pytest.mark.parametrize("move", Move)
def test_the_table_alone_says_where_a_move_leads(status, move):
    section = Section(status=status)
    if (status, move) in TRANSITIONS:
        assert status_after(section, move) is TRANSITIONS[status, move]
    else:
        with pytest.raises(PermissionDenied):
            status_after(section, move)


def test_a_request_in_review_says_that_it_is_already(brief, author):
    section = put_in_review(section_of(brief, KEY), author)
    with pytest.raises(PermissionDenied, match="in review already"):
        request_review(section, by=author, revision=section.version)
