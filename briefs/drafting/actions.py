"""Saving a section: lock, check, change, record, publish."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.text import normalise
from briefs.drafting.merging import Conflict, merge
from briefs.drafting.prompts import texts_now
from briefs.drafting.writing import lock_section, write_answers
from briefs.events import publish
from briefs.models import Activity, Revision, Section
from briefs.permissions import check_can_edit
from briefs.revisions import texts_of


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the revision, None when nothing was new; and the prompts in which
    colleagues' edits were joined."""

    section: Section
    revision: Revision | None
    merged: tuple[str, ...]


class EditConflict(Exception):  # noqa: N818 - a fact about two people's work, not an error in the program
    """Somebody changed the same words meanwhile. Nothing was stored; both texts are in here, by
    prompt key.

    `texts` is what a form should now hold: merged where it was clean, the writer's own where it
    wasn't. `theirs` holds the stored text of each prompt in conflict, and `version` what a next
    save should name.
    """

    def __init__(self, texts: dict[str, str], theirs: dict[str, str], version: int) -> None:
        super().__init__(
            _(
                "Somebody changed the same words while you were writing. Both texts are shown; "
                "put into yours what should stay, and save again."
            )
        )
        self.texts = texts
        self.theirs = theirs
        self.version = version


@transaction.atomic
def save_section(
    section: Section, texts: Mapping[str, str], *, by: User, started_from: int, comment: str = ""
) -> Saved:
    """Saves what somebody wrote, by prompt key, over the version that they started from (0: nothing
    was written yet).

    Edits made meanwhile are kept: other prompts untouched, the same prompt joined by word. Raises
    `EditConflict` where that isn't clean, `PermissionDenied` when the section can't be written in,
    `ValidationError` for texts too long; then nothing is stored. Saving what is there already
    records nothing.
    """
    section = lock_section(section)
    check_can_edit(by, section)
    joined, merged = _join(section, texts, started_from)
    revision = write_answers(section, joined, by=by, kind=Revision.Kind.SAVE, comment=comment)
    if revision:
        publish(
            Activity.Verb.SECTION_SAVED, by=by, section=section, revision=revision, merged=merged
        )
    return Saved(section, revision, tuple(merged))


def _join(
    section: Section, texts: Mapping[str, str], started_from: int
) -> tuple[dict[str, str], list[str]]:
    mine = {key: normalise(text) for key, text in texts.items()}
    if started_from == section.version:
        return mine, []
    base = _texts_at(section, started_from)
    theirs = texts_now(section)
    joined: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    for key, text in mine.items():
        outcome = merge(base.get(key, ""), text, theirs.get(key, ""))
        if isinstance(outcome, Conflict):
            joined[key], conflicts[key] = text, theirs.get(key, "")
        else:
            joined[key] = normalise(outcome.text)
    if conflicts:
        raise EditConflict(joined, conflicts, section.version)
    merged = [key for key in mine if base.get(key, "") not in (mine[key], theirs.get(key, ""))]
    return joined, merged


def _texts_at(section: Section, number: int) -> dict[str, str]:
    """The text at a revision. A number that never was (a form from a restored backup) counts as
    nothing written, so that whatever differs is shown side by side rather than guessed."""
    revision = section.revisions.filter(number=number).first()
    return texts_of(revision) if revision else {}
