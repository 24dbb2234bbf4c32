"""Loose text finds its place: put into an answer, whole or in pieces, or dismissed with a reason;
each can be undone."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.text import normalise
from briefs.drafting.merging import Conflict, merge
from briefs.drafting.writing import lock_section, write_answers
from briefs.events import publish
from briefs.locks import lock_brief
from briefs.models import Activity, LooseText, Placement, Revision, Section
from briefs.permissions import check_can_edit, check_can_write
from briefs.prompts import texts_now
from briefs.revisions import texts_of, writers_of


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a placement did. `is_out_of_answer` is False when later edits touched the text,
    so that it stands in the answer as well and somebody has to look."""

    loose_text: LooseText
    is_out_of_answer: bool


@transaction.atomic
def place_text(
    loose: LooseText, section: Section, prompt_key: str, piece: str, *, by: User
) -> Placement:
    """Puts a connected piece of a loose text at the end of an answer; what is left of it goes on
    waiting.

    Raises `ValidationError` on `piece` when it is blank or isn't in the text (any more), or as
    `write_answers()` does.
    """
    section = lock_section(section)
    check_can_edit(by, section)
    loose = _lock(loose)
    _check_waits(loose)
    if loose.brief_id != section.brief_id:
        raise PermissionDenied(_("That section belongs to another brief."))
    piece = normalise(piece)
    if not piece:
        raise ValidationError({"piece": _("Leave the words that should move.")})
    before, found, after = _cut(loose.text, piece)
    if not found:
        raise ValidationError(
            {
                "piece": _(
                    "These words aren't in the text as one connected piece. Only cut at its "
                    "ends; change words after the move."
                )
            }
        )
    existing = texts_now(section).get(prompt_key, "")
    revision = write_answers(
        section,
        {prompt_key: f"{existing}\n\n{piece}" if existing else piece},
        by=by,
        kind=Revision.Kind.PLACED,
        comment=_from_where(loose),
        contributors={by, *_writers(loose)},
    )
    if revision is None:
        raise ValidationError({"piece": _("Leave the words that should move.")})
    placement = Placement.objects.create(
        loose_text=loose, revision=revision, text_before=loose.text
    )
    loose.text = normalise(f"{before.rstrip()}\n\n{after.lstrip(chr(10))}")
    if not loose.text:
        _settle(loose, by)
    loose.save()
    publish(
        Activity.Verb.TEXT_PLACED, by=by, section=section, revision=revision, loose_text=loose.pk
    )
    return placement


@transaction.atomic
def undo_placement(placement: Placement, *, by: User) -> Undone:
    """Takes a placement back: the loose text waits again, and its words leave the answer unless
    somebody has edited them since. Only the last placement of a text can be undone, then the one
    before."""
    section = lock_section(placement.revision.section)
    check_can_edit(by, section)
    loose = _lock(placement.loose_text)
    standing = loose.placements.filter(undone_at=None).first()
    if standing is None or standing.pk != placement.pk:
        raise PermissionDenied(_("Only the last move of this text can be undone."))
    is_out, revision = _take_out(section, placement, by=by)
    loose.text = placement.text_before
    _unsettle(loose)
    loose.save()
    placement.undone_at = timezone.now()
    placement.save(update_fields=["undone_at"])
    publish(
        Activity.Verb.TEXT_PLACEMENT_UNDONE,
        by=by,
        section=section,
        revision=revision,
        loose_text=loose.pk,
    )
    return Undone(loose, is_out)


def _take_out(section: Section, placement: Placement, *, by: User) -> tuple[bool, Revision | None]:
    """Whether the words are out of the answer, and the revision if that took one."""
    placed = placement.revision
    with_it = texts_of(placed)
    previous = section.revisions.filter(number=placed.number - 1).first()
    without_it = texts_of(previous) if previous else {}
    changed = [key for key, text in with_it.items() if without_it.get(key, "") != text]
    now = texts_now(section)
    texts: dict[str, str] = {}
    for key in changed:
        outcome = merge(with_it[key], without_it.get(key, ""), now.get(key, ""))
        if isinstance(outcome, Conflict):
            return False, None
        texts[key] = outcome.text
    comment = _("placed text taken out again")
    return True, write_answers(section, texts, by=by, kind=Revision.Kind.RESTORE, comment=comment)


@transaction.atomic
def dismiss_text(loose: LooseText, *, by: User, reason: str) -> LooseText:
    """Says that a loose text isn't needed, and why. It stays on record and can be brought back."""
    loose = _lock_with_brief(loose)
    check_can_write(by, loose.brief)
    _check_waits(loose)
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("Say why this text isn't needed.")})
    loose.dismissal_reason = reason
    _settle(loose, by)
    loose.full_clean()
    loose.save()
    publish(
        Activity.Verb.TEXT_DISMISSED,
        by=by,
        brief=loose.brief,
        section=loose.section,
        loose_text=loose.pk,
        reason=reason,
    )
    return loose


@transaction.atomic
def reopen_text(loose: LooseText, *, by: User) -> LooseText:
    """Brings a dismissed text back among those that wait."""
    loose = _lock_with_brief(loose)
    check_can_write(by, loose.brief)
    if not loose.dismissal_reason:
        raise PermissionDenied(_("This text wasn't dismissed."))
    _unsettle(loose)
    loose.save()
    publish(
        Activity.Verb.TEXT_REOPENED,
        by=by,
        brief=loose.brief,
        section=loose.section,
        loose_text=loose.pk,
    )
    return loose


def _writers(loose: LooseText) -> list[User]:
    """Whose words they are, whoever places them: so nobody comes to approve their own."""
    if loose.parked_from:
        return list(User.objects.filter(pk__in=writers_of(loose.parked_from)))
    return [loose.imported_by] if loose.imported_by else []


def _cut(text: str, piece: str) -> tuple[str, str, str]:
    """What stands before the piece, the piece if it is there, and what stands behind. At the end of
    the text it is the end that is meant, should the same words stand earlier as well."""
    return text.rpartition(piece) if text.endswith(piece) else text.partition(piece)


def _lock_with_brief(loose: LooseText) -> LooseText:
    """The brief first, as everywhere."""
    brief = lock_brief(loose.brief)
    locked = _lock(loose)
    locked.brief = brief
    return locked


def _lock(loose: LooseText) -> LooseText:
    return (
        LooseText.objects.select_for_update(of=("self",), no_key=True)
        .select_related("brief", "section")
        .get(pk=loose.pk)
    )


def _check_waits(loose: LooseText) -> None:
    if loose.settled_at is not None:
        raise PermissionDenied(_("This text has been placed or dismissed already."))


def _settle(loose: LooseText, by: User) -> None:
    loose.settled_at = timezone.now()
    loose.settled_by = by


def _unsettle(loose: LooseText) -> None:
    loose.settled_at = None
    loose.settled_by = None
    loose.dismissal_reason = ""


def _from_where(loose: LooseText) -> str:
    if loose.parked_from:
        return _("from %(place)s") % {"place": loose.source}
    if loose.line is None:
        return _("from the imported text")
    return _("from line %(line)s of %(source)s") % {
        "line": loose.line,
        "source": loose.source or _("the imported text"),
    }
