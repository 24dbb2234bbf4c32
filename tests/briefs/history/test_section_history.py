import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.history.actions import restore_revision
from briefs.models import Section
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
