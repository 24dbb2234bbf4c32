"""The link of an invitation works once, for one address, for a week, while its sender manages."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from briefs.commissioning.actions import archive_brief
from briefs.commissioning.invitations import (
    accept_invitation,
    accept_with_new_account,
    find_invitation,
    invite,
    open_invitations,
    withdraw_invitation,
)
from briefs.commissioning.people import change_role
from briefs.models import Activity, Invitation
from tests.factories import PASSWORD, add_member, make_user

NEW = "new.person@example.org"


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Invites, sends, and returns the token of the link in the mail."""

    def invite_and_send(brief, email, role, by) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite(brief, email, role, by=by)
        found = re.search(r"/invitations/([\w-]+)/", mail.outbox[-1].body)
        assert found is not None
        return found[1]

    return invite_and_send


def newest_act() -> Activity:
    return Activity.objects.all()[0]


def test_invite_sends_a_link_and_keeps_only_its_digest(brief, manager, send, settings):
    settings.SITE_URL = "https://chancery.example.org/"
    token = send(brief, f" {NEW.upper()} ", "editor", manager)

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (NEW, "editor", manager)
    assert token not in str(invitation.__dict__)
    assert len(token) == 43
    assert find_invitation(token) == invitation
    lifetime = invitation.expires_at - invitation.invited_at
    assert abs(lifetime - dt.timedelta(days=7)) < dt.timedelta(seconds=5)
    message = mail.outbox[0]
    assert message.to == [NEW]
    assert f"https://chancery.example.org/invitations/{token}/" in message.body
    assert "Mia Manager invites you to work on the brief “Belgium”" in message.body
    assert "Editor" in message.body
    assert newest_act().verb == "member_invited"
    assert newest_act().detail == {"email": NEW, "role": "editor"}


def test_invite_sends_nothing_before_it_is_stored(brief, manager):
    invite(brief, NEW, "author", by=manager)
    assert mail.outbox == []


def test_the_mail_says_titles_as_they_are(brief, manager, send):
    brief.title = "Trade & “war”\nSubject: spam"
    brief.save()
    send(brief, NEW, "author", manager)
    assert mail.outbox[0].subject == "Invitation to the brief “Trade & “war” Subject: spam”"
    assert "Trade & “war”" in mail.outbox[0].body


def test_inviting_again_ends_the_first_link(brief, manager, send):
    first = send(brief, NEW, "author", manager)
    second = send(brief, NEW, "editor", manager)
    assert [row.role for row in open_invitations(brief)] == ["editor"]
    with pytest.raises(PermissionDenied, match="expired or was withdrawn"):
        accept_with_new_account(find_invitation(first), name="New", password=PASSWORD)
    accept_with_new_account(find_invitation(second), name="New", password=PASSWORD)


def test_invite_refuses_a_member(brief, manager, author):
    with pytest.raises(ValidationError, match="Ada Author is a member already"):
        invite(brief, author.email, "editor", by=manager)


def test_invite_refuses_an_account_out_of_use(brief, manager):
    gone = make_user("Gone Person", is_active=False)
    with pytest.raises(ValidationError, match="no longer in use"):
        invite(brief, gone.email, "editor", by=manager)


@pytest.mark.parametrize(
    ("email", "role"), [("no address", "author"), ("", "author"), (NEW, "king"), (NEW, "")]
)
def test_invite_refuses_what_is_no_address_or_role(brief, manager, email, role):
    with pytest.raises(ValidationError):
        invite(brief, email, role, by=manager)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("person", ["viewer", "author", "editor", "stranger"])
def test_inviting_is_the_managers(request, brief, manager, person):
    user = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied, match="Only a manager"):
        invite(brief, NEW, "viewer", by=user)
    invitation = invite(brief, NEW, "viewer", by=manager)
    with pytest.raises(PermissionDenied, match="Only a manager"):
        withdraw_invitation(invitation, by=user)


def test_accept_makes_a_member(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "editor", manager))
    accept_invitation(invitation, by=stranger)
    assert brief.memberships.get(user=stranger).role == "editor"
    invitation.refresh_from_db()
    assert invitation.accepted_by == stranger
    assert (newest_act().verb, newest_act().actor) == ("invitation_accepted", stranger)
    assert not open_invitations(brief).exists()


def test_accept_works_once(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "editor", manager))
    accept_invitation(invitation, by=stranger)
    brief.memberships.filter(user=stranger).delete()
    with pytest.raises(PermissionDenied, match="used already"):
        accept_invitation(invitation, by=stranger)
    assert not brief.memberships.filter(user=stranger).exists()


def test_accept_is_for_the_address_that_was_invited(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, NEW, "manager", manager))
    with pytest.raises(PermissionDenied, match=f"is for {NEW}"):
        accept_invitation(invitation, by=stranger)
    assert not brief.memberships.filter(user=stranger).exists()


def test_accept_after_a_week_is_refused(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "editor", manager))
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(PermissionDenied, match="expired or was withdrawn"):
        accept_invitation(invitation, by=stranger)


def test_accept_after_it_was_withdrawn_is_refused(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "editor", manager))
    withdraw_invitation(invitation, by=manager)
    assert newest_act().verb == "invitation_withdrawn"
    with pytest.raises(PermissionDenied, match="expired or was withdrawn"):
        accept_invitation(invitation, by=stranger)
    before = Activity.objects.count()
    withdraw_invitation(invitation, by=manager)
    assert Activity.objects.count() == before


def test_withdrawing_what_was_accepted_says_what_to_do(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "editor", manager))
    accept_invitation(invitation, by=stranger)
    with pytest.raises(ValidationError, match="Remove the member instead"):
        withdraw_invitation(invitation, by=manager)


def test_accept_when_the_sender_manages_no_more_is_refused(brief, manager, editor, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "manager", manager))
    change_role(brief.memberships.get(user=editor), "manager", by=manager)
    change_role(brief.memberships.get(user=manager), "viewer", by=editor)
    with pytest.raises(PermissionDenied, match="no longer manages"):
        accept_invitation(invitation, by=stranger)


def test_accept_when_the_senders_account_is_out_of_use_is_refused(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "manager", manager))
    User.objects.filter(pk=manager.pk).update(is_active=False)
    invitation.invited_by.refresh_from_db()
    with pytest.raises(PermissionDenied, match="no longer manages"):
        accept_invitation(invitation, by=stranger)


def test_accept_into_an_archived_brief_is_refused(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "editor", manager))
    archive_brief(brief, by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        accept_invitation(invitation, by=stranger)


def test_accept_by_who_became_a_member_meanwhile_keeps_their_role(brief, manager, stranger, send):
    invitation = find_invitation(send(brief, stranger.email, "manager", manager))
    add_member(brief, stranger, "viewer")
    accept_invitation(invitation, by=stranger)
    assert brief.memberships.get(user=stranger).role == "viewer"


def test_accept_with_a_new_account(brief, manager, send):
    invitation = find_invitation(send(brief, NEW, "author", manager))
    user = accept_with_new_account(invitation, name="New Person", password=PASSWORD)
    assert (user.email, user.name, user.check_password(PASSWORD)) == (NEW, "New Person", True)
    assert brief.memberships.get(user=user).role == "author"


@pytest.mark.parametrize(
    ("name", "password", "field"), [("", PASSWORD, "name"), ("New", "short", "password")]
)
def test_accept_with_a_bad_account_stores_nothing(brief, manager, send, name, password, field):
    invitation = find_invitation(send(brief, NEW, "author", manager))
    with pytest.raises(ValidationError) as refused:
        accept_with_new_account(invitation, name=name, password=password)
    assert field in refused.value.message_dict
    assert not User.objects.filter(email=NEW).exists()
    assert open_invitations(brief).exists()


@pytest.mark.parametrize("token", ["", "x", "é" * 20, "a" * 500])
def test_no_invitation_is_found_by_another_token(brief, manager, send, token):
    send(brief, NEW, "author", manager)
    assert find_invitation(token) is None


@pytest.mark.django_db(transaction=True)
def test_a_link_clicked_twice_at_once_makes_one_account(brief, manager):
    invitation = invite(brief, NEW, "author", by=manager)
    start = Barrier(2)

    def accept(name) -> str:
        start.wait()
        try:
            accept_with_new_account(invitation, name=name, password=PASSWORD)
        except PermissionDenied as denied:
            return str(denied)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(accept, ["One", "Two"]))

    assert outcomes[0] == ""
    assert "used already" in outcomes[1]
    assert User.objects.filter(email=NEW).count() == 1
