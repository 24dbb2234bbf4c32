"""How far briefs are: their sections counted by state."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefs.models import Brief, Section
from briefs.overview.states import with_state

State = Section.State
# From done to not begun, as the tally under a brief reads.
TALLY_ORDER = (
    State.APPROVED,
    State.LAPSED,
    State.IN_REVIEW,
    State.CHANGES_REQUESTED,
    State.DRAFTING,
    State.EMPTY,
)


@dataclass(slots=True)
class Progress:
    """The sections of one brief by state; `late` are those past their date and not approved."""

    by_state: Counter[State] = field(default_factory=Counter)
    late: int = 0
    next_due: dt.date | None = None

    def count(self, state: State, due_date: dt.date | None) -> None:
        """One section more."""
        self.by_state[state] += 1
        if due_date is None or state is State.APPROVED:
            return
        if due_date < timezone.localdate():
            self.late += 1
        if self.next_due is None or due_date < self.next_due:
            self.next_due = due_date

    @property
    def total(self) -> int:
        return self.by_state.total()

    @property
    def approved(self) -> int:
        return self.by_state[State.APPROVED]

    @property
    def in_review(self) -> int:
        return self.by_state[State.IN_REVIEW]

    @property
    def tally(self) -> list[tuple[State, str]]:
        """The states that occur, with how many sections are in each, in words."""
        return [
            (state, _told(state) % {"count": self.by_state[state]})
            for state in TALLY_ORDER
            if self.by_state[state]
        ]

    @property
    def sentence(self) -> str:
        """How many sections are approved."""
        if self.approved == self.total:
            return ngettext(
                "The only section is approved.", "All %(total)s sections are approved.", self.total
            ) % {"total": self.total}
        return ngettext(
            "%(approved)s of %(total)s sections is approved.",
            "%(approved)s of %(total)s sections are approved.",
            self.approved,
        ) % {"approved": self.approved, "total": self.total}

    @property
    def short(self) -> str:
        """The same for a list."""
        return _("%(approved)s of %(total)s approved") % {
            "approved": self.approved,
            "total": self.total,
        }


def _told(state: State) -> str:
    """A count of sections, be it one or many: none of these words changes with the number."""
    return {
        State.EMPTY: _("%(count)s empty"),
        State.DRAFTING: _("%(count)s drafting"),
        State.IN_REVIEW: _("%(count)s in review"),
        State.CHANGES_REQUESTED: _("%(count)s sent back for changes"),
        State.APPROVED: _("%(count)s approved"),
        State.LAPSED: _("%(count)s changed since sign-off"),
    }[state]


def progress_of(briefs: Collection[Brief]) -> dict[int, Progress]:
    """Each brief's progress by its primary key, in one query."""
    progress = {brief.pk: Progress() for brief in briefs}
    rows = with_state(Section.objects.filter(brief__in=progress)).order_by()
    for brief_id, state, due_date in rows.values_list("brief_id", F("state_now"), "due_date"):
        progress[brief_id].count(State(state), due_date)
    return progress
