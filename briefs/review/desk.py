"""What somebody needs in sight to decide on a section."""

from functools import cached_property
from typing import Literal

from django.core.exceptions import ValidationError

from accounts.models import User
from briefs.document.clearance import ANYBODY
from briefs.drafting.comparison import Comparison, compare_texts
from briefs.drafting.desk import Desk, ReadAnswer, read_answers
from briefs.drafting.drawn_comparison import DrawnComparison, draw_texts
from briefs.drafting.pictures import pictures_in
from briefs.drafting.record import (
    Decision,
    RevisionLine,
    find_revision,
    last_approved_by,
    last_cleared,
    lines_of,
)
from briefs.models import Revision, Section, SignOff, open_overrides
from briefs.permissions import refusal
from briefs.prompts import Question
from briefs.review.actions import (
    check_can_approve,
    check_can_request_changes,
    check_can_request_review,
    check_can_withdraw,
)
from briefs.review.overriding import check_can_countersign, check_can_override_now
from briefs.review.tally import SignOffStep, Tally
from briefs.revisions import texts_of

LATEST = 6
MOST_BASES = 200

Step = Literal["request", "withdraw", "approve", "request_changes", "override", "countersign"]
IN_REVIEW: tuple[Step, ...] = ("approve", "request_changes", "withdraw")


class ReviewDesk:
    """One section's page of decision for one person, in a constant number of queries. `wanted`
    names the revision to compare with; blank is the most useful one. `as_source` shows changes in
    what was typed, not in what will be read."""

    def __init__(
        self, section: Section, user: User, wanted: str = "", *, as_source: bool = False
    ) -> None:
        self.as_source = as_source
        self.desk = Desk(section, as_recorded=True)
        self.section = self.desk.section
        self.user = user
        self.mistake = ""
        # By the number read before the text: it can't name words that aren't on the screen.
        self.revision = self.section.revisions.filter(number=self.section.version).first()
        self.approved_by_me = last_approved_by(self.section, user)
        self.cleared = last_cleared(self.section)
        self.base = self._find(wanted) if wanted else self._default()

    def _find(self, wanted: str) -> Revision | None:
        try:
            return find_revision(self.section, wanted, self.user)
        except ValidationError as mistake:
            self.mistake = mistake.messages[0]
            return self._default()

    def _default(self) -> Revision | None:
        """What the reader knows best. An approved text is not compared with itself."""
        known = self.approved_by_me or self.cleared
        return None if known == self.revision else known

    @cached_property
    def comparison(self) -> Comparison | None:
        """What changed since `base`; None when all of the text is new to the reader."""
        if self.base is None:
            return None
        return compare_texts(self._asked, self._base_texts, self.desk.texts)

    @cached_property
    def drawn(self) -> DrawnComparison | None:
        """The same as it will be read."""
        if self.base is None:
            return None
        old, new = self._base_texts, self.desk.texts
        pictures = pictures_in(self.desk.brief, [*old.values(), *new.values()])
        return draw_texts(self._asked, old, new, pictures)

    @cached_property
    def _base_texts(self) -> dict[str, str]:
        return texts_of(self.base) if self.base else {}

    @cached_property
    def _asked(self) -> list[Question]:
        """What is asked now, and what `base` was asked besides."""
        return self.desk.questions_with(self.base)

    @property
    def shown(self) -> Comparison | DrawnComparison | None:
        """The one of the two that is on the page."""
        return self.comparison if self.as_source else self.drawn

    @cached_property
    def next_waiting(self) -> Section | None:
        """The next section of the brief that is in review, after the last the first again."""
        at = [row.pk for row in self.desk.sections].index(self.section.pk)
        others = [*self.desk.sections[at + 1 :], *self.desk.sections[:at]]
        waiting = [row for row in others if row.status == Section.Status.IN_REVIEW]
        return waiting[0] if waiting else None

    @cached_property
    def answers(self) -> list[ReadAnswer]:
        """The text as it will be read."""
        return read_answers(self.desk.questions, self.desk.texts, self.desk.brief)

    @cached_property
    def bases(self) -> list[Revision]:
        """The earlier revisions that one can compare with, newest first; older ones than these are
        compared in the history."""
        newest = list(self.section.revisions.order_by("-number")[1 : MOST_BASES + 1])
        others = [row for row in (self.approved_by_me, self.cleared) if row != self.revision]
        known = {row.number: row for row in [*newest, *others, self.base] if row}
        return [known[number] for number in sorted(known, reverse=True)]

    @cached_property
    def lines(self) -> list[RevisionLine]:
        """The newest revisions with what was decided on them."""
        revisions = self.section.revisions.order_by("-number").prefetch_related("contributors")
        return lines_of(self.section, list(revisions[:LATEST]), self.user)

    @cached_property
    def last_request_for_changes(self) -> SignOff | None:
        asked = self.section.sign_offs.filter(decision=SignOff.Decision.CHANGES_REQUESTED)
        return asked.select_related("revision").order_by("-pk").first()

    @cached_property
    def unchanged_since(self) -> SignOff | None:
        """The request for changes of which these very words are, None when there is none."""
        return (
            SignOff.objects.standing()
            .told_to(self.user)
            .filter(
                section=self.section,
                content_hash=self.section.content_hash,
                decision=SignOff.Decision.CHANGES_REQUESTED,
            )
            .first()
        )

    @property
    def uncounted(self) -> list[Decision]:
        """The sign-offs of this text that have ceased to count, each with the reason."""
        last = {row.sign_off.decided_by_id: row for row in self.lines[0].decisions}
        return [decision for decision in last.values() if decision.why_not]

    @property
    def is_in_review(self) -> bool:
        return self.section.status == Section.Status.IN_REVIEW

    @cached_property
    def tally(self) -> Tally:
        return Tally(self.section)

    @cached_property
    def sign_off_steps(self) -> list[SignOffStep]:
        """What the text needs to be clear, and what it has."""
        return self.tally.steps(self.user)

    @property
    def needs_one_sign_off(self) -> bool:
        """Whether anybody's sign-off is enough, so that nothing needs to be said of it."""
        return self.section.rule.steps == (ANYBODY,)

    @cached_property
    def kinds_to_give(self) -> list[tuple[str, str]]:
        """The sign-offs that this person may give now: key and name, the name blank for one that
        anybody may give."""
        name_of = self.desk.brief.name_of_kind
        return [(kind, name_of(kind)) for kind in self.tally.to_give(self.user)]

    @cached_property
    def left_after_mine(self) -> int:
        """How many decisions are missing once this person has decided."""
        kind = self.kinds_to_give[0][0] if self.kinds_to_give else ANYBODY
        return len(self.tally.left_after(self.user, kind))

    @property
    def is_last_sign_off(self) -> bool:
        return not self.left_after_mine

    @property
    def may_override(self) -> bool:
        """Whether an override is offered: where this person's own sign-off isn't enough."""
        own_is_enough = not self.refusals["approve"] and self.is_last_sign_off
        return not self.refusals["override"] and not own_is_enough

    @cached_property
    def override(self) -> SignOff | None:
        """The override by which the text of now is approved, or one of an earlier text that still
        waits for a second person; None without either."""
        if not self.section.was_approved:
            return None
        if not self.section.is_approved:
            waiting = open_overrides().filter(section=self.section)
            return waiting.select_related("countersignature", "revision").first()
        clearing = SignOff.objects.filter(
            section=self.section, content_hash=self.section.content_hash, clears_section=True
        )
        last = clearing.select_related("countersignature", "revision").order_by("-pk").first()
        return last if last and last.is_override else None

    @cached_property
    def remaining(self) -> int:
        """How many other sections of the brief are not approved."""
        return sum(
            row.state != Section.State.APPROVED
            for row in self.desk.sections
            if row.pk != self.section.pk
        )

    @cached_property
    def refusals(self) -> dict[Step, str]:
        """Why this person can't take a step now, blank where they can."""
        about = (self.user, self.section)
        return {
            "request": refusal(check_can_request_review, *about),
            "withdraw": refusal(check_can_withdraw, *about),
            "approve": refusal(check_can_approve, *about),
            "request_changes": refusal(check_can_request_changes, *about),
            "override": refusal(check_can_override_now, *about),
            "countersign": refusal(check_can_countersign, self.user, self.override)
            if self.override
            else "",
        }

    @property
    def steps(self) -> list[Step]:
        """What can be done with a request for review; what this person may do comes first."""
        return sorted(IN_REVIEW, key=lambda step: bool(self.refusals[step]))

    @property
    def may_decide(self) -> bool:
        return not (self.refusals["approve"] and self.refusals["request_changes"])
