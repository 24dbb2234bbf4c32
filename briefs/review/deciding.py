"""What becomes of a decision, once it is clear who gives it and of what: the sign-off, the
section's status, and the record."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from briefs.events import publish
from briefs.live_text.freezing import set_frozen
from briefs.models import Activity, Revision, Section, SignOff, actor_name
from briefs.review.transitions import Move, status_after

Decision = SignOff.Decision
Verb = Activity.Verb


@dataclass(frozen=True, slots=True)
class Said:
    """One person's decision on one revision, as the sign-off of a kind."""

    by: User
    revision: Revision
    decision: SignOff.Decision
    comment: str
    kind: str = ""


def seal(section: Section, said: Said) -> SignOff:
    """Keeps a decision to its giver until all have decided: the section stays in review."""
    status_after(section, Move.SIGN_OFF)
    given = _store(section, said)
    publish(Verb.DECISION_SEALED, by=said.by, section=section, revision=said.revision)
    return given


def sign_off(section: Section, said: Said) -> SignOff:
    """An approval that others are still to follow."""
    status_after(section, Move.SIGN_OFF)
    given = _store(section, said)
    _publish(given, by=said.by)
    return given


def clear(section: Section, said: Said) -> SignOff:
    """The last approval that was missing."""
    given = _store(section, said, clears_section=True)
    conclude(section, Move.APPROVE, by=given)
    _publish(given, by=said.by)
    return given


def override(section: Section, said: Said) -> SignOff:
    """A manager's approval in place of those that are missing."""
    given = _store(section, said, clears_section=True, is_override=True)
    conclude(section, Move.OVERRIDE, by=given)
    publish(
        Verb.SECTION_OVERRIDDEN,
        by=said.by,
        section=section,
        revision=said.revision,
        reason=said.comment,
    )
    return given


def send_back(section: Section, said: Said) -> SignOff:
    """A request for changes, or the last decision of a blind review in which somebody made one."""
    given = _store(section, said)
    conclude(section, Move.REQUEST_CHANGES, by=given)
    _publish(given, by=said.by)
    return given


def conclude(section: Section, move: Move, *, by: SignOff) -> None:
    """Ends the review by a decision: what was decided blindly until then is known and told from now
    on. A review that is withdrawn isn't ended, so nobody learns another's decision by that."""
    concluded = section.review_round
    section.status = status_after(section, move)
    section.review_round += 1
    section.save(update_fields=["status", "review_round"])
    set_frozen(section)
    sealed = SignOff.objects.filter(section=section, review_round=concluded, is_blind=True)
    others = sealed.exclude(pk=by.pk).select_related("decided_by", "revision")
    for given in others.order_by("pk"):
        given.section = section
        _publish(given, by=given.decided_by, sealed_at=given.decided_at.isoformat())


def _store(
    section: Section, said: Said, *, clears_section: bool = False, is_override: bool = False
) -> SignOff:
    return SignOff.objects.create(
        section=section,
        revision=said.revision,
        content_hash=section.content_hash,
        decision=said.decision,
        comment=said.comment,
        clears_section=clears_section,
        is_override=is_override,
        kind=said.kind,
        review_round=section.review_round,
        is_blind=section.rule.is_blind and not is_override,
        decided_by=said.by,
        decided_by_name=actor_name(said.by),
    )


def _publish(given: SignOff, *, by: User, sealed_at: str = "") -> None:
    is_approval = given.decision == Decision.APPROVED
    detail: dict[str, Any] = {"sign_off": given.kind, "sealed_at": sealed_at}
    if is_approval:
        detail["clears"] = given.clears_section
    else:
        detail["comment"] = given.comment
    publish(
        Verb.SECTION_APPROVED if is_approval else Verb.CHANGES_REQUESTED,
        by=by,
        section=given.section,
        revision=given.revision,
        **{name: value for name, value in detail.items() if value != ""},
    )
