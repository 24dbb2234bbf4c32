"""Decisions where people, clocks and pages are at odds; and who may take which step when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from briefs.commissioning.actions import archive_brief
from briefs.commissioning.people import remove_member
from briefs.drafting.actions import save_section
from briefs.models import Brief, Section, SignOff
from briefs.permissions import (
    check_can_answer_suggestions,
    check_can_archive,
    check_can_comment,
    check_can_edit,
    check_can_manage,
    check_can_release,
    check_can_upgrade,
    check_can_view,
    refusal,
)
from briefs.review.actions import (
    approve_section,
    check_can_approve,
    check_can_request_changes,
    check_can_request_review,
    check_can_withdraw,
    request_changes,
    request_review,
    withdraw_review,
)
from briefs.review.overriding import check_can_override_now
from briefs.suggesting.actions import check_can_suggest_now
from tests.factories import approve, put_in_review, section_of, send_back, write


def on_brief(rule: Callable[[User, Brief], None]) -> Callable[[User, Section], None]:
    return lambda user, section: rule(user, section.brief)


ROLES = ["stranger", "viewer", "author", "second_author", "editor", "manager", "superuser"]
STEPS = {
    "request": check_can_request_review,
    "withdraw": check_can_withdraw,
    "approve": check_can_approve,
    "request_changes": check_can_request_changes,
    "override": check_can_override_now,
    "suggest": check_can_suggest_now,
    "answer a suggestion": check_can_answer_suggestions,
    "edit": check_can_edit,
    **{
        step: on_brief(rule)
        for step, rule in {
            "view": check_can_view,
            "comment": check_can_comment,
            "manage": check_can_manage,
            "upgrade": check_can_upgrade,
            "release": check_can_release,
            "archive": check_can_archive,
        }.items()
    },
}
MEMBERS = {"viewer", "author", "second_author", "editor", "manager", "superuser"}
MANAGERS = {"manager", "superuser"}
WRITERS = {"author", "second_author", "editor", "manager", "superuser"}
WAS_IN_REVIEW = ["in_review", "changes_requested", "approved", "lapsed"]
IN_USE = ["empty", "drafting", *WAS_IN_REVIEW]
STATES = [*IN_USE, "archived"]
# Who may, by step and status; nobody may what is not named. The author has asked for the review.
MAY = {
    ("request", "drafting"): WRITERS,
    ("request", "changes_requested"): WRITERS,
    ("request", "lapsed"): WRITERS,
    ("withdraw", "in_review"): {"author", "manager", "superuser"},
    ("approve", "in_review"): {"editor", "manager"},
    ("request_changes", "in_review"): {"editor", "manager"},
    ("override", "in_review"): {"manager"},
    ("suggest", "in_review"): {"editor", "manager"},
    # Until somebody asks for review, only managers answer for a section without an author.
    **{("answer a suggestion", state): MANAGERS for state in ("empty", "drafting")},
    **{("answer a suggestion", state): {"author"} | MANAGERS for state in WAS_IN_REVIEW},
    **{("edit", state): WRITERS for state in IN_USE if state != "in_review"},
    **{("view", state): MEMBERS for state in STATES},
    **{("comment", state): WRITERS for state in IN_USE},
    **{(step, state): MANAGERS for step in ("manage", "upgrade", "release") for state in IN_USE},
    **{("archive", state): MANAGERS for state in STATES},
}


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def bring(section: Section, state: str, author: User, editor: User, manager: User) -> Section:
    if state == "drafting":
        write(section, author)
    elif state in ("in_review", "archived"):
        put_in_review(section, author)
    elif state == "changes_requested":
        send_back(section, author, editor)
    elif state in ("approved", "lapsed"):
        approve(section, author, editor)
    if state == "lapsed":
        write(section, author)
    if state == "archived":
        archive_brief(section.brief, by=manager)
    section = now(section)
    assert section.state == ("in_review" if state == "archived" else state)
    return section


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_a_step_is_open_to_a_role_in_a_status_as_the_table_says(
    role, state, preface, author, editor, manager, request
):
    section = bring(preface, state, author, editor, manager)
    person = request.getfixturevalue(role)
    open_steps = {step for step, check in STEPS.items() if not refusal(check, person, section)}
    assert open_steps == {step for step in STEPS if role in MAY.get((step, state), set())}


def test_who_is_removed_in_mid_review_decides_no_more_and_what_they_gave_keeps_their_name(
    strict, author, editor, manager
):
    put_in_review(strict, author)
    approve_section(strict, by=editor, revision=1)
    remove_member(strict.brief.memberships.get(user=editor), by=manager)
    with pytest.raises(PermissionDenied):
        approve_section(strict, by=editor, revision=1)
    with pytest.raises(PermissionDenied):
        request_changes(strict, by=editor, revision=1, comment="Wait.")
    assert now(strict).state == "in_review"
    assert SignOff.objects.get().decided_by_name == editor.name


def test_the_second_of_two_opposite_decisions_is_refused(preface, author, editor, manager):
    put_in_review(preface, author)
    request_changes(preface, by=manager, revision=1, comment="Give the source.")
    with pytest.raises(PermissionDenied):
        approve_section(preface, by=editor, revision=1)
    assert now(preface).state == "changes_requested"
    assert SignOff.objects.count() == 1


def test_a_clock_set_back_does_not_change_which_decision_was_the_later(
    strict, author, editor, manager, monkeypatch
):
    put_in_review(strict, author)
    approve_section(strict, by=editor, revision=1)
    earlier = timezone.now() - timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    request_changes(strict, by=editor, revision=1, comment="I overlooked a name.")
    request_review(strict, by=author, revision=1)
    first, second = SignOff.objects.order_by("pk")
    assert second.decided_at < first.decided_at
    assert now(strict).approvals == 0
    assert not approve_section(strict, by=manager, revision=1).clears_section


def test_text_written_after_a_withdrawal_is_not_what_an_open_page_approves(preface, author, editor):
    put_in_review(preface, author, "One.")
    withdraw_review(preface, by=author, revision=1)
    save_section(now(preface), {"body": "Two."}, by=author, started_from=1)
    request_review(preface, by=author, revision=2)
    with pytest.raises(PermissionDenied, match="now at revision 2"):
        approve_section(preface, by=editor, revision=1)
    assert not SignOff.objects.exists()
    assert approve_section(preface, by=editor, revision=2).clears_section
