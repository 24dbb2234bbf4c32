"""The allowed moves of a section's stored status, in one table; the diagram in the docs is drawn
from it.

Only *drafting*, *in review* and *changes requested* are stored. *Empty*, *approved* and *changed
since sign-off* follow from the text and its sign-offs, so no move leads to them.
"""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from briefs.models import Section

Status = Section.Status


class Move(StrEnum):
    """What somebody does to a section's status."""

    REQUEST = "ask for review"
    WITHDRAW = "withdraw the request"
    APPROVE = "approve, last sign-off"
    SIGN_OFF = "decide, more decisions needed"
    OVERRIDE = "override what is missing"
    REQUEST_CHANGES = "request changes"


TRANSITIONS: dict[tuple[Section.Status, Move], Section.Status] = {
    (Status.DRAFTING, Move.REQUEST): Status.IN_REVIEW,
    (Status.CHANGES_REQUESTED, Move.REQUEST): Status.IN_REVIEW,
    (Status.IN_REVIEW, Move.WITHDRAW): Status.DRAFTING,
    (Status.IN_REVIEW, Move.APPROVE): Status.DRAFTING,
    (Status.IN_REVIEW, Move.OVERRIDE): Status.DRAFTING,
    (Status.IN_REVIEW, Move.SIGN_OFF): Status.IN_REVIEW,
    (Status.IN_REVIEW, Move.REQUEST_CHANGES): Status.CHANGES_REQUESTED,
}


def status_after(section: Section, move: Move) -> Section.Status:
    """The stored status that a move leads to. Raises `PermissionDenied` when it isn't allowed from
    where the section is."""
    try:
        return TRANSITIONS[Status(section.status), move]
    except KeyError:
        raise PermissionDenied(_refusal(section, move)) from None


def _refusal(section: Section, move: Move) -> str:
    if section.status == Status.IN_REVIEW:
        return _("This section is in review already.")
    if move is Move.WITHDRAW:
        return _("This section is not in review. There is no request to withdraw.")
    return _(
        "This section is not in review. There is nothing to decide: the request was withdrawn, "
        "somebody else has decided, or nobody has asked yet."
    )
