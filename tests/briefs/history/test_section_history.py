import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.history.actions import restore_revision
from briefs.models import Section
from tests.briefs.live_text.typing import type_into
from tests.factories import approve, send_back, write


def address(section: Section) -> str:
    return reverse("section_history", args=[section.brief.slug, section.key])


def page_of(client, section: Section, **query) -> str:
    answer = client.get(address(section), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_says_who_when_why_and_how_long(preface, author, second_author, signed_in):
    write(preface, author, "One two.")
    section = write(preface, author, "One two three.")
    restore_revision(section, section.revisions.get(number=1), by=second_author, started_from=2)
    page = page_of(signed_in(author), preface)
    assert "The section has 3 revisions." in page
    assert "Revision 3</a>, the text now" in page
    assert "<bdi>Ben Author, Ada Author</bdi>, <time datetime=" in page
    assert "restored: <bdi>from revision 1</bdi>" in page
    assert '<td class="num wide-only">3</td>' in page


def test_it_says_what_was_decided_and_what_still_counts(
    preface, author, editor, manager, signed_in
):
    send_back(preface, author, manager)
    approve(preface, author, editor, "Approved.")
    client = signed_in(editor)
    page = page_of(client, preface)
    assert "You approved revision 2, the newest." in page
    assert "Sent back</span>" in page
    assert "Give the source." in page
    assert "Approved</span>" in page
    write(preface, author, "Changed.")
    page = page_of(client, preface)
    assert "You approved revision 2; 1 revision came after it." in page
    assert f"{reverse('section_compare', args=['belgium', preface.key])}?from=approved" in page
    assert "Approved then, no longer counts</span>" in page
    write(preface, author, "Approved.")
    assert "as revision 2, with the same words" in page_of(client, preface)


def test_the_two_newest_are_chosen_to_compare(preface, author, signed_in):
    for number in range(3):
        write(preface, author, f"Text {number}.")
    page = page_of(signed_in(author), preface)
    assert 'name="from" value="2" checked' in page
    assert 'name="to" value="3" checked' in page
    assert page.count(" checked") == 2


def test_an_empty_section_says_what_will_be_here(preface, author, signed_in):
    page = page_of(signed_in(author), preface)
    assert "Nothing was written in this section yet." in page
    assert "No revisions yet." in page
    assert "Compare the two chosen" not in page


@pytest.mark.parametrize(("number", "first"), [("1", 30), ("2", 5), ("99", 5), ("x", 30)])
def test_it_is_paged(number, first, preface, author, signed_in):
    for count in range(30):
        write(preface, author, f"Text {count}.")
    page = page_of(signed_in(author), preface, page=number)
    assert f"Revision {first}</a>" in page
    assert f"Revision {first + 1}</a>" not in page
    assert "of 2" in page


@pytest.mark.parametrize("role", ["viewer", "editor", "manager", "superuser"])
def test_everybody_who_sees_the_brief_reads_it(role, preface, author, signed_in, request):
    write(preface, author)
    assert "Revision 1" in page_of(signed_in(request.getfixturevalue(role)), preface)


def test_a_stranger_finds_nothing(preface, stranger, signed_in):
    assert signed_in(stranger).get(address(preface)).status_code == 404


def test_a_section_that_is_not_there_is_not_found(brief, author, signed_in):
    assert signed_in(author).get(f"/briefs/{brief.slug}/history/no/such/").status_code == 404


def test_it_is_only_read(preface, author, signed_in):
    assert signed_in(author).post(address(preface)).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_history(
    preface, author, second_author, editor, signed_in
):
    approve(preface, author, editor, "Text 0.")
    for number in range(9):
        write(preface, author, f"Text {number + 1}.")
    client = signed_in(author)
    page_of(client, preface)
    with CaptureQueriesContext(connection) as few:
        page_of(client, preface)
    for number in range(190):
        write(preface, author if number % 2 else second_author, f"More {number}.")
    with CaptureQueriesContext(connection) as many:
        page_of(client, preface)
    assert len(many) == len(few)
    assert len(few) < 20


@pytest.mark.parametrize("role", ["viewer", "author"])
def test_what_is_typed_since_the_newest_revision_is_said_and_can_be_compared(
    role, preface, author, editor, signed_in, request
):
    approve(preface, author, editor, "One.")
    write(preface, author, "One two.")
    type_into(preface, author, body="One two three.")
    page = page_of(signed_in(request.getfixturevalue(role)), preface)
    assert "Text was typed since revision 2 that is in no revision yet." in page
    assert "Revision 2</a>, the newest" in page
    assert "the text now" not in page
    compare = reverse("section_compare", args=[preface.brief.slug, preface.key])
    link = f'<a href="{compare}?from=2&amp;to=typed">'
    assert f"{link}Compare what is typed now with revision 2</a>" in page
    page = page_of(signed_in(editor), preface)
    assert f'href="{compare}?from=approved&amp;to=typed"' in page


def test_what_is_typed_before_any_revision_is_said(preface, author, viewer, signed_in):
    type_into(preface, author, body="One two three.")
    page = page_of(signed_in(viewer), preface)
    assert "Text was typed here that is in no revision yet." in page
    assert "The section has no revision yet, and somebody is writing in it." in page
    assert "Nothing was written in this section yet." not in page
    assert "?from=0&amp;to=typed" in page


def test_what_was_typed_and_taken_back_is_nothing_new(preface, author, viewer, signed_in):
    write(preface, author, "One.")
    type_into(preface, author, body="One. Two.")
    type_into(preface, author, body="One.")
    page = page_of(signed_in(viewer), preface)
    assert "Revision 1</a>, the text now" in page
    assert "no revision yet" not in page
