"""Putting a section forward and deciding on it. Every decision names the revision that was on the
screen."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.clearance import ANYBODY
from briefs.drafting.writing import lock_section
from briefs.events import publish
from briefs.live_text.freezing import set_frozen
from briefs.models import Activity, Section, SignOff, with_sign_offs
from briefs.permissions import (
    check_can_edit,
    check_can_review,
    check_can_withdraw_review,
    check_did_not_contribute,
)
from briefs.review.deciding import Said, clear, seal, send_back, sign_off
from briefs.review.tally import Tally, not_ones_turn
from briefs.review.transitions import Move, status_after
from briefs.revisions import contributors_since_cleared, newest_if_seen

Decision = SignOff.Decision


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
    revision and who give one of the sign-offs that it waits for."""
    check_can_request_changes(user, section)
    check_did_not_contribute(user, contributors_since_cleared(section))
    tally = Tally(section)
    if tally.missing and tally.has_approved(user):
        raise PermissionDenied(
            _("You have approved this text already. It waits for another person's sign-off.")
        )
    if not tally.to_give(user):
        raise PermissionDenied(not_ones_turn(tally))


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
    """Sends a section back with a comment that says what must change. In a blind review it goes
    back once all have decided, unless somebody says it whose sign-off isn't asked for."""
    section = _locked(section)
    check_can_request_changes(by, section)
    comment = comment.strip()
    if not comment:
        raise ValidationError({"comment": _("Say what must change.")})
    seen = newest_if_seen(section, revision)
    tally = Tally(section)
    wrote = by.pk in contributors_since_cleared(section)
    kinds = [] if wrote or not tally.missing else tally.to_give(by)
    kind = kinds[0] if kinds else ANYBODY
    said = Said(by, seen, Decision.CHANGES_REQUESTED, comment, kind)
    if section.rule.is_blind and kinds and tally.left_after(by, kind):
        return seal(section, said)
    return send_back(section, said)


@transaction.atomic
def approve_section(
    section: Section, *, by: User, revision: int, comment: str = "", kind: str | None = None
) -> SignOff:
    """Signs off the revision that was on the screen; with the last sign-off needed the section is
    approved. `kind` is the sign-off that is given, None for the first that this person may give. In
    a blind review nothing is known of it until all have decided; then the section is approved, or
    goes back when anybody asked for changes."""
    section = _locked(section)
    check_can_approve(by, section)
    seen = newest_if_seen(section, revision)
    tally = Tally(section)
    kinds = tally.to_give(by)
    if kind is not None and kind not in kinds:
        raise PermissionDenied(_("This sign-off is not yours to give now. Look at the page again."))
    kind = kinds[0] if kind is None else kind
    said = Said(by, seen, Decision.APPROVED, comment.strip(), kind)
    if tally.left_after(by, kind):
        return seal(section, said) if section.rule.is_blind else sign_off(section, said)
    if tally.others_object(by):
        return send_back(section, said)
    return clear(section, said)


def _locked(section: Section) -> Section:
    """The locked section, with the sign-offs that its rules ask about."""
    locked = lock_section(section)
    counted = with_sign_offs(Section.objects.filter(pk=locked.pk)).get()
    locked.approvals = counted.approvals
    locked.sign_offs_needed = counted.sign_offs_needed
    locked.is_approved = counted.is_approved
    locked.was_approved = counted.was_approved
    return locked
