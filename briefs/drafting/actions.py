"""Saving a section: lock, check, change, record, publish."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.text import normalise
from briefs.drafting.merging import Conflict, merge
from briefs.drafting.writing import lock_section, write_answers
from briefs.events import publish
from briefs.live_text.log import hold_heads, text_at
from briefs.live_text.reading import tidy_texts
from briefs.models import Activity, Brief, LiveText, Revision, Section
from briefs.permissions import check_can_edit, check_can_write, refusal
from briefs.prompts import texts_now
from briefs.revisions import latest_revision, texts_of

NAMED_BY_LOOKING = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the revision, None when nothing was new; and the prompts in which
    colleagues' edits were joined. `version` is the newest revision of which the writer had every
    word on the screen, or wrote it."""

    section: Section
    version: int
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


def save_section(
    section: Section,
    texts: Mapping[str, str],
    *,
    by: User,
    started_from: int,
    typed_up_to: int | None = None,
    comment: str = "",
) -> Saved:
    """Saves what somebody wrote, by prompt key, over the version that they started from (0: nothing
    was written yet), or over what was typed up to an edit of the log.

    Edits made meanwhile are kept: other prompts untouched, the same prompt joined by word. Raises
    `EditConflict` where that isn't clean, `PermissionDenied` when the section can't be written in,
    `ValidationError` for texts too long; then nothing is stored, except that a conflict leaves what
    others typed with a revision, as it names that. Saving what is there already records nothing.
    """
    with transaction.atomic():
        section = lock_section(section)
        check_can_edit(by, section)
        joined = _join(section, texts, _base(section, started_from, typed_up_to))
        if not joined.conflicts:
            return _save(section, joined, by=by, started_from=started_from, comment=comment)
    raise EditConflict(joined.texts, joined.conflicts, section.version)


def name_live_text(section: Section) -> None:
    """Gives a revision to what was typed since the newest one: for pages that show revisions, and
    whenever somebody stops typing. Does nothing, in one query, when there is nothing."""
    if LiveText.objects.ahead().filter(section=section.pk).exists():
        with transaction.atomic():
            lock_section(section)


def name_live_texts(brief: Brief) -> None:
    """The same for every section of a brief."""
    for section in brief.sections.being_written():
        section.brief = brief
        name_live_text(section)


def hold_live_texts(brief: Brief) -> None:
    """The same within a transaction that has the brief's lock; until it ends nobody's typing is
    taken in any section, so that what is decided on their texts stays true."""
    hold_heads(brief)
    name_live_texts(brief)


def name_for_reader(section: Section, reader: User) -> None:
    """The same for a page that shows revisions: when its reader may write, and not in the first
    minute after the newest revision, so that looking doesn't fill the history."""
    if refusal(check_can_write, reader, section.brief):
        return
    newest = latest_revision(section)
    if newest is None or timezone.now() - newest.created_at > NAMED_BY_LOOKING:
        name_live_text(section)


@dataclass(frozen=True, slots=True)
class _Joined:
    """Somebody's text with what others wrote meanwhile, by prompt key. `conflicts` holds the
    others' text where that can't be; `is_all_known` says that there was nothing of others."""

    texts: dict[str, str]
    conflicts: dict[str, str]
    merged: tuple[str, ...]
    is_all_known: bool


def _save(section: Section, joined: _Joined, *, by: User, started_from: int, comment: str) -> Saved:
    revision = write_answers(section, joined.texts, by=by, kind=Revision.Kind.SAVE, comment=comment)
    if revision:
        publish(
            Activity.Verb.SECTION_SAVED,
            by=by,
            section=section,
            revision=revision,
            merged=joined.merged,
        )
    known = section.version if joined.is_all_known else started_from
    return Saved(section, known, revision, joined.merged)


def _join(section: Section, texts: Mapping[str, str], base: Mapping[str, str]) -> _Joined:
    theirs = texts_now(section)
    joined: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    merged: list[str] = []
    for key, sent in texts.items():
        mine, before, now = normalise(sent), base.get(key, ""), theirs.get(key, "")
        outcome = merge(before, mine, now)
        if isinstance(outcome, Conflict):
            joined[key], conflicts[key] = mine, now
        else:
            joined[key] = normalise(outcome.text)
        if before not in (mine, now):
            merged.append(key)
    return _Joined(joined, conflicts, tuple(merged), is_all_known=base == theirs)


def _base(section: Section, started_from: int, typed_up_to: int | None) -> dict[str, str]:
    if typed_up_to is not None:
        is_there = LiveText.objects.filter(section=section, seq__gte=typed_up_to).exists()
        # A number that never was, as in `_texts_at()`.
        return tidy_texts(text_at(section, typed_up_to)) if is_there else {}
    if started_from == section.version:
        return texts_now(section)
    return _texts_at(section, started_from)


def _texts_at(section: Section, number: int) -> dict[str, str]:
    """The text at a revision. A number that never was (a form from a restored backup) counts as
    nothing written, so that whatever differs is shown side by side rather than guessed."""
    revision = section.revisions.filter(number=number).first()
    return texts_of(revision) if revision else {}
