"""How far a section in review is: which sign-offs it has, which are missing, and which of them
somebody may give."""

from collections import Counter
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext

from accounts.models import User
from briefs.models import Section, SignOff

Decision = SignOff.Decision


@dataclass(frozen=True, slots=True)
class Given:
    """One person's decision on the text as it is, as far as it bears on clearance. `is_sealed`: it
    is that person's own affair until all have decided."""

    user: int
    name: str
    kind: str
    decision: str
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class SignOffStep:
    """One sign-off that the text needs: of which kind, blank for anybody's, and who gave it, blank
    while it is missing or nobody is to know. `is_next`: it may be given now."""

    kind: str
    given_by: str
    is_given: bool
    is_next: bool


class Tally:
    """The decisions on one section's current text. In a blind review a request for changes is one
    of them until all have decided. One query."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.rule = section.rule
        of_text = SignOff.objects.filter(section=section, content_hash=section.content_hash)
        rows = of_text.counting() | of_text.sealed()
        found = rows.order_by("pk").values_list(
            "decided_by_id", "decided_by_name", "kind", "decision", "is_blind", "review_round"
        )
        # Each person's last; one decision of theirs fills one step.
        self.given = {
            user: Given(user, name, kind, decision, blind and at == section.review_round)
            for user, name, kind, decision, blind, at in found
        }

    def kinds(self, *, without: User | None = None) -> Counter[str]:
        """How many decisions there are of each kind."""
        others = [each for each in self.given.values() if not without or each.user != without.pk]
        return Counter(each.kind for each in others)

    @property
    def missing(self) -> list[str]:
        """The kinds of the decisions that are still missing, in order."""
        return self.rule.missing(self.kinds())

    def to_give(self, user: User) -> list[str]:
        """The kinds of sign-off that somebody may give now, in place of their own if they have
        decided already; the first is the one that they would give."""
        held = self.section.brief.sign_off_rights.get(user.pk, set())
        return self.rule.to_give(self.kinds(without=user), held)

    def left_after(self, user: User, kind: str) -> list[str]:
        """The kinds that are missing once somebody has given one."""
        return self.rule.missing(self.kinds(without=user) + Counter([kind]))

    def steps(self, user: User) -> list[SignOffStep]:
        """Each sign-off that the text needs, in order, as one person may know of it."""
        name_of = self.section.brief.name_of_kind
        open_now = self.rule.open(self.kinds())
        left = list(self.given.values())
        missing = Counter(self.missing)
        steps = []
        for kind in reversed(self.rule.steps):
            if missing[kind]:
                missing[kind] -= 1
                steps.append(SignOffStep(name_of(kind), "", False, kind in open_now))
                continue
            by = next((each for each in left if each.kind == kind), left[-1])
            left.remove(by)
            told = "" if by.is_sealed and by.user != user.pk else by.name
            steps.append(SignOffStep(name_of(kind), told, True, False))
        return steps[::-1]

    def has_approved(self, user: User) -> bool:
        own = self.given.get(user.pk)
        return own is not None and own.decision == Decision.APPROVED

    def others_object(self, user: User) -> bool:
        """Whether somebody else asks for changes, in a blind review."""
        return any(
            each.decision == Decision.CHANGES_REQUESTED and each.user != user.pk
            for each in self.given.values()
        )


def not_ones_turn(tally: Tally) -> str:
    """Why somebody can't give one of the sign-offs that are missing, as a sentence."""
    name_of = tally.section.brief.name_of_kind
    open_now = tally.rule.open(tally.kinds())
    names = [name_of(kind) or gettext("anybody else who decides") for kind in open_now]
    waits_for = get_text_list(names, gettext("or"))
    return gettext(
        "The text now waits for the sign-off of: %(waits_for)s. It isn't yours to give. You can "
        "still request changes."
    ) % {"waits_for": waits_for}
