import pytest
from django.urls import reverse

from briefs.models import Section
from tests.factories import put_in_review, section_of, write


def address(section: Section) -> str:
    return reverse("review_request", args=[section.brief.slug, section.key])


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def test_it_puts_the_revision_forward(preface, author, signed_in):
    write(preface, author)
    answer = signed_in(author).post(address(preface), {"revision": 1}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(
        "section_review", args=[preface.brief.slug, preface.key]
    )
    assert "Put forward for review." in answer.content.decode()
    assert now(preface).state == "in_review"


def test_an_older_revision_is_refused_with_what_is_new(preface, author, second_author, signed_in):
    write(preface, author, "One.")
    write(preface, second_author, "Two.")
    answer = signed_in(author).post(address(preface), {"revision": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "it is now at revision 2" in page
    assert '<input type="hidden" name="revision" value="2">' in page
    assert now(preface).state == "drafting"


def test_a_viewer_is_refused_with_the_reason(preface, author, viewer, signed_in):
    write(preface, author)
    answer = signed_in(viewer).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert "You can read this brief but not write in it." in answer.content.decode()


def test_a_section_in_review_is_refused(preface, author, signed_in):
    put_in_review(preface, author)
    answer = signed_in(author).post(address(preface), {"revision": 1})
    assert answer.status_code == 403
    assert "This section is in review already." in answer.content.decode()


@pytest.mark.parametrize("posted", [{}, {"revision": ""}, {"revision": "x"}, {"revision": "-3"}])
def test_a_post_without_a_revision_changes_nothing(posted, preface, author, signed_in):
    write(preface, author)
    answer = signed_in(author).post(address(preface), posted)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert now(preface).state == "drafting"


def test_a_stranger_finds_nothing(preface, author, stranger, signed_in):
    write(preface, author)
    assert signed_in(stranger).post(address(preface), {"revision": 1}).status_code == 404
    assert now(preface).state == "drafting"


def test_it_is_only_posted_to(preface, author, signed_in):
    assert signed_in(author).get(address(preface)).status_code == 405
