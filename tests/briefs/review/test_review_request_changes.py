import pytest
from django.urls import reverse

from briefs.models import Section, SignOff
from briefs.review.actions import withdraw_review
from briefs.review.forms import MAX_COMMENT
from tests.factories import put_in_review, section_of


def address(section: Section) -> str:
    return reverse("review_request_changes", args=[section.brief.slug, section.key])


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def test_it_sends_the_section_back_with_the_comment(preface, author, editor, signed_in):
    put_in_review(preface, author)
    answer = signed_in(editor).post(
        address(preface), {"revision": 1, "comment": "Which port?"}, follow=True
    )
    page = answer.content.decode()
    assert "Sent back with your words." in page
    assert "Which port?" in page
    assert now(preface).state == "changes_requested"


@pytest.mark.parametrize("comment", ["", "   ", "x" * (MAX_COMMENT + 1), "nul \x00"])
def test_a_comment_that_will_not_do_changes_nothing(comment, preface, author, editor, signed_in):
    put_in_review(preface, author)
    answer = signed_in(editor).post(address(preface), {"revision": 1, "comment": comment})
    assert answer.status_code == 422
    assert 'id="comment-mistake"' in answer.content.decode()
    assert now(preface).state == "in_review"


def test_a_stale_page_keeps_the_comment(preface, author, editor, signed_in):
    put_in_review(preface, author, "One.")
    withdraw_review(preface, by=author, revision=1)
    put_in_review(preface, author, "Two.")
    answer = signed_in(editor).post(address(preface), {"revision": 1, "comment": "Which <port>?"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "it is now at revision 2" in page
    assert "Which &lt;port&gt;?</textarea>" in page
    assert not SignOff.objects.exists()


def test_a_withdrawn_request_keeps_the_comment_to_copy(preface, author, editor, signed_in):
    put_in_review(preface, author)
    withdraw_review(preface, by=author, revision=1)
    answer = signed_in(editor).post(address(preface), {"revision": 1, "comment": "Which port?"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "There is nothing to decide: the request was withdrawn" in page
    assert "Which port?</textarea>" in page


def test_an_author_is_refused_and_keeps_the_comment(preface, author, second_author, signed_in):
    put_in_review(preface, author)
    answer = signed_in(second_author).post(
        address(preface), {"revision": 1, "comment": "Which port?"}
    )
    assert answer.status_code == 403
    assert "Which port?</textarea>" in answer.content.decode()
    assert now(preface).state == "in_review"


def test_a_post_without_a_revision_keeps_the_comment(preface, author, editor, signed_in):
    put_in_review(preface, author)
    answer = signed_in(editor).post(address(preface), {"comment": "Which port?"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "does not say which revision you read" in page
    assert "Which port?</textarea>" in page


def test_a_stranger_finds_nothing(preface, author, stranger, signed_in):
    put_in_review(preface, author)
    posted = {"revision": 1, "comment": "Hello."}
    assert signed_in(stranger).post(address(preface), posted).status_code == 404


def test_it_is_only_posted_to(preface, editor, signed_in):
    assert signed_in(editor).get(address(preface)).status_code == 405


def test_who_may_not_decide_is_told_so_before_any_mistake_in_the_form(
    preface, author, viewer, signed_in
):
    put_in_review(preface, author)
    answer = signed_in(viewer).post(address(preface), {})
    assert answer.status_code == 403
    assert "Only editors and managers of this brief decide" in answer.content.decode()
