"""Approving several sections at once: those that wait for somebody and that they have opened at
their newest revision."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.models import Opening, Revision, Section, SignOff
from briefs.review.actions import approve_section
from briefs.review.waiting import sections_to_decide

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """One section that somebody may approve. `is_opened`: they had its review open at the revision
    that it has now."""

    section: Section
    is_opened: bool

    @property
    def choice(self) -> str:
        """What the form sends for it: the section, and the revision that was read."""
        return f"{self.section.pk}:{self.section.version}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of the chosen sections; `refusal` is blank when it is approved or signed
    off."""

    section: Section
    refusal: str


def note_opening(revision: Revision, user: User) -> None:
    """Remembers that somebody has the review of a section open at a revision."""
    Opening.objects.bulk_create([Opening(revision=revision, user=user)], ignore_conflicts=True)


def waiting_for(user: User) -> list[Waiting]:
    """The sections that somebody may approve now, oldest request first. A constant number of
    queries."""
    opened = Opening.objects.filter(
        user=user, revision__section=OuterRef("pk"), revision__number=OuterRef("version")
    )
    rows = (
        sections_to_decide(user)
        .exclude(Q(("has_contributed", True)))
        .annotate(was_opened=Exists(opened))
        .select_related("brief", "section_template", "review_requested_by")
        .order_by(F("review_requested_at").asc(), "pk")[:MOST_ROWS]
    )
    return [Waiting(row, vars(row)["was_opened"]) for row in rows]


def approve_opened(chosen: Collection[str], *, by: User) -> list[Outcome]:
    """Approves each of the chosen sections, as `Waiting.choice` names them, in a transaction of its
    own: one that is refused holds up no other."""
    read = dict(_parsed(choice) for choice in chosen)
    sections = Section.objects.visible_to(by).filter(pk__in=read).select_related("brief")
    return [Outcome(row, _approve(row, read[row.pk], by)) for row in sections.in_outline_order()]


@transaction.atomic
def _approve_if_opened(section: Section, revision: int, by: User) -> SignOff:
    opened = Opening.objects.filter(user=by, revision__section=section, revision__number=revision)
    if not opened.exists():
        raise PermissionDenied(_("You have not opened this revision. Open it first, then approve."))
    return approve_section(section, by=by, revision=revision)


def _approve(section: Section, revision: int, by: User) -> str:
    try:
        _approve_if_opened(section, revision, by)
    except PermissionDenied as denied:
        return str(denied)
    return ""


def _parsed(choice: str) -> tuple[int, int]:
    section, _colon, revision = choice.partition(":")
    if section.isdecimal() and revision.isdecimal() and len(section) < 19 and len(revision) < 10:
        return int(section), int(revision)
    return 0, 0
