"""Adding somebody who has an account."""

import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from tests.factories import make_user


def url(brief) -> str:
    return reverse("member_add", args=[brief.slug])


def test_member_add(brief, manager, stranger, signed_in):
    said = {"email": " SAM.Stranger@example.org ", "role": "editor"}
    answer = signed_in(manager).post(url(brief), said, follow=True)
    assert brief.memberships.get(user=stranger).role == "editor"
    assert "Sam Stranger is a member now." in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": "nobody@example.org", "role": "author"}, "Nobody has an account with this"),
        ({"email": "ada.author@example.org", "role": "editor"}, "Ada Author is a member already."),
        ({"email": "gone@example.org", "role": "editor"}, "This account is no longer in use"),
        ({"email": "no address", "role": "author"}, "Enter a valid email address."),
        ({"email": "", "role": "author"}, "Fill in “E-mail address”."),
        ({"email": "sam.stranger@example.org", "role": "king"}, "Select a valid choice"),
        ({}, "Fill in “E-mail address”."),
    ],
)
def test_member_add_says_what_is_wrong(brief, manager, stranger, signed_in, said, sentence):
    make_user("Gone Person", email="gone@example.org", is_active=False)
    answer = signed_in(manager).post(url(brief), said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert brief.memberships.count() == 5


@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_member_add_wants_a_manager(request, brief, stranger, person, signed_in):
    client = signed_in(request.getfixturevalue(person))
    answer = client.post(url(brief), {"email": stranger.email, "role": "viewer"})
    assert answer.status_code == 403
    assert not brief.memberships.filter(user=stranger).exists()


def test_member_add_by_a_stranger_is_not_found(brief, stranger, signed_in):
    said = {"email": stranger.email, "role": "manager"}
    assert signed_in(stranger).post(url(brief), said).status_code == 404


def test_member_add_to_an_archived_brief_is_refused(brief, manager, stranger, signed_in):
    archive_brief(brief, by=manager)
    said = {"email": stranger.email, "role": "viewer"}
    assert signed_in(manager).post(url(brief), said).status_code == 403


def test_member_add_takes_no_get(brief, manager, signed_in):
    assert signed_in(manager).get(url(brief)).status_code == 405
