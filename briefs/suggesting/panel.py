"""The suggestions on a section, as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from briefs.document.compare import Change, compare
from briefs.models import Section, Suggestion, SuggestionDecision
from briefs.permissions import check_can_answer_suggestions, refusal
from briefs.prompts import Question
from briefs.suggesting.actions import check_can_accept, check_can_suggest_now


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggestion as it is read: `runs` are the difference of its words from those of the text.
    `accept_refusal` says why the reader can't accept it, blank where they can."""

    suggestion: Suggestion
    decision: SuggestionDecision | None
    label: str
    runs: Sequence[Change]
    accept_refusal: str
    is_own: bool

    @property
    def button_id(self) -> str:
        return f"accept-{self.suggestion.pk}"


class Suggestions:
    """A section's suggestions for one person, in one query."""

    def __init__(self, section: Section, user: User, questions: Sequence[Question]) -> None:
        self.section = section
        self.user = user
        self.questions = questions
        self.refusal = refusal(check_can_suggest_now, user, section)
        self.answer_refusal = refusal(check_can_answer_suggestions, user, section)

    @cached_property
    def _all(self) -> list[SuggestionView]:
        labels = {question.key: question.label for question in self.questions}
        order = list(labels)

        def place(row: Suggestion) -> tuple[int, int, int]:
            known = row.prompt_key in labels
            return order.index(row.prompt_key) if known else len(order), row.start, row.pk

        rows = self.section.suggestions.select_related("revision", "decision__revision")
        return [self._view(row, labels) for row in sorted(rows, key=place)]

    def _view(self, row: Suggestion, labels: dict[str, str]) -> SuggestionView:
        row.section = self.section
        return SuggestionView(
            row,
            getattr(row, "decision", None),
            labels.get(row.prompt_key, row.prompt_key),
            compare(row.old, row.new),
            refusal(check_can_accept, self.user, row),
            row.made_by_id == self.user.pk,
        )

    @cached_property
    def open(self) -> list[SuggestionView]:
        """Those that wait for an answer, in the order of the text."""
        return [view for view in self._all if view.decision is None]

    @cached_property
    def answered(self) -> list[SuggestionView]:
        """The others, the last answered first."""
        views = [view for view in self._all if view.decision]
        return sorted(views, key=_answered_at, reverse=True)


def _answered_at(view: SuggestionView) -> int:
    return view.decision.pk if view.decision else 0
