"""A manager's approval without the sign-offs that are missing, and the second person's word that
it was right."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.drafting.writing import lock_section
from briefs.events import publish
from briefs.models import Activity, Countersignature, Section, SignOff, actor_name
from briefs.permissions import check_can_override, check_can_review, check_is_somebody_else
from briefs.review.deciding import Said, override
from briefs.review.transitions import Move, status_after
from briefs.revisions import newest_if_seen, writers_of


def check_can_override_now(user: User, section: Section) -> None:
    """Managers override while a section is in review."""
    check_can_override(user, section.brief)
    status_after(section, Move.OVERRIDE)


def check_can_countersign(user: User, sign_off: SignOff) -> None:
    """Whoever decides on reviews, but for who overrode and who wrote the text."""
    check_can_review(user, sign_off.section)
    check_is_somebody_else(user, sign_off, writers_of(sign_off.revision))
    if not sign_off.is_override or hasattr(sign_off, "countersignature"):
        raise PermissionDenied(_("Here is nothing that waits for a second person's word."))


@transaction.atomic
def override_section(section: Section, *, by: User, revision: int, comment: str) -> SignOff:
    """Approves the revision that was on the screen without the sign-offs that are missing;
    `comment` is the reason, which is printed. It stays marked until somebody countersigns."""
    section = lock_section(section)
    check_can_override_now(by, section)
    comment = comment.strip()
    if not comment:
        raise ValidationError({"comment": _("Give the reason. It is printed with the text.")})
    seen = newest_if_seen(section, revision)
    return override(section, Said(by, seen, SignOff.Decision.APPROVED, comment))


@transaction.atomic
def countersign(sign_off: SignOff, *, by: User, comment: str = "") -> Countersignature:
    """A second person says that an override was right."""
    section = lock_section(sign_off.section)
    sign_off = SignOff.objects.select_related("revision", "countersignature").get(pk=sign_off.pk)
    sign_off.section = section
    check_can_countersign(by, sign_off)
    signed = Countersignature.objects.create(
        sign_off=sign_off, comment=comment.strip(), signed_by=by, signed_by_name=actor_name(by)
    )
    publish(
        Activity.Verb.OVERRIDE_COUNTERSIGNED,
        by=by,
        section=section,
        revision=sign_off.revision,
        name=sign_off.decided_by_name,
        comment=signed.comment,
    )
    return signed
