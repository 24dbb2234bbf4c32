"""The page behind an invitation's link, open to everybody."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from briefs.commissioning.invitations import invite, withdraw_invitation
from tests.factories import PASSWORD, make_user

NEW = {"name": "New Person", "password": PASSWORD, "repeated": PASSWORD}


@pytest.fixture
def link(brief, manager, django_capture_on_commit_callbacks):
    def invited(email="new.person@example.org", role="author") -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite(brief, email, role, by=manager)
        found = re.search(r"/invitations/[\w-]+/", mail.outbox[-1].body)
        assert found is not None
        return found[0]

    return invited


def test_invitation_accept_by_somebody_new_signs_them_in(brief, link):
    client, address = Client(), link()
    page = client.get(address)
    assert page.status_code == 200
    assert "Mia Manager invites you to work on “Belgium”. Your role: Author." in (
        page.content.decode()
    )
    assert "no-store" in page.headers["Cache-Control"]

    answer = client.post(address, NEW, follow=True)

    assert answer.redirect_chain == [(brief.get_absolute_url(), 302)]
    assert "Welcome." in answer.content.decode()
    user = User.objects.get(email="new.person@example.org")
    assert brief.memberships.get(user=user).role == "author"
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Fill in “Your name”."),
        ({"name": "   "}, "Fill in “Your name”."),
        ({"password": "short", "repeated": "short"}, "at least 12 characters"),
        ({"repeated": "another long secret"}, "The two passwords differ."),
        ({"name": "x" * 151}, "at most 150 characters"),
    ],
)
def test_invitation_accept_says_what_is_wrong(link, wrong, sentence):
    answer = Client().post(link(), NEW | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(email="new.person@example.org").exists()


def test_invitation_accept_by_the_invited_account(brief, link, stranger, signed_in):
    client, address = signed_in(stranger), link(stranger.email, "editor")
    assert "Accept the invitation" in client.get(address).content.decode()
    assert not brief.memberships.filter(user=stranger).exists()
    answer = client.post(address)
    assert answer.headers["Location"] == brief.get_absolute_url()
    assert brief.memberships.get(user=stranger).role == "editor"


def test_invitation_accept_with_an_account_asks_to_sign_in(brief, link, stranger):
    address = link(stranger.email)
    page = Client().get(address).content.decode()
    assert "Sign in with it to accept." in page
    assert f"next={address}" in page.replace("%2F", "/")
    Client().post(address, NEW)
    assert not brief.memberships.filter(user=stranger).exists()
    stranger.refresh_from_db()
    assert stranger.check_password(PASSWORD)
    assert stranger.name == "Sam Stranger"


@pytest.mark.parametrize("method", ["get", "post"])
def test_invitation_accept_by_another_account_is_refused(
    brief, link, author, stranger, signed_in, method
):
    client = signed_in(stranger)
    answer = getattr(client, method)(link())
    assert answer.status_code == {"get": 410, "post": 403}[method]
    assert "you are signed in as sam.stranger@example.org" in answer.content.decode()
    assert not brief.memberships.filter(user=stranger).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_invitation_accept_of_a_closed_one_says_so(brief, manager, link, method):
    address = link()
    withdraw_invitation(brief.invitations.get(), by=manager)
    answer = getattr(Client(), method)(address, NEW)
    assert answer.status_code == 410
    assert "This invitation has expired or was withdrawn." in answer.content.decode()
    assert not User.objects.filter(email="new.person@example.org").exists()


def test_invitation_accept_of_a_used_one_says_so(link):
    address = link()
    Client().post(address, NEW)
    answer = Client().get(address)
    assert answer.status_code == 410
    assert "This invitation was used already." in answer.content.decode()


def test_invitation_accept_of_an_unknown_link_says_so(db):
    answer = Client().get("/invitations/nonsense/")
    assert answer.status_code == 404
    assert "This link is not an invitation of ours." in answer.content.decode()


def test_invitation_accept_for_an_account_out_of_use_lets_nobody_in(brief, link):
    gone = make_user("Gone Person")
    address = link(gone.email)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    Client().post(address, NEW)
    assert not brief.memberships.filter(user=gone).exists()


def test_invitation_accept_takes_no_delete(link):
    assert Client().delete(link()).status_code == 405
