"""The record of a section: its revisions, what was decided on their words, and whether that still
counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.models import Revision, Section, SignOff
from briefs.revisions import last_cleared_number, latest_revision, texts_of_many

# Names by which a comparison may ask for a revision, besides its number.
NOTHING = "0"
APPROVED = "approved"
CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Decision:
    """A sign-off as seen from one revision. `counts`: it stands, and it is of the words that the
    section has now. `why_not` says in a sentence why an approval of these words doesn't count, and
    is blank for one of other words. `elsewhere`: it was given on another revision with the same
    words."""

    sign_off: SignOff
    counts: bool
    why_not: str
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

    @property
    def decided(self) -> str:
        """The newest decision in a word or two, blank when there is none."""
        if not self.decisions:
            return ""
        newest = self.decisions[-1]
        if not newest.is_approval:
            return _("sent back")
        return _("approved") if newest.counts else _("approved then")


def lines_of(section: Section, revisions: Sequence[Revision], user: User) -> list[RevisionLine]:
    """Revisions with the decisions on their words that somebody may know of, oldest decision first;
    in three queries for any number of revisions that come with their contributors."""
    hashes = {revision.content_hash for revision in revisions}
    of_texts = SignOff.objects.filter(section=section, content_hash__in=hashes).told_to(user)
    told = of_texts.with_givers().select_related("revision", "countersignature")
    sign_offs = list(told.order_by("pk"))
    counting = set(of_texts.counting().order_by().values_list("pk", flat=True))
    standing = set(of_texts.standing_approvals().order_by().values_list("pk", flat=True))
    decisions = {
        sign_off.pk: _decision(section, sign_off, standing, counting) for sign_off in sign_offs
    }
    return [
        RevisionLine(
            revision,
            _names(revision),
            tuple(
                replace(decisions[sign_off.pk], elsewhere=sign_off.revision_id != revision.pk)
                for sign_off in sign_offs
                if sign_off.content_hash == revision.content_hash
            ),
        )
        for revision in revisions
    ]


def _decision(
    section: Section, sign_off: SignOff, standing: Collection[int], counting: Collection[int]
) -> Decision:
    is_of_text = sign_off.content_hash == section.content_hash
    counts = is_of_text and sign_off.pk in counting
    is_told = is_of_text and sign_off.decision == SignOff.Decision.APPROVED and not counts
    is_standing = sign_off.pk in standing
    why_not = _why_not(sign_off, is_standing=is_standing) if is_told else ""
    return Decision(sign_off, counts, why_not, elsewhere=False)


def _why_not(sign_off: SignOff, *, is_standing: bool) -> str:
    about = {"name": sign_off.decided_by_name}
    if not is_standing:
        return _("%(name)s has decided anew since.") % about
    if not sign_off.giver_decides:
        return _("%(name)s no longer decides on reviews in this brief.") % about
    if not sign_off.giver_holds_kind:
        return _("%(name)s no longer gives this kind of sign-off.") % about
    return _("%(name)s wrote in the section afterwards.") % about


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


def revisions_of_texts(
    section: Section, texts: Mapping[str, str], *, since: int
) -> dict[str, Revision]:
    """In which revision after number `since` each text came in as it stands now, by prompt key."""
    newest_first = list(section.revisions.filter(number__gt=since).order_by("-number"))
    stored = texts_of_many(newest_first)
    found: dict[str, Revision] = {}
    for key, text in texts.items():
        for revision in newest_first:
            if stored[revision.pk].get(key, "") != text:
                break
            found[key] = revision
    return found


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
