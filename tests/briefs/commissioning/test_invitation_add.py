"""Inviting by e-mail from the page of the people, and withdrawing it."""

import smtplib

import pytest
from django.core import mail
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.commissioning.invitations import invite, open_invitations
from briefs.commissioning.people import change_role
from briefs.models import Invitation
from tests.factories import make_brief
from tests.pages import hidden

NEW = {"email": "new.person@example.org", "role": "author"}


def url(brief) -> str:
    return reverse("invitation_add", args=[brief.slug])


def withdraw_url(invitation) -> str:
    return reverse("invitation_withdraw", args=[invitation.brief.slug, invitation.pk])


@pytest.fixture
def invitation(brief, manager) -> Invitation:
    return invite(brief, "other@example.org", "viewer", by=manager)


def test_invitation_add(brief, manager, signed_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(manager).post(url(brief), NEW)
    assert answer.headers["Location"] == reverse("member_list", args=[brief.slug])
    assert [message.to for message in mail.outbox] == [["new.person@example.org"]]
    assert open_invitations(brief).get().role == "author"


@pytest.mark.parametrize("name", ["invitation_add", "member_add"])
def test_an_invitation_that_another_manager_sent_meanwhile_does_not_end_unseen(
    brief, manager, editor, stranger, signed_in, name
):
    change_role(brief.memberships.get(user=editor), "manager", by=manager)
    client = signed_in(manager)
    people = reverse("member_list", args=[brief.slug])
    form = client.get(people).content.decode()
    form = form[form.index('aria-labelledby="add"') :]
    said = {"email": stranger.email, "role": "viewer", "seen": hidden(form, "seen")}
    theirs = invite(brief, stranger.email, "editor", by=editor)

    answer = client.post(reverse(name, args=[brief.slug]), said)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Edith Editor invited this address while this page was open, as: Editor." in page
    assert list(open_invitations(brief)) == [theirs]

    again = said | {"seen": hidden(page[page.index('aria-labelledby="add"') :], "seen")}
    assert client.post(reverse(name, args=[brief.slug]), again).status_code == 302
    assert theirs not in open_invitations(brief)


@pytest.mark.django_db(transaction=True)
def test_invitation_add_says_when_the_mail_could_not_go(brief, manager, signed_in, monkeypatch):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("no")

    monkeypatch.setattr("briefs.commissioning.invitations.send_mail", refuse)
    answer = signed_in(manager).post(url(brief), NEW, follow=True)
    assert "the e-mail could not be sent" in answer.content.decode()
    assert open_invitations(brief).count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": "ada.author@example.org", "role": "editor"}, "Ada Author is a member already."),
        ({"email": "nonsense", "role": "editor"}, "Enter a valid email address."),
        ({"email": "a@example.org", "role": "king"}, "Select a valid choice"),
        ({}, "Fill in “E-mail address”."),
    ],
)
def test_invitation_add_says_what_is_wrong(brief, manager, signed_in, said, sentence):
    answer = signed_in(manager).post(url(brief), said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_invitation_add_wants_a_manager(request, brief, person, signed_in):
    assert signed_in(request.getfixturevalue(person)).post(url(brief), NEW).status_code == 403
    assert not Invitation.objects.exists()


def test_invitation_add_by_a_stranger_is_not_found(brief, stranger, signed_in):
    assert signed_in(stranger).post(url(brief), NEW).status_code == 404


def test_invitation_add_to_an_archived_brief_is_refused(brief, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).post(url(brief), NEW).status_code == 403


def test_invitation_add_takes_no_get(brief, manager, signed_in):
    assert signed_in(manager).get(url(brief)).status_code == 405


def test_invitation_withdraw(brief, invitation, manager, signed_in):
    answer = signed_in(manager).post(withdraw_url(invitation), follow=True)
    assert "The invitation for other@example.org is withdrawn." in answer.content.decode()
    assert not open_invitations(brief).exists()


def test_invitation_withdraw_when_accepted_says_what_to_do(invitation, manager, signed_in):
    Invitation.objects.update(accepted_at=invitation.invited_at, accepted_by=manager)
    answer = signed_in(manager).post(withdraw_url(invitation), follow=True)
    assert "Remove the member instead." in answer.content.decode()


@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_invitation_withdraw_wants_a_manager(request, brief, invitation, person, signed_in):
    client = signed_in(request.getfixturevalue(person))
    assert client.post(withdraw_url(invitation)).status_code == 403
    assert open_invitations(brief).exists()


def test_invitation_withdraw_by_a_stranger_is_not_found(invitation, stranger, signed_in):
    assert signed_in(stranger).post(withdraw_url(invitation)).status_code == 404


def test_invitation_withdraw_of_another_brief_is_not_found(
    invitation, template, superuser, signed_in
):
    other = make_brief(template, title="Estonia")
    address = reverse("invitation_withdraw", args=[other.slug, invitation.pk])
    assert signed_in(superuser).post(address).status_code == 404
    assert open_invitations(invitation.brief).exists()


def test_invitation_withdraw_takes_no_get(invitation, manager, signed_in):
    assert signed_in(manager).get(withdraw_url(invitation)).status_code == 405
