"""Putting a section forward and deciding on it. Every decision names the revision that was on the
screen."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.drafting.writing import lock_section
from briefs.events import publish
from briefs.live_text.freezing import set_frozen
from briefs.models import Activity, Revision, Section, SignOff, actor_name, with_sign_offs
from briefs.permissions import (
    check_can_edit,
    check_can_review,
    check_can_withdraw_review,
    check_did_not_contribute,
)
from briefs.review.transitions import Move, status_after
from briefs.revisions import contributors_since_cleared, newest_if_seen


def check_can_request_review(user: User, section: Section) -> None:
    """Whoever may write may ask, when there is text that isn't approved. `section` comes with its
    sign-offs."""
    status_after(section, Move.REQUEST)
    check_can_edit(user, section)
    if not section.words:
        raise PermissionDenied(_("There is nothing to review yet. Write something first."))
    if section.is_approved:
        raise PermissionDenied(_("This text is approved already. Ask again when it has changed."))


def check_can_withdraw(user: User, section: Section) -> None:
    """Those whose request it is, and managers, take back what is in review."""
    check_can_withdraw_review(user, section)
    status_after(section, Move.WITHDRAW)


def check_can_request_changes(user: User, section: Section) -> None:
    """Editors and managers send back what is in review."""
    check_can_review(user, section)
    status_after(section, Move.REQUEST_CHANGES)


def check_can_approve(user: User, section: Section) -> None:
    """As `check_can_request_changes`, for those who didn't write since the last approved
    revision."""
    check_can_request_changes(user, section)
    check_did_not_contribute(user, contributors_since_cleared(section))
    if _others_are_missing(section) and _has_approved(user, section):
        raise PermissionDenied(
            _("You have approved this text already. It waits for another person's sign-off.")
        )


@transaction.atomic
def request_review(section: Section, *, by: User, revision: int, as_typed: bool = False) -> Section:
    """Freezes the section for review; `revision` is the number that the person saw. `as_typed`:
    they see the text as everybody types it, and ask for what stands at this moment. It is a
    request and no sign-off: whoever decides names what they read."""
    section = _locked(section)
    check_can_request_review(by, section)
    seen = newest_if_seen(section, section.version if as_typed else revision)
    section.status = status_after(section, Move.REQUEST)
    section.review_requested_by = by
    section.review_requested_at = timezone.now()
    section.save(update_fields=["status", "review_requested_by", "review_requested_at"])
    set_frozen(section)
    publish(Activity.Verb.REVIEW_REQUESTED, by=by, section=section, revision=seen)
    return section


@transaction.atomic
def withdraw_review(section: Section, *, by: User, revision: int) -> Section:
    """Takes the request for review of a revision back; the section can be written in again."""
    section = _locked(section)
    check_can_withdraw(by, section)
    seen = newest_if_seen(section, revision)
    section.status = status_after(section, Move.WITHDRAW)
    section.save(update_fields=["status"])
    set_frozen(section)
    publish(Activity.Verb.REVIEW_WITHDRAWN, by=by, section=section, revision=seen)
    return section


@transaction.atomic
def request_changes(section: Section, *, by: User, revision: int, comment: str) -> SignOff:
    """Sends a section back with a comment that says what must change."""
    section = _locked(section)
    check_can_request_changes(by, section)
    comment = comment.strip()
    if not comment:
        raise ValidationError({"comment": _("Say what must change.")})
    seen = newest_if_seen(section, revision)
    sign_off = _decide(
        section, seen, by=by, decision=SignOff.Decision.CHANGES_REQUESTED, comment=comment
    )
    section.status = status_after(section, Move.REQUEST_CHANGES)
    section.save(update_fields=["status"])
    set_frozen(section)
    publish(Activity.Verb.CHANGES_REQUESTED, by=by, section=section, revision=seen, comment=comment)
    return sign_off


@transaction.atomic
def approve_section(section: Section, *, by: User, revision: int, comment: str = "") -> SignOff:
    """Signs off the revision that was on the screen; with the last sign-off needed the section is
    approved."""
    section = _locked(section)
    check_can_approve(by, section)
    seen = newest_if_seen(section, revision)
    clears = sign_offs_with(by, section) >= section.sign_offs_needed
    sign_off = _decide(
        section,
        seen,
        by=by,
        decision=SignOff.Decision.APPROVED,
        comment=comment.strip(),
        clears_section=clears,
    )
    section.status = status_after(section, Move.APPROVE if clears else Move.SIGN_OFF)
    section.save(update_fields=["status"])
    set_frozen(section)
    publish(Activity.Verb.SECTION_APPROVED, by=by, section=section, revision=seen, clears=clears)
    return sign_off


def _locked(section: Section) -> Section:
    """The locked section, with the sign-offs that its rules ask about."""
    locked = lock_section(section)
    counted = with_sign_offs(Section.objects.filter(pk=locked.pk)).get()
    locked.approvals = counted.approvals
    locked.sign_offs_needed = counted.sign_offs_needed
    locked.is_approved = counted.is_approved
    locked.was_approved = counted.was_approved
    return locked


def sign_offs_with(user: User, section: Section) -> int:
    """How many sign-offs the text has with this person's."""
    return section.approvals + (not _has_approved(user, section))


def _others_are_missing(section: Section) -> bool:
    """False also when all are there and none of them was the last: somebody whose sign-off had
    ceased to count is back. Then any of them decides anew."""
    return section.approvals < section.sign_offs_needed


def _has_approved(user: User, section: Section) -> bool:
    return (
        SignOff.objects.counting()
        .filter(section=section, content_hash=section.content_hash, decided_by=user)
        .exists()
    )


def _decide(
    section: Section,
    revision: Revision,
    *,
    by: User,
    decision: SignOff.Decision,
    comment: str,
    clears_section: bool = False,
) -> SignOff:
    return SignOff.objects.create(
        section=section,
        revision=revision,
        content_hash=section.content_hash,
        decision=decision,
        comment=comment,
        clears_section=clears_section,
        decided_by=by,
        decided_by_name=actor_name(by),
    )
