"""One brief at a glance: its outline with the state of each section, its people, its loose texts
and what happened last.

Four queries, whatever the brief holds, besides the one that loads it.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from briefs.document.words import count_words
from briefs.live_text.reading import typed_texts, writing_now
from briefs.models import (
    Activity,
    Brief,
    Comment,
    Edition,
    LooseText,
    Membership,
    Part,
    Section,
    open_overrides,
    with_sign_offs,
)
from briefs.overview.happenings import TOLD_WITH
from briefs.overview.lengths import Length, length_of, with_asked_length
from briefs.overview.progress import Progress
from briefs.overview.times import Due, age, due
from briefs.reading import part_numbers, section_numbers

State = Section.State
MOST_ACTIVITIES = 8


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One section of the outline. `age` is blank before anything was written; `loose` counts its
    texts without a place; `writing` names who types in it just now; `comments` counts the open
    ones; `is_override`: it is approved by an override that nobody has countersigned."""

    section: Section
    number: str
    length: Length
    age: str
    due: Due | None
    loose: int
    writing: list[str]
    comments: int
    is_override: bool


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part with its sections; `number` is None for the opening."""

    part: Part
    number: int | None
    rows: list[OutlineRow]


def with_newest_edition(briefs: QuerySet[Brief]) -> QuerySet[Brief]:
    """Adds `edition_number` and `edition_released_at` of the newest edition, null when there is
    none, so that a brief and its edition are one query."""
    newest = Edition.objects.filter(brief=OuterRef("pk")).order_by("-number")
    return briefs.annotate(
        edition_number=Subquery(newest.values("number")[:1]),
        edition_released_at=Subquery(newest.values("released_at")[:1]),
    )


class Glance:
    """What the page of a brief shows to somebody."""

    def __init__(self, brief: Brief, user: User) -> None:
        self.brief = brief
        self.user = user
        self.members = list(brief.memberships.select_related("user").order_by("user__name", "pk"))
        # The rules ask for the roles; they are here already.
        brief.roles = {member.user_id: member.role for member in self.members}
        sections = with_sign_offs(brief.sections.in_outline_order())
        # The plugin minds that Section declares what is added here.
        self.sections = list(
            with_asked_length(sections)  # type: ignore[no-redef,unused-ignore]
            .annotate(
                open_comments=_open_comments(),
                open_override=Exists(open_overrides().filter(section=OuterRef("pk"))),
            )
            .select_related("part", "section_template", "author")
            .prefetch_related("reviewers")
        )
        self.loose_texts = list(brief.loose_texts.filter(settled_at=None))
        typed = typed_texts(self.sections)
        self.writing = writing_now(self.sections)
        for section in self.sections:
            section.brief = brief
            if section.pk in typed:
                section.words = sum(map(count_words, typed[section.pk].texts.values()))

    @cached_property
    def parts(self) -> list[OutlinePart]:
        """The outline in order, with computed numbers."""
        part_of = part_numbers(self.sections)
        number_of = section_numbers(self.sections)
        loose = Counter(text.section_id for text in self.loose_texts)
        parts = []
        for part_id, members in groupby(self.sections, key=lambda section: section.part_id):
            rows = [
                _row(
                    section,
                    number_of[section.pk],
                    loose[section.pk],
                    self.writing.get(section.pk, []),
                )
                for section in members
            ]
            parts.append(OutlinePart(rows[0].section.part, part_of[part_id], rows))
        return parts

    @cached_property
    def progress(self) -> Progress:
        """The sections counted by state."""
        progress = Progress()
        for section in self.sections:
            progress.count(section.state, section.due_date)
        return progress

    @property
    def sentence(self) -> str:
        """What remains, after the sentence on what is approved; blank when nothing does."""
        waiting = self.progress.by_state[State.IN_REVIEW]
        back = self.progress.by_state[State.CHANGES_REQUESTED]
        late = self.progress.late
        told = []
        if waiting:
            told.append(
                ngettext("%(count)s waits for a decision", "%(count)s wait for a decision", waiting)
                % {"count": waiting}
            )
        if back:
            told.append(
                ngettext("%(count)s was sent back", "%(count)s were sent back", back)
                % {"count": back}
            )
        if late:
            told.append(ngettext("%(count)s is late", "%(count)s are late", late) % {"count": late})
        return _("%(sentence)s.") % {"sentence": get_text_list(told, _("and"))} if told else ""

    @property
    def homeless_texts(self) -> list[LooseText]:
        """The loose texts that belong to no section."""
        return [text for text in self.loose_texts if text.section_id is None]

    @property
    def next_section(self) -> Section | None:
        """The first section of the reader's own that waits for their words."""
        mine = [section for section in self.sections if section.author_id == self.user.pk]
        for states in ((State.CHANGES_REQUESTED,), (State.DRAFTING, State.EMPTY, State.LAPSED)):
            for section in mine:
                if section.state in states:
                    return section
        return None

    @property
    def managers(self) -> list[Membership]:
        return [member for member in self.members if member.role == Membership.Role.MANAGER]

    @cached_property
    def activities(self) -> list[Activity]:
        """What happened last."""
        rows = self.brief.activities.select_related(*TOLD_WITH)
        return list(rows[:MOST_ACTIVITIES])


def _row(section: Section, number: str, loose: int, writing: list[str]) -> OutlineRow:
    return OutlineRow(
        section,
        number,
        length_of(section),
        age(section.edited_at) if section.edited_at else "",
        due(section.due_date) if section.due_date and section.state != State.APPROVED else None,
        loose,
        writing,
        vars(section)["open_comments"],
        vars(section)["open_override"],
    )


def _open_comments() -> Coalesce:
    """How many open comments a section has, within the query for sections."""
    threads = Comment.objects.open().filter(section=OuterRef("pk")).order_by()
    counted = threads.values("section").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
