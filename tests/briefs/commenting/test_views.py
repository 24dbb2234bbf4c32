"""The forms of a section's comments, with and without a script."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.commenting.actions import add_comment, resolve_comment
from briefs.commissioning.people import allow_comments
from briefs.models import Comment, Section
from tests.factories import put_in_review, section_of, write

TEXT = "Old ties hold. Exports to the region fell by five percent."


@pytest.fixture
def needs(brief, author) -> Section:
    return write(section_of(brief, "goals/needs"), author, past=TEXT)


def address(name: str, section: Section, *rest: int) -> str:
    return reverse(name, args=[section.brief.slug, section.key, *rest])


@pytest.mark.parametrize(
    ("here", "page"),
    [("section", "section_edit"), ("review", "section_review"), ("", "comment_list")],
)
def test_a_comment_leads_back_to_where_it_was_made(needs, editor, signed_in, here, page):
    answer = signed_in(editor).post(
        address("comment_add", needs),
        {"text": "Says who?", "prompt_key": "past", "quote": "Exports", "here": here},
    )
    comment = Comment.objects.get()
    assert answer.url == f"{address(page, needs)}#comment-{comment.pk}"


@pytest.mark.parametrize("page", ["section_edit", "section_review", "comment_list"])
def test_what_is_said_stands_on_every_page_of_the_section(needs, author, signed_in, page):
    add_comment(needs, "Says <b>who</b>?", by=author, prompt_key="past", quote="five percent")
    shown = signed_in(author).get(address(page, needs)).text
    assert "Says &lt;b&gt;who&lt;/b&gt;?" in shown
    assert "1 open comment" in shown
    assert 'data-passage="five percent"' in shown


def test_in_review_it_stands_beside_the_text_that_rests(brief, author, signed_in):
    section = put_in_review(section_of(brief, "goals/needs"), author, TEXT)
    add_comment(section, "Says who?", by=author)
    assert "Says who?" in signed_in(author).get(address("section_edit", section)).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Write the comment first."),
        ({"text": "x" * 5001}, "at most 5000 characters"),
        ({"prompt_key": "nowhere"}, "not one of the available choices"),
        ({"quote": "Old ties"}, "Choose the text in which this passage stands."),
    ],
)
def test_a_form_that_is_no_good_loses_nothing(needs, editor, signed_in, fields, sentence):
    page = signed_in(editor).post(
        address("comment_add", needs), {"text": "Hm.", "before": "So", **fields}
    )
    assert page.status_code == 422
    assert sentence in page.text
    assert fields.get("text", "Hm.") in page.text
    assert fields.get("quote", "") in page.text
    assert not Comment.objects.exists()


def test_a_reply_that_is_no_good_says_so_at_its_thread(needs, editor, signed_in):
    comment = add_comment(needs, "Says who?", by=editor)
    page = signed_in(editor).post(address("comment_reply", needs, comment.pk), {"text": " "})
    assert page.status_code == 422
    assert f'id="reply-{comment.pk}-mistake">Write the comment first.' in page.text


def test_a_reply_to_a_resolved_comment_is_kept(needs, editor, signed_in):
    comment = resolve_comment(add_comment(needs, "Says who?", by=editor), by=editor)
    signed_in(editor).post(address("comment_reply", needs, comment.pk), {"text": "The bank."})
    assert comment.replies.get().text == "The bank."


def test_two_who_resolve_at_once_are_told(needs, editor, author, signed_in):
    comment = add_comment(needs, "Says who?", by=editor)
    resolve_comment(comment, by=author)
    page = signed_in(editor).post(address("comment_resolve", needs, comment.pk))
    assert page.status_code == 403
    assert "This comment is resolved already." in page.text


def test_a_comment_of_another_section_is_not_found(needs, brief, editor, signed_in):
    other = add_comment(section_of(brief, "goals/health"), "Hm.", by=editor)
    for name in ("comment_reply", "comment_resolve", "comment_reopen", "comment_task"):
        where = address(name, needs, other.pk)
        assert signed_in(editor).post(where, {"text": "Hm."}).status_code == 404


def test_the_task_form_stores_person_and_day(needs, editor, author, signed_in):
    comment = add_comment(needs, "Says who?", by=editor)
    where = address("comment_task", needs, comment.pk)
    page = signed_in(editor).post(where, {"person": "", "due_date": "soon"})
    assert page.status_code == 422
    assert "Choose something under “Person”." in page.text
    signed_in(editor).post(where, {"person": author.pk, "due_date": "2026-12-24"})
    home = signed_in(author).get(reverse("home")).text
    assert "Tasks from comments" in home
    assert "1 comment is your task" in home


def test_a_task_for_a_stranger_is_no_choice(needs, editor, stranger, signed_in):
    comment = add_comment(needs, "Says who?", by=editor)
    where = address("comment_task", needs, comment.pk)
    page = signed_in(editor).post(where, {"person": stranger.pk, "due_date": "2026-12-24"})
    assert page.status_code == 422
    assert "not one of the available choices" in page.text


def test_a_viewer_sees_the_form_when_allowed(needs, brief, viewer, manager, signed_in):
    where = address("comment_list", needs)
    assert "comment-form" not in signed_in(viewer).get(where).text
    member = brief.memberships.get(user=viewer)
    signed_in(manager).post(
        reverse("member_comments", args=[brief.slug, member.pk]), {"may_comment": "1"}
    )
    assert "comment-form" in signed_in(viewer).get(where).text
    assert signed_in(viewer).post(address("comment_add", needs), {"text": "Hm."}).status_code == 302
    signed_in(manager).post(reverse("member_comments", args=[brief.slug, member.pk]))
    assert signed_in(viewer).post(address("comment_add", needs), {"text": "Ho."}).status_code == 403


def test_the_page_of_the_brief_counts_what_is_open(needs, brief, author, signed_in):
    for text in ("One.", "Two.", "Three."):
        comment = add_comment(needs, text, by=author)
    resolve_comment(comment, by=author)
    assert "2 open comments" in signed_in(author).get(brief.get_absolute_url()).text


@pytest.mark.parametrize("page", ["section_edit", "section_review", "comment_list"])
def test_five_hundred_comments_take_as_many_queries_as_one(
    needs, author, viewer, brief, manager, signed_in, page, django_assert_num_queries
):
    allow_comments(brief.memberships.get(user=viewer), is_allowed=True, by=manager)
    first = add_comment(needs, "First.", by=author, prompt_key="past", quote="Exports")
    client = signed_in(viewer)
    where = address(page, needs)
    client.get(where)
    with CaptureQueriesContext(connection) as counted:
        client.get(where)
    Comment.objects.bulk_create(
        Comment(
            section=needs,
            text=f"Number {number}.",
            prompt_key="past",
            quote="five percent",
            before="fell by ",
            position=44,
            created_by=author,
            created_by_name="Ada Author",
            parent=None,
        )
        for number in range(250)
    )
    Comment.objects.bulk_create(
        Comment(
            section=needs, text="Re.", parent=first, created_by=author, created_by_name="Ada Author"
        )
        for _number in range(250)
    )
    with django_assert_num_queries(len(counted)):
        shown = client.get(where).text
    assert "251 open comments" in shown


def test_without_the_secret_of_the_form_nothing_is_said(needs, editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(address("comment_add", needs), {"text": "Hm."}).status_code == 403
    assert not Comment.objects.exists()
