"""The members of a brief as a manager sees them."""

from dataclasses import dataclass

from django.db.models import Count

from briefs.commissioning.people import active_managers, check_keeps_a_manager
from briefs.models import Brief, Membership
from briefs.permissions import refusal


@dataclass(frozen=True, slots=True)
class RollRow:
    """One member, how many sections they are to write and to review, and why they can't go or be
    given another role, blank when they can. `sign_offs` are the kinds that they give, by key."""

    member: Membership
    writes: int
    reviews: int
    refusal: str
    sign_offs: set[str]

    @property
    def decides(self) -> bool:
        return self.member.role in Membership.DECIDING


def roll_of(brief: Brief) -> list[RollRow]:
    """All members by name, in five queries."""
    managers = active_managers(brief)
    writes, reviews = _counts(brief, "author"), _counts(brief, "reviewers")
    return [
        RollRow(
            member,
            writes.get(member.user_id, 0),
            reviews.get(member.user_id, 0),
            refusal(check_keeps_a_manager, managers, member.user),
            brief.sign_off_rights.get(member.user_id, set()),
        )
        for member in brief.memberships.select_related("user").order_by("user__name", "pk")
    ]


def _counts(brief: Brief, duty: str) -> dict[int, int]:
    rows = brief.sections.order_by().values_list(duty).annotate(Count("pk"))
    return dict(rows.exclude(**{duty: None}))
