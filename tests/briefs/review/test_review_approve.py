import pytest
from django.urls import reverse

from briefs.models import Section, SignOff
from briefs.review.actions import withdraw_review
from tests.factories import approve, put_in_review, section_of, write


def address(section: Section) -> str:
    return reverse("review_approve", args=[section.brief.slug, section.key])


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def test_it_approves_the_revision_on_the_screen(preface, author, editor, signed_in):
    put_in_review(preface, author)
    answer = signed_in(editor).post(address(preface), {"revision": 1}, follow=True)
    page = answer.content.decode()
    assert "Revision 1 is approved." in page
    assert "these very words are signed off" in page
    assert now(preface).state == "approved"


def test_the_first_of_two_sign_offs_says_that_another_is_needed(strict, author, editor, signed_in):
    put_in_review(strict, author)
    answer = signed_in(editor).post(address(strict), {"revision": 1}, follow=True)
    assert "it needs another person&#x27;s too" in answer.content.decode()
    assert now(strict).state == "in_review"


def test_a_revision_that_is_no_longer_the_newest_is_refused(preface, author, editor, signed_in):
    put_in_review(preface, author, "One.")
    withdraw_review(preface, by=author, revision=1)
    put_in_review(preface, author, "Two.")
    answer = signed_in(editor).post(address(preface), {"revision": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "it is now at revision 2" in page
    assert "Approve revision 2</button>" in page
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "author", "superuser"])
def test_who_may_not_decide_is_refused_with_the_reason(role, preface, author, signed_in, request):
    put_in_review(preface, author)
    answer = signed_in(request.getfixturevalue(role)).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert "Only editors and managers of this brief decide" in answer.content.decode()
    assert now(preface).state == "in_review"


def test_a_writer_is_refused_with_the_reason(preface, editor, signed_in):
    put_in_review(preface, editor)
    answer = signed_in(editor).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert "You wrote in this section" in answer.content.decode()
    assert now(preface).state == "in_review"


def test_a_draft_cannot_be_approved(preface, author, editor, signed_in):
    write(preface, author)
    answer = signed_in(editor).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert "This section is not in review. There is nothing to decide:" in answer.content.decode()


def test_pressing_twice_signs_off_once(preface, author, editor, signed_in):
    approve(preface, author, editor)
    answer = signed_in(editor).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert SignOff.objects.count() == 1


def test_a_post_without_a_revision_changes_nothing(preface, author, editor, signed_in):
    put_in_review(preface, author)
    answer = signed_in(editor).post(address(preface), {})
    assert answer.status_code == 422
    assert "does not say which revision you read" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_a_stranger_finds_nothing(preface, author, stranger, signed_in):
    put_in_review(preface, author)
    assert signed_in(stranger).post(address(preface), {"revision": 1}).status_code == 404


def test_it_is_only_posted_to(preface, editor, signed_in):
    assert signed_in(editor).get(address(preface)).status_code == 405
