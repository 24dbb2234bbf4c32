"""The record of a section: its revisions, what was decided on their words, and whether that still
counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.models import Revision, Section, SignOff
from briefs.revisions import last_cleared_number, latest_revision

# Names by which a comparison may ask for a revision, besides its number.
NOTHING = "0"
APPROVED = "approved"
CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Decision:
    """A sign-off as seen from one revision. `counts`: it stands, and it is of the words that the
    section has now. `elsewhere`: it was given on another revision with the same words."""

    sign_off: SignOff
    counts: bool
    elsewhere: bool

    @property
    def is_approval(self) -> bool:
        return self.sign_off.decision == SignOff.Decision.APPROVED

    @property
    def mark(self) -> str:
        """The name of its shape: `is-<mark>` in the stylesheet."""
        if not self.is_approval:
            return "changes"
        return "approved" if self.counts else "lapsed"


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One revision as a list shows it. `names`: who recorded it, then whoever else wrote it."""

    revision: Revision
    names: str
    decisions: tuple[Decision, ...]

    @property
    def mark(self) -> str:
        """The shape of the newest decision, blank when there is none."""
        return self.decisions[-1].mark if self.decisions else ""


def lines_of(section: Section, revisions: Sequence[Revision]) -> list[RevisionLine]:
    """Revisions with the decisions on their words, oldest decision first; in two queries for any
    number of revisions that come with their contributors."""
    hashes = {revision.content_hash for revision in revisions}
    sign_offs = list(
        SignOff.objects.filter(section=section, content_hash__in=hashes)
        .select_related("revision")
        .order_by("pk")
    )
    standing = set(
        SignOff.objects.standing_approvals()
        .filter(section=section, content_hash__in=hashes)
        .order_by()
        .values_list("pk", flat=True)
    )
    return [
        RevisionLine(
            revision,
            _names(revision),
            tuple(
                Decision(
                    sign_off,
                    counts=sign_off.pk in standing
                    and sign_off.content_hash == section.content_hash,
                    elsewhere=sign_off.revision_id != revision.pk,
                )
                for sign_off in sign_offs
                if sign_off.content_hash == revision.content_hash
            ),
        )
        for revision in revisions
    ]


def last_approved_by(section: Section, user: User) -> Revision | None:
    """The newest revision that somebody approved and hasn't gone back on, None without one."""
    newest = (
        SignOff.objects.standing_approvals()
        .filter(section=section, decided_by=user)
        .select_related("revision")
        .order_by("-revision__number")
        .first()
    )
    return newest.revision if newest else None


def last_cleared(section: Section) -> Revision | None:
    """The revision that last got every sign-off, None when none did."""
    return section.revisions.filter(number=last_cleared_number(section)).first()


def find_revision(section: Section, wanted: str, user: User) -> Revision | None:
    """The revision that a page was asked for: its number, `APPROVED` by that person, `CLEARED` by
    all who must sign, or `NOTHING`, which is None. Raises `ValidationError` when there is none."""
    if wanted == NOTHING:
        return None
    if wanted == APPROVED:
        return _found(
            last_approved_by(section, user),
            _("You have not approved any text of this section yet."),
        )
    if wanted == CLEARED:
        return _found(last_cleared(section), _("No text of this section was ever approved."))
    newest = latest_revision(section)
    if newest is None:
        raise ValidationError(_("Nothing was written in this section yet."))
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
    return _found(
        section.revisions.filter(number=number).first(),
        _("There is no revision “%(wanted)s”. Give a number from 1 to %(newest)s.")
        % {"wanted": wanted, "newest": newest.number},
    )


def _found(revision: Revision | None, otherwise: str) -> Revision:
    if revision is None:
        raise ValidationError(otherwise)
    return revision


def _names(revision: Revision) -> str:
    others = [
        person.get_full_name()
        for person in revision.contributors.all()
        if person.pk != revision.created_by_id
    ]
    return ", ".join([revision.created_by_name, *others])
