from django.urls import reverse

from briefs.models import Section
from briefs.review.actions import withdraw_review
from tests.factories import put_in_review, section_of, write


def address(section: Section) -> str:
    return reverse("review_withdraw", args=[section.brief.slug, section.key])


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def test_it_opens_the_text_again(preface, author, signed_in):
    put_in_review(preface, author)
    answer = signed_in(author).post(address(preface), {"revision": 1}, follow=True)
    assert "The request is withdrawn." in answer.content.decode()
    assert now(preface).state == "drafting"


def test_another_author_is_refused_with_the_reason(preface, author, second_author, signed_in):
    put_in_review(preface, author)
    answer = signed_in(second_author).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert "or a manager can withdraw the request." in answer.content.decode()
    assert now(preface).state == "in_review"


def test_a_draft_has_nothing_to_withdraw(preface, author, signed_in):
    preface.author = author
    preface.save(update_fields=["author"])
    write(preface, author)
    answer = signed_in(author).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert "This section is not in review." in answer.content.decode()


def test_a_newer_request_is_not_withdrawn_by_an_old_page(preface, author, manager, signed_in):
    put_in_review(preface, author, "One.")
    withdraw_review(preface, by=author, revision=1)
    put_in_review(preface, author, "Two.")
    answer = signed_in(manager).post(address(preface), {"revision": 1})
    assert answer.status_code == 409
    assert "it is now at revision 2" in answer.content.decode()
    assert now(preface).state == "in_review"


def test_a_post_without_a_revision_changes_nothing(preface, author, signed_in):
    put_in_review(preface, author)
    assert signed_in(author).post(address(preface), {}).status_code == 422
    assert now(preface).state == "in_review"


def test_a_stranger_finds_nothing(preface, author, stranger, signed_in):
    put_in_review(preface, author)
    assert signed_in(stranger).post(address(preface), {"revision": 1}).status_code == 404


def test_it_is_only_posted_to(preface, author, signed_in):
    assert signed_in(author).get(address(preface)).status_code == 405
