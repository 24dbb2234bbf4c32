"""Who works on a brief: members come, change their role, and go."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.commissioning.assignments import clear_assignments
from briefs.events import publish
from briefs.locks import lock_brief
from briefs.models import Activity, Brief, Membership, SignOffRight
from briefs.permissions import check_can_manage

Role = Membership.Role


def active_managers(brief: Brief) -> set[int]:
    """Primary keys of the brief's managers whose account is in use."""
    managers = brief.memberships.filter(role=Role.MANAGER, user__is_active=True)
    return set(managers.order_by().values_list("user_id", flat=True))


def check_keeps_a_manager(managers: set[int], leaving: User) -> None:
    """A brief that has a manager keeps one. `managers` are the `active_managers()` of now."""
    if managers == {leaving.pk}:
        raise PermissionDenied(
            _(
                "This is the brief's only manager. Make somebody else a manager first, "
                "so that the brief isn't left without one."
            )
        )


@transaction.atomic
def add_member(
    brief: Brief, person: User, role: str, *, by: User, seen: int | None = None
) -> Membership:
    """Gives somebody with an account a role. Open invitations to their address end with it. Raises
    `ValidationError` by field (`email`, `role`) for who is a member already, has left, or was
    invited by somebody else after `seen`, the newest invitation that the page showed."""
    brief = lock_brief(brief)
    check_can_manage(by, brief)
    _check_role(role)
    if not person.is_active:
        raise ValidationError(
            {"email": _("This account is no longer in use, so it can't become a member.")}
        )
    check_is_no_member(brief, person)
    check_invited_by_nobody_else(brief, person.email, role, by=by, seen=seen)
    member = Membership.objects.create(brief=brief, user=person, role=role)
    brief.invitations.filter(
        email=person.email, accepted_at=None, expires_at__gt=timezone.now()
    ).update(expires_at=timezone.now())
    publish(
        Activity.Verb.MEMBER_ADDED,
        by=by,
        brief=brief,
        user=person.pk,
        name=person.get_full_name(),
        role=role,
    )
    return member


def find_account(email: str) -> User:
    """The account with that address. Raises `ValidationError` by field when there is none."""
    account = User.objects.filter(email=email.strip().lower()).first()
    if account is None:
        raise ValidationError(
            {"email": _("Nobody has an account with this address yet. Send an invitation instead.")}
        )
    return account


def check_is_no_member(brief: Brief, person: User) -> None:
    """Raises `ValidationError` by field for who can't come because they are here."""
    if person.pk in brief.roles:
        raise ValidationError(
            {
                "email": _("%(name)s is a member already. Change the role in the list.")
                % {"name": person.get_full_name()}
            }
        )


def check_invited_by_nobody_else(
    brief: Brief, email: str, role: str, *, by: User, seen: int | None
) -> None:
    """Raises `ValidationError` by field when somebody else offered the address another role after
    the invitation `seen`, by primary key: what comes now would end theirs."""
    if seen is None:
        return
    theirs = brief.invitations.filter(
        email=email, accepted_at=None, expires_at__gt=timezone.now(), pk__gt=seen
    )
    theirs = theirs.exclude(role=role).exclude(invited_by=by).select_related("invited_by")
    invitation = theirs.first()
    if invitation:
        sentence = _(
            "%(name)s invited this address while this page was open, as: %(role)s. "
            "Press the button again to have your role instead."
        )
        told = {"name": invitation.invited_by, "role": invitation.get_role_display()}
        raise ValidationError({"email": sentence % told})


@transaction.atomic
def change_role(member: Membership, role: str, *, by: User, seen: str | None = None) -> Membership:
    """Gives a member another role. What they are assigned to and may no longer do is cleared.

    `seen` is the role that the page showed. Raises `ValidationError` by field for no role, and for
    one that somebody else changed meanwhile.
    """
    brief = lock_brief(member.brief)
    check_can_manage(by, brief)
    _check_role(role)
    member = _member_now(member)
    if member.role == role:
        return member
    _check_role_is_as_seen(brief, member, seen, by)
    if member.role == Role.MANAGER:
        check_keeps_a_manager(active_managers(brief), member.user)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    publish(
        Activity.Verb.MEMBER_CHANGED,
        by=by,
        brief=brief,
        member=member.pk,
        user=member.user_id,
        name=member.user.get_full_name(),
        role=role,
        before=before,
        unassigned=clear_assignments(brief, member.user, Role(role)),
    )
    return member


@transaction.atomic
def allow_comments(member: Membership, *, is_allowed: bool, by: User) -> Membership:
    """Ticks or clears the box that lets a viewer comment. It stays ticked through other roles,
    which comment anyway."""
    brief = lock_brief(member.brief)
    check_can_manage(by, brief)
    member = _member_now(member)
    if member.may_comment == is_allowed:
        return member
    member.may_comment = is_allowed
    member.save(update_fields=["may_comment"])
    publish(
        Activity.Verb.MEMBER_CHANGED,
        by=by,
        brief=brief,
        member=member.pk,
        user=member.user_id,
        name=member.user.get_full_name(),
        role=member.role,
        may_comment=is_allowed,
    )
    return member


@transaction.atomic
def give_sign_offs(member: Membership, kinds: Collection[str], *, by: User) -> Membership:
    """Says which kinds of sign-offs a member gives: these and no others. They stay through other
    roles, but only editors and managers give any. Raises `ValidationError` by field for a kind that
    the brief's template doesn't know."""
    brief = lock_brief(member.brief)
    check_can_manage(by, brief)
    member = _member_now(member)
    known = {kind.key: kind.label for kind in brief.template.kinds}
    if unknown := [kind for kind in kinds if kind not in known]:
        sentence = _("This brief's template has no sign-off “%(kind)s”.")
        raise ValidationError({"kinds": sentence % {"kind": unknown[0]}})
    before = set(member.sign_off_rights.values_list("kind", flat=True))
    if before == set(kinds):
        return member
    member.sign_off_rights.exclude(kind__in=kinds).delete()
    SignOffRight.objects.bulk_create(
        SignOffRight(membership=member, kind=kind) for kind in known if kind in {*kinds} - before
    )
    publish(
        Activity.Verb.MEMBER_CHANGED,
        by=by,
        brief=brief,
        member=member.pk,
        user=member.user_id,
        name=member.user.get_full_name(),
        role=member.role,
        sign_offs=[label for key, label in known.items() if key in kinds],
    )
    return member


@transaction.atomic
def remove_member(member: Membership, *, by: User, seen: str | None = None) -> None:
    """Ends a membership. The sections that they were to write or review have nobody for it then;
    what they wrote and decided stays in the history.

    `seen` is the role that the page showed. Raises `ValidationError` by field for one that somebody
    else changed meanwhile.
    """
    brief = lock_brief(member.brief)
    check_can_manage(by, brief)
    member = _member_now(member)
    _check_role_is_as_seen(brief, member, seen, by)
    check_keeps_a_manager(active_managers(brief), member.user)
    person, role = member.user, member.role
    member.delete()
    publish(
        Activity.Verb.MEMBER_REMOVED,
        by=by,
        brief=brief,
        user=person.pk,
        name=person.get_full_name(),
        role=role,
        unassigned=clear_assignments(brief, person, None),
    )


def _check_role(role: str) -> None:
    if role not in Role.values:
        raise ValidationError({"role": _("Choose one of the roles.")})


def _check_role_is_as_seen(brief: Brief, member: Membership, seen: str | None, by: User) -> None:
    if seen is None or seen == member.role:
        return
    acts = brief.activities.filter(verb=Activity.Verb.MEMBER_CHANGED)
    theirs = [act for act in acts if act.detail.get("member") == member.pk]
    by_them = theirs[0] if theirs and theirs[0].detail.get("role") == member.role else None
    told = {
        "name": by_them.actor_name if by_them and by_them.actor_id != by.pk else "",
        "member": member.user.get_full_name(),
        "role": member.get_role_display(),
    }
    sentence = (
        _("%(name)s changed the role of %(member)s while this page was open. It is now: %(role)s.")
        if told["name"]
        else _("The role of %(member)s was changed while this page was open. It is now: %(role)s.")
    )
    again = _("Open the page again, and choose what it should be.")
    raise ValidationError({"role": f"{sentence % told} {again}"})


def _member_now(member: Membership) -> Membership:
    """The membership as it is, after the brief was locked."""
    now = Membership.objects.select_related("user").filter(pk=member.pk).first()
    if now is None:
        raise PermissionDenied(_("This person is no longer a member of the brief."))
    return now
