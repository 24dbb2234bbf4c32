"""Edits that could not be taken: stored for their author, never applied."""

from enum import StrEnum

from briefs.collaboration.limits import MAX_REFUSED_BYTES, MAX_REFUSED_PER_PERSON
from briefs.models import RefusedEdit


class Reason(StrEnum):
    """Why a change is refused; the word that the client is told and that is stored."""

    READ_ONLY = "read_only"
    FROZEN = "frozen"
    PROMPT_FULL = "prompt_full"
    BRIEF_FULL = "brief_full"


class Refused(Exception):  # noqa: N818 - a decision, not a mistake of ours
    """The change is not taken. The connection stays: its page keeps the text for copying."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def store_refused(section: int, person: int, reason: Reason, update: bytes) -> bool:
    """Keeps a refused edit; whether there was room for it. The page has the text in any case."""
    theirs = RefusedEdit.objects.filter(live_text=section, user=person)
    if len(update) > MAX_REFUSED_BYTES or theirs.count() >= MAX_REFUSED_PER_PERSON:
        return False
    RefusedEdit.objects.create(
        live_text_id=section, user_id=person, reason=reason.value, update=update
    )
    return True
