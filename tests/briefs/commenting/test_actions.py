"""Remarks, replies, settling and tasks, by the rules of a brief."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from briefs.commenting import actions
from briefs.commenting.actions import (
    add_comment,
    give_task,
    reopen_comment,
    reply_to,
    resolve_comment,
)
from briefs.commenting.discussion import Discussion
from briefs.commenting.passages import working_texts
from briefs.commissioning.actions import archive_brief
from briefs.commissioning.people import allow_comments, remove_member
from briefs.models import Activity, Comment, Revision, SignOff
from briefs.prompts import questions_of
from tests.factories import approve, put_in_review, section_of, send_back, write

TEXT = "Old ties hold. Exports to the region **fell** by five percent in 2024. More follows."
QUOTE = "Exports to the region fell by five percent"
DAY = dt.date(2026, 12, 24)


@pytest.fixture
def needs(brief, author):
    return write(section_of(brief, "goals/needs"), author, past=TEXT)


def discuss(section, user):
    section = section_of(section.brief, section.key)
    return Discussion(section, user, questions_of(section), working_texts(section))


@pytest.fixture
def comment(needs, editor):
    return add_comment(needs, "Says who?", by=editor, prompt_key="past", quote=QUOTE)


def test_a_comment_is_on_the_passage_that_was_read(needs, editor):
    comment = add_comment(
        needs, " Says who? ", by=editor, prompt_key="past", quote=" Exports to\nthe region fell "
    )
    assert (comment.text, comment.quote) == ("Says who?", "Exports to the region fell")
    assert (comment.before, comment.position) == ("Old ties hold. ", 15)
    assert comment.revision.number == 1
    act = Activity.objects.latest("pk")
    assert (act.verb, act.actor, act.section, act.revision) == (
        Activity.Verb.COMMENT_ADDED,
        editor,
        needs,
        comment.revision,
    )
    assert act.detail["comment_id"] == comment.pk


def test_a_quote_from_the_editor_has_its_marks(needs, editor):
    comment = add_comment(
        needs, "Why?", by=editor, prompt_key="past", quote="region **fell** by", before="to the "
    )
    assert comment.quote == "region fell by"
    [thread] = discuss(needs, editor).open
    assert thread.passage == "region fell by"


def test_a_comment_is_on_a_prompt_or_on_the_section(needs, editor):
    add_comment(needs, "Too long.", by=editor)
    add_comment(needs, "Too old.", by=editor, prompt_key="past")
    threads = discuss(needs, editor).open
    assert [(thread.comment.text, thread.label) for thread in threads] == [
        ("Too long.", ""),
        ("Too old.", "Past"),
    ]


def test_it_follows_its_passage_and_says_that_it_changed(needs, author, editor, comment):
    write(needs, author, past=f"New first.\n\n{TEXT.replace('five', 'four')}")
    [thread] = discuss(needs, editor).open
    assert thread.passage == QUOTE.replace("five", "four")
    assert thread.place.is_changed


def test_a_passage_that_is_gone_stays_with_its_quote(needs, author, editor, comment):
    write(needs, author, past="Written anew.")
    [thread] = discuss(needs, editor).open
    assert thread.is_gone
    assert thread.comment.quote == QUOTE


def test_a_passage_that_went_while_the_page_was_open_is_kept(needs, author, editor):
    write(needs, author, past="Written anew.")
    comment = add_comment(needs, "Says who?", by=editor, prompt_key="past", quote=QUOTE)
    assert comment.quote == QUOTE
    assert discuss(needs, editor).open[0].is_gone


def test_threads_stand_in_the_order_of_the_text(needs, author, editor):
    write(needs, author, past=TEXT, future="Nothing is known.")
    for quote in ("More follows", "no such passage", "Old ties"):
        add_comment(needs, quote, by=editor, prompt_key="past", quote=quote)
    add_comment(needs, "Future", by=editor, prompt_key="future", quote="Nothing")
    said = [thread.comment.text for thread in discuss(needs, editor).open]
    assert said == ["Old ties", "More follows", "no such passage", "Future"]


def test_pressed_twice_it_is_made_once(needs, editor, comment):
    again = add_comment(needs, "Says who?", by=editor, prompt_key="past", quote=QUOTE)
    assert again == comment
    assert Activity.objects.filter(verb=Activity.Verb.COMMENT_ADDED).count() == 1


def test_a_reply_belongs_to_the_first_remark(needs, author, comment):
    reply = reply_to(comment, "The bank.", by=author)
    other = reply_to(reply, "And the office.", by=author)
    assert (reply.parent, other.parent) == (comment, comment)
    [thread] = discuss(needs, author).open
    assert thread.replies == [reply, other]


def test_people_who_are_named_are_mentioned(needs, author, editor, viewer, stranger):
    comment = add_comment(
        needs,
        "@ada author and @Vic Viewer, ask @Stranger; not @Edith Editors",
        by=editor,
    )
    assert set(comment.mentioned.all()) == {author, viewer}
    assert Activity.objects.latest("pk").detail["mentioned"] == ["Ada Author", "Vic Viewer"]


def test_resolved_and_reopened(needs, author, editor, comment):
    resolve_comment(comment, by=author)
    discussion = discuss(needs, editor)
    assert (discussion.open, len(discussion.resolved)) == ([], 1)
    assert discussion.resolved[0].comment.resolved_by_name == "Ada Author"
    with pytest.raises(PermissionDenied, match="resolved already"):
        resolve_comment(comment, by=editor)
    reopen_comment(comment, by=editor)
    assert len(discuss(needs, editor).open) == 1
    with pytest.raises(PermissionDenied, match="open already"):
        reopen_comment(comment, by=editor)


def test_a_comment_becomes_somebodys_task(author, editor, comment):
    give_task(comment, author, DAY, by=editor)
    comment.refresh_from_db()
    assert (comment.task_for, comment.due_date) == (author, DAY)
    assert list(Comment.objects.tasks_of(author)) == [comment]
    act = Activity.objects.latest("pk")
    assert (act.detail["name"], act.detail["due_date"]) == ("Ada Author", "2026-12-24")
    resolve_comment(comment, by=author)
    assert not Comment.objects.tasks_of(author).exists()
    with pytest.raises(PermissionDenied, match="Reopen it first"):
        give_task(comment, author, DAY, by=editor)


def test_a_task_is_for_a_member(editor, stranger, comment):
    with pytest.raises(ValidationError, match="member of this brief"):
        give_task(comment, stranger, DAY, by=editor)


def test_the_tasks_of_who_left_are_nobodys_duty_and_names_stay(
    brief, author, editor, manager, comment
):
    give_task(comment, author, DAY, by=editor)
    reply_to(comment, "Mine.", by=author)
    remove_member(brief.memberships.get(user=author), by=manager)
    assert not Comment.objects.tasks_of(author).exists()
    [thread] = discuss(comment.section, editor).open
    assert thread.replies[0].created_by_name == "Ada Author"


def test_a_viewer_comments_when_allowed(brief, needs, viewer, manager, comment):
    with pytest.raises(PermissionDenied, match="not comment on it"):
        add_comment(needs, "Hm.", by=viewer)
    with pytest.raises(PermissionDenied, match="not comment on it"):
        reply_to(comment, "Hm.", by=viewer)
    allow_comments(brief.memberships.get(user=viewer), is_allowed=True, by=manager)
    own = add_comment(needs, "Hm.", by=viewer)
    reply_to(comment, "Hm.", by=viewer)
    with pytest.raises(PermissionDenied, match="can settle it"):
        resolve_comment(comment, by=viewer)
    resolve_comment(own, by=viewer)
    allow_comments(brief.memberships.get(user=viewer), is_allowed=False, by=manager)
    with pytest.raises(PermissionDenied, match="not comment on it"):
        add_comment(needs, "Hm again.", by=viewer)


@pytest.mark.parametrize("name", ["stranger", "viewer"])
def test_who_may_not(needs, comment, name, request):
    user = request.getfixturevalue(name)
    for act in (
        lambda: add_comment(needs, "Hm.", by=user),
        lambda: reply_to(comment, "Hm.", by=user),
        lambda: resolve_comment(comment, by=user),
        lambda: reopen_comment(comment, by=user),
        lambda: give_task(comment, user, DAY, by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("status", ["drafting", "in_review", "approved", "changes_requested"])
@pytest.mark.parametrize("name", ["author", "editor", "manager"])
def test_whoever_works_on_a_brief_comments_in_every_status(
    brief, author, editor, status, name, request
):
    section = section_of(brief, "goals/needs")
    if status == "drafting":
        write(section, author, past=TEXT)
    elif status == "in_review":
        put_in_review(section, author, TEXT)
    elif status == "approved":
        approve(section, author, editor, TEXT)
    else:
        send_back(write(section, author, past=TEXT), author, editor)
    user = request.getfixturevalue(name)
    comment = add_comment(section_of(brief, "goals/needs"), "Hm.", by=user)
    resolve_comment(comment, by=user)


def test_comments_touch_no_text_and_no_sign_off(brief, author, editor):
    section = approve(section_of(brief, "goals/needs"), author, editor, TEXT)
    revisions, decisions = Revision.objects.count(), SignOff.objects.count()
    before = section_of(brief, "goals/needs").content_hash
    resolve_comment(add_comment(section, "Hm.", by=author), by=author)
    section = section_of(brief, "goals/needs")
    assert section.is_approved
    assert section.content_hash == before
    assert (Revision.objects.count(), SignOff.objects.count()) == (revisions, decisions)


def test_nothing_is_said_in_an_archived_brief(needs, manager, comment):
    archive_brief(needs.brief, by=manager)
    for act in (
        lambda: add_comment(needs, "Hm.", by=manager),
        lambda: reply_to(comment, "Hm.", by=manager),
        lambda: resolve_comment(comment, by=manager),
        lambda: give_task(comment, manager, DAY, by=manager),
    ):
        with pytest.raises(PermissionDenied, match="archived"):
            act()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " \n"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"prompt_key": "nowhere"}, "prompt_key"),
        ({"quote": "Old ties"}, "prompt_key"),
        ({"prompt_key": "past", "quote": "x" * 2001}, "quote"),
    ],
)
def test_what_is_no_comment_is_refused_by_field(needs, editor, fields, field):
    with pytest.raises(ValidationError) as refused:
        add_comment(needs, **{"text": "Hm.", **fields}, by=editor)
    assert list(refused.value.error_dict) == [field]
    assert not Comment.objects.exists()


def test_the_same_words_later_are_another_comment(needs, editor, comment, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", dt.timedelta(0))
    again = add_comment(needs, "Says who?", by=editor, prompt_key="past", quote=QUOTE)
    assert again != comment
