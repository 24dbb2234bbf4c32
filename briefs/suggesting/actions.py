"""Suggesting other words for a text in review, and answering that. Accepting is the one way in
which a text changes while it is frozen for review."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.lines import check_line
from accounts.models import User
from briefs.document.text import MAX_PROMPT_BYTES, normalise, size
from briefs.drafting.writing import lock_section, write_answers
from briefs.events import publish
from briefs.live_text.freezing import set_frozen
from briefs.models import (
    Activity,
    Revision,
    Section,
    Suggestion,
    SuggestionDecision,
    actor_name,
)
from briefs.permissions import (
    check_can_answer_suggestions,
    check_can_suggest,
    check_can_withdraw_suggestion,
    check_is_not_own_suggestion,
)
from briefs.prompts import texts_now
from briefs.revisions import newest_if_seen
from briefs.suggesting.fitting import with_suggestion

MAX_REASON = 2000
Verb = Activity.Verb
Outcome = SuggestionDecision.Outcome


@dataclass(frozen=True, slots=True)
class Proposal:
    """Other words for a passage: `old` stands from character `start` of the answer's source."""

    prompt_key: str
    start: int
    old: str
    new: str
    reason: str = ""


def check_can_suggest_now(user: User, section: Section) -> None:
    """As `check_can_suggest`, while the text rests for review."""
    check_can_suggest(user, section.brief)
    if section.status != Section.Status.IN_REVIEW:
        raise PermissionDenied(
            _(
                "Other words are suggested while a section is in review, and this one is not. "
                "Comment on it instead."
            )
        )


def check_can_accept(user: User, suggestion: Suggestion) -> None:
    """Who answers suggestions, but for their own."""
    check_can_answer_suggestions(user, suggestion.section)
    check_is_not_own_suggestion(user, suggestion)


@transaction.atomic
def make_suggestion(section: Section, proposal: Proposal, *, by: User, revision: int) -> Suggestion:
    """Puts other words beside the text, of which the person read a revision. Raises
    `ValidationError` by field (`new`, `reason`) for words that are no change or too many, and
    `PermissionDenied` when there is a newer revision."""
    section = lock_section(section)
    check_can_suggest_now(by, section)
    seen = newest_if_seen(section, revision)
    text = texts_now(section).get(proposal.prompt_key, "")
    end = proposal.start + len(proposal.old)
    if not proposal.old or text[proposal.start : end] != proposal.old:
        raise PermissionDenied(_("This passage is not in the text. Choose it again."))
    new = normalise(proposal.new)
    if new == normalise(proposal.old):
        raise ValidationError({"new": _("Change the words: they are as they stand in the text.")})
    if size(text) - size(proposal.old) + size(new) > MAX_PROMPT_BYTES:
        raise ValidationError({"new": _("With these words the text would pass 64 KB.")})
    suggestion = Suggestion.objects.create(
        section=section,
        revision=seen,
        prompt_key=proposal.prompt_key,
        start=proposal.start,
        old=proposal.old,
        new=new,
        reason=_checked_reason(proposal.reason),
        made_by=by,
        made_by_name=actor_name(by),
    )
    publish(
        Verb.SUGGESTION_MADE, by=by, section=section, revision=seen, suggestion_id=suggestion.pk
    )
    return suggestion


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, *, by: User, revision: int) -> Revision:
    """Writes the suggested words into the text as a revision of both people, and returns it. A
    review goes on at that revision; sign-offs of the text before no longer count.

    `revision` is the number that was read. Raises `PermissionDenied` when there is a newer one,
    `Misfit` with both texts when the passage was changed since the suggestion was made, and
    `ValidationError` for a text too long.
    """
    section = lock_section(suggestion.section)
    suggestion = _open(suggestion, section)
    check_can_accept(by, suggestion)
    newest_if_seen(section, revision)
    key = suggestion.prompt_key
    recorded = write_answers(
        section,
        {key: with_suggestion(suggestion, texts_now(section).get(key, ""))},
        by=by,
        kind=Revision.Kind.SUGGESTED,
        comment=_("from %(name)s") % {"name": suggestion.made_by_name},
        contributors=[by, suggestion.made_by],
        written_by=suggestion.made_by,
    )
    if recorded is None:
        raise PermissionDenied(
            _("The text says this already. Decline the suggestion: nothing is left to change.")
        )
    # Words that were approved before end the review.
    set_frozen(section)
    _decide(suggestion, Outcome.ACCEPTED, by=by, revision=recorded)
    return recorded


@transaction.atomic
def decline_suggestion(suggestion: Suggestion, *, by: User, reason: str = "") -> None:
    """Leaves the text as it is, with a reason or without. Raises `ValidationError` by field."""
    section = lock_section(suggestion.section)
    suggestion = _open(suggestion, section)
    check_can_answer_suggestions(by, section)
    _decide(suggestion, Outcome.DECLINED, by=by, reason=_checked_reason(reason))


@transaction.atomic
def withdraw_suggestion(suggestion: Suggestion, *, by: User) -> None:
    """Takes one's own suggestion back."""
    suggestion = _open(suggestion, lock_section(suggestion.section))
    check_can_withdraw_suggestion(by, suggestion)
    _decide(suggestion, Outcome.WITHDRAWN, by=by)


def _open(suggestion: Suggestion, section: Section) -> Suggestion:
    """The suggestion, if nobody has answered it; its section is locked."""
    rows = Suggestion.objects.select_related("decision", "made_by", "revision")
    suggestion = rows.get(pk=suggestion.pk, section=section)
    suggestion.section = section
    if hasattr(suggestion, "decision"):
        sentences = {
            Outcome.ACCEPTED: _("%(name)s has accepted this suggestion already."),
            Outcome.DECLINED: _("%(name)s has declined this suggestion already."),
            Outcome.WITHDRAWN: _("%(name)s has withdrawn this suggestion."),
        }
        decision = suggestion.decision
        told = {"name": decision.decided_by_name}
        raise PermissionDenied(sentences[Outcome(decision.outcome)] % told)
    return suggestion


def _decide(
    suggestion: Suggestion,
    outcome: SuggestionDecision.Outcome,
    *,
    by: User,
    revision: Revision | None = None,
    reason: str = "",
) -> None:
    SuggestionDecision.objects.create(
        suggestion=suggestion,
        outcome=outcome,
        revision=revision,
        reason=reason,
        decided_by=by,
        decided_by_name=actor_name(by),
    )
    verbs = {
        Outcome.ACCEPTED: Verb.SUGGESTION_ACCEPTED,
        Outcome.DECLINED: Verb.SUGGESTION_DECLINED,
        Outcome.WITHDRAWN: Verb.SUGGESTION_WITHDRAWN,
    }
    why: dict[str, Any] = {"reason": reason} if reason else {}
    publish(
        verbs[outcome],
        by=by,
        section=suggestion.section,
        revision=revision or suggestion.revision,
        suggestion_id=suggestion.pk,
        made_by=suggestion.made_by_id,
        name=suggestion.made_by_name,
        **why,
    )


def _checked_reason(reason: str) -> str:
    reason = reason.replace("\r\n", "\n").strip()
    if len(reason) > MAX_REASON:
        raise ValidationError({"reason": _("A reason takes 2,000 characters at most.")})
    try:
        check_line(reason)
    except ValidationError as unseen:
        raise ValidationError({"reason": unseen.messages}) from unseen
    return reason
