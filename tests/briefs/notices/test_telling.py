"""Who is told of what: each act's people, and never who did it."""

import datetime as dt
from datetime import UTC

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from background.models import Job
from briefs.commenting.actions import add_comment, give_task, reply_to
from briefs.commissioning.assignments import assign_section
from briefs.commissioning.people import add_member, change_role, remove_member
from briefs.models import Activity, Notice, Section
from briefs.notices.kinds import KINDS
from briefs.notices.telling import tell_of_dates
from briefs.review.actions import withdraw_review
from briefs.suggesting.actions import Proposal, accept_suggestion, make_suggestion
from tests.factories import approve, put_in_review, release, section_of, send_back

KEY = "goals/needs"


@pytest.fixture
def section(brief, author, editor) -> Section:
    Section.objects.filter(brief=brief, key=KEY).update(author=author)
    section_of(brief, KEY).reviewers.set([editor])
    return section_of(brief, KEY)


def told() -> set[tuple[str, str]]:
    return {(notice.user.name, notice.kind) for notice in Notice.objects.all()}


def test_the_reviewer_is_asked(section, author):
    put_in_review(section, author)
    assert told() == {("Edith Editor", "review_asked")}


def test_without_a_reviewer_all_who_decide_are_asked(brief, author):
    put_in_review(section_of(brief, KEY), author)
    assert told() == {("Edith Editor", "review_asked"), ("Mia Manager", "review_asked")}


def test_a_withdrawal_is_told_to_who_was_asked(section, author):
    section = put_in_review(section, author)
    withdraw_review(section, by=author, revision=section.version)
    assert ("Edith Editor", "review_withdrawn") in told()


def test_a_decision_is_told_to_who_writes_and_asked_but_not_to_who_decided(section, author, editor):
    approve(section, author, editor)
    send_back(section, author, editor)
    mine = {pair for pair in told() if pair[1] in {"approved", "changes_requested"}}
    assert mine == {("Ada Author", "approved"), ("Ada Author", "changes_requested")}


def test_an_assignment_is_told_to_who_gets_it(brief, author, editor, manager):
    assign_section(section_of(brief, KEY), {"author": author, "reviewers": [editor]}, by=manager)
    assert told() == {("Ada Author", "assigned"), ("Edith Editor", "assigned")}


def test_who_assigns_a_section_to_themselves_is_not_told(brief, manager):
    assign_section(section_of(brief, KEY), {"author": manager}, by=manager)
    assert told() == set()


def test_members_are_told_that_they_come_change_and_go(brief, stranger, manager):
    member = add_member(brief, stranger, "viewer", by=manager)
    change_role(member, "author", by=manager)
    remove_member(member, by=manager)
    notices = list(Notice.objects.filter(user=stranger))
    assert [notice.kind for notice in notices] == ["membership"] * 3
    # All that is left is that it ended, under the title of then.
    left = Notice.objects.told_to(stranger).get()
    assert (left.brief, left.title) == (None, "Belgium")


def test_an_edition_is_told_to_all_others(brief, manager):
    release(brief, manager)
    assert {name for name, kind in told() if kind == "released"} == {
        "Vic Viewer",
        "Ada Author",
        "Ben Author",
        "Edith Editor",
    }


def test_a_comment_is_told_once_as_what_it_is_most(section, author, editor, manager, viewer):
    comment = add_comment(section, "Says who, @Ada Author?", by=manager)
    assert told() == {("Ada Author", "mentioned"), ("Edith Editor", "comment")}
    Notice.objects.all().delete()
    reply_to(comment, "The ministry.", by=author)
    assert told() == {("Mia Manager", "reply")}
    Notice.objects.all().delete()
    give_task(comment, viewer, timezone.localdate(), by=manager)
    assert told() == {("Vic Viewer", "task")}


def test_a_suggestion_is_told_to_the_writers_and_its_answer_to_who_made_it(brief, author, editor):
    section = put_in_review(section_of(brief, "goals/health"), author, "Words.")
    Notice.objects.all().delete()
    proposal = Proposal("body", 0, "Words", "Others")
    suggestion = make_suggestion(section, proposal, by=editor, revision=1)
    assert told() == {("Ada Author", "suggestion")}
    Notice.objects.all().delete()
    accept_suggestion(suggestion, by=author, revision=1)
    assert told() == {("Edith Editor", "suggestion_answered")}


def test_an_act_that_is_undone_tells_nobody(section, author):
    with transaction.atomic():
        put_in_review(section, author)
        transaction.set_rollback(True)
    assert (told(), Job.objects.count()) == (set(), 0)


def test_every_kind_has_words_for_its_acts():
    for kind in KINDS:
        assert kind.says
        assert set(kind.says) <= {*Activity.Verb.values, kind.key}


def test_dates_are_told_once_by_each_ones_own_calendar(section, author, monkeypatch):
    # 30 June is over in Auckland and not yet in New York.
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 6, 30, 20, tzinfo=UTC))
    Section.objects.filter(pk=section.pk).update(due_date=dt.date(2026, 6, 30))
    User.objects.filter(pk=author.pk).update(time_zone="America/New_York")
    tell_of_dates()
    tell_of_dates()
    assert [notice.kind for notice in Notice.objects.all()] == ["due_soon"]
    User.objects.filter(pk=author.pk).update(time_zone="Pacific/Auckland")
    tell_of_dates()
    tell_of_dates()
    assert sorted(notice.kind for notice in Notice.objects.all()) == ["due_soon", "overdue"]


def test_dates_of_what_is_approved_or_archived_are_not_told(brief, section, author, editor):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Section.objects.filter(pk=section.pk).update(due_date=yesterday)
    approve(section, author, editor)
    tell_of_dates()
    assert not Notice.objects.filter(kind="overdue").exists()


def test_a_late_section_without_an_author_is_told_to_managers(brief):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Section.objects.filter(brief=brief, key=KEY).update(due_date=yesterday)
    tell_of_dates()
    assert told() == {("Mia Manager", "overdue")}
