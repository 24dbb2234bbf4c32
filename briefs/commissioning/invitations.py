"""Inviting by e-mail: a link that works once, for one address, for a week."""

import datetime as dt
import hashlib
import secrets
from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import create_account
from accounts.models import User
from briefs.commissioning.people import check_invited_by_nobody_else, check_is_no_member
from briefs.events import publish
from briefs.locks import lock_brief
from briefs.models import Activity, Brief, Invitation, Membership
from briefs.permissions import check_can_manage, check_is_in_use

LIFETIME = dt.timedelta(days=7)


def open_invitations(brief: Brief) -> QuerySet[Invitation]:
    """Those that can still be accepted, the newest first."""
    return brief.invitations.filter(accepted_at=None, expires_at__gt=timezone.now())


def find_invitation(token: str) -> Invitation | None:
    """The invitation that a link was sent for, None when there never was one."""
    invitations = Invitation.objects.select_related("brief", "invited_by")
    return invitations.filter(token_digest=_digest(token)).first()


@transaction.atomic
def invite(brief: Brief, email: str, role: str, *, by: User, seen: int | None = None) -> Invitation:
    """Offers a role to an address and, once that is stored, sends the link there. An open
    invitation to the same address ends with it: only the newest link works.

    Raises `ValidationError` by field (`email`, `role`), also when somebody else offered another
    role after `seen`, the newest invitation that the page showed; and whatever the mail server
    answers with when it can't send; the invitation stands then.
    """
    brief = lock_brief(brief)
    check_can_manage(by, brief)
    email = email.strip().lower()
    _check_can_be_invited(brief, email)
    check_invited_by_nobody_else(brief, email, role, by=by, seen=seen)
    open_invitations(brief).filter(email=email).update(expires_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        brief=brief,
        email=email,
        role=role,
        token_digest=_digest(token),
        invited_by=by,
        expires_at=timezone.now() + LIFETIME,
    )
    invitation.full_clean()
    invitation.save()
    publish(Activity.Verb.MEMBER_INVITED, by=by, brief=brief, email=email, role=role)
    transaction.on_commit(partial(_send, invitation, token))
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Ends an open invitation; its link says so from now on."""
    brief = lock_brief(invitation.brief)
    check_can_manage(by, brief)
    invitation = Invitation.objects.get(pk=invitation.pk)
    if invitation.accepted_at:
        raise ValidationError(_("This invitation was accepted already. Remove the member instead."))
    if invitation.expires_at <= timezone.now():
        return
    invitation.expires_at = timezone.now()
    invitation.save(update_fields=["expires_at"])
    publish(Activity.Verb.INVITATION_WITHDRAWN, by=by, brief=brief, email=invitation.email)


def check_is_open(invitation: Invitation) -> None:
    """A link works once, for a week, and while whoever sent it could send it."""
    if invitation.accepted_at:
        raise PermissionDenied(_("This invitation was used already. Sign in to open the brief."))
    if invitation.expires_at <= timezone.now():
        raise PermissionDenied(
            _("This invitation has expired or was withdrawn. Ask for a new one.")
        )
    check_is_in_use(invitation.brief)
    try:
        check_can_manage(invitation.invited_by, invitation.brief)
    except PermissionDenied as denied:
        raise _sender_has_left() from denied
    if not invitation.invited_by.is_active:
        raise _sender_has_left()


def check_can_accept(user: User, invitation: Invitation) -> None:
    """Only whoever signs in with the address that was invited."""
    check_is_open(invitation)
    if user.email != invitation.email:
        raise PermissionDenied(
            _(
                "This invitation is for %(email)s, and you are signed in as %(own)s. "
                "Sign out, then open the link again."
            )
            % {"email": invitation.email, "own": user.email}
        )


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Makes the invited person a member; who became one in another way keeps the role they have."""
    brief, invitation = _lock(invitation)
    check_can_accept(by, invitation)
    member, _is_new = brief.memberships.get_or_create(user=by, defaults={"role": invitation.role})
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    publish(Activity.Verb.INVITATION_ACCEPTED, by=by, brief=brief, role=member.role)
    return member


@transaction.atomic
def accept_with_new_account(invitation: Invitation, *, name: str, password: str) -> User:
    """The same for somebody without an account: they get one with the address that was invited.
    Raises `ValidationError` by field (`name`, `password`, `email`); nothing is stored then."""
    _brief, invitation = _lock(invitation)
    check_is_open(invitation)
    user = create_account(email=invitation.email, name=name, password=password)
    accept_invitation(invitation, by=user)
    return user


def _check_can_be_invited(brief: Brief, email: str) -> None:
    account = User.objects.filter(email=email).first()
    if account is None:
        return
    check_is_no_member(brief, account)
    if not account.is_active:
        raise ValidationError(
            {"email": _("This account is no longer in use, so it can't be invited.")}
        )


def _sender_has_left() -> PermissionDenied:
    return PermissionDenied(
        _("Whoever invited you no longer manages this brief. Ask for a new invitation.")
    )


def _lock(invitation: Invitation) -> tuple[Brief, Invitation]:
    """The brief, locked, and the invitation as it is then."""
    brief = lock_brief(invitation.brief)
    now = Invitation.objects.select_related("invited_by").get(pk=invitation.pk)
    now.brief = brief
    return brief, now


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _send(invitation: Invitation, token: str) -> None:
    context = {
        "invitation": invitation,
        "link": settings.SITE_URL.rstrip("/") + reverse("invitation_accept", args=[token]),
        "days": LIFETIME.days,
    }
    folder = "briefs/commissioning/invitation"
    subject = " ".join(render_to_string(f"{folder}_subject.txt", context).split())
    send_mail(subject, render_to_string(f"{folder}_email.txt", context), None, [invitation.email])
