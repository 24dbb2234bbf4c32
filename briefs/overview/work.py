"""What somebody has to do, over all their briefs in use. A constant number of queries."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, groupby

from django.db.models import F, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from briefs.models import (
    Activity,
    Brief,
    Comment,
    Membership,
    Section,
    SectionQuerySet,
    SignOff,
    open_overrides,
)
from briefs.models.brief import BriefQuerySet
from briefs.models.comment import CommentQuerySet
from briefs.overview.happenings import TOLD_WITH
from briefs.overview.lengths import Length, length_of, with_asked_length
from briefs.overview.namesakes import Namesakes
from briefs.overview.progress import Progress, progress_of
from briefs.overview.states import UNFINISHED, in_states, with_state
from briefs.overview.times import Due, due
from briefs.reading import section_numbers
from briefs.review.waiting import sections_to_decide

State = Section.State
Role = Membership.Role
TO_WRITE = [State.EMPTY, State.DRAFTING, State.LAPSED]
MOST_ROWS = 50
MOST_BRIEFS = 12
MOST_ACTIVITIES = 8


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One section in a list. `note` says what a reader of the list has to know besides; `apart`
    tells its brief from others of one title."""

    section: Section
    apart: str
    number: str
    length: Length
    due: Due | None
    note: str


@dataclass(frozen=True, slots=True)
class WorkList:
    """The first rows of a list, and how many more there are."""

    rows: list[WorkRow]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)

    @property
    def late(self) -> list[WorkRow]:
        return [row for row in self.rows if row.due and row.due.is_late]


@dataclass(frozen=True, slots=True)
class MyBrief:
    """A brief that somebody is a member of, and how far it is; `apart` tells it from others of one
    title."""

    brief: Brief
    apart: str
    role: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Task:
    """A comment that somebody is to see to; `apart` tells its brief from others of one title."""

    comment: Comment
    apart: str
    due: Due


class Work:
    """The home page of one person."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._namesakes = Namesakes(user)
        written = Section.objects.filter(brief__in=_briefs_written_in(user), author=user)
        self.by_state = Counter(with_state(written).values_list(F("state_now"), flat=True))
        self._sent_back = self._load(in_states(written, [State.CHANGES_REQUESTED]))
        self._to_write = self._load(in_states(written, TO_WRITE))
        self._with_reviewer = self._load(in_states(written, [State.IN_REVIEW]))
        waiting = sections_to_decide(user)
        self.waiting_count = waiting.count()
        self._waiting = self._load(waiting)
        others_late = late_sections_managed_by(user)
        self.others_late_count = others_late.count()
        self._others_late = self._load(others_late)
        lists = (self._sent_back, self._to_write, self._with_reviewer, self._waiting)
        rows = [*chain(*lists), *self._others_late]
        prefetch_related_objects(rows, "reviewers")
        self._numbers = numbers_of(rows)
        self.roles = set(
            Membership.objects.filter(user=user, brief__archived_at=None)
            .order_by()
            .values_list("role", flat=True)
            .distinct()
        )

    @cached_property
    def sent_back(self) -> WorkList:
        """My sections in which changes were requested."""
        return self._list(self._sent_back, self.by_state[State.CHANGES_REQUESTED])

    @cached_property
    def to_write(self) -> WorkList:
        """My sections that are empty, in drafting, or changed since they were approved."""
        count = sum(self.by_state[state] for state in TO_WRITE)
        return self._list(self._to_write, count)

    @cached_property
    def with_reviewer(self) -> WorkList:
        """My sections that wait for somebody's decision."""
        return self._list(self._with_reviewer, self.by_state[State.IN_REVIEW])

    @cached_property
    def waiting(self) -> WorkList:
        """The sections in review on which I may decide."""
        rows = [self._row(section, _why_waiting(section, self.user)) for section in self._waiting]
        return WorkList(rows, self.waiting_count)

    @cached_property
    def others_late(self) -> WorkList:
        """What is late in the briefs that I manage and isn't mine to write."""
        rows = [self._row(section, whose(section)) for section in self._others_late]
        return WorkList(rows, self.others_late_count)

    @property
    def writes(self) -> bool:
        """Whether a section could be mine to write."""
        return bool(self.roles & {Role.AUTHOR, Role.EDITOR, Role.MANAGER})

    @property
    def decides(self) -> bool:
        """Whether a section could wait for my decision."""
        return bool(self.roles.intersection(Membership.DECIDING))

    @cached_property
    def next(self) -> WorkRow | None:
        """Where to go on: what was sent back comes first, then what is due first."""
        rows = [*self.sent_back.rows, *self.to_write.rows]
        return rows[0] if rows else None

    @cached_property
    def tasks(self) -> list[Task]:
        """The comments that are my task, what is due first in front."""
        return list_tasks(Comment.objects.tasks_of(self.user), self._namesakes)

    @cached_property
    def overrides(self) -> list[SignOff]:
        """What managers approved without all sign-offs and I may countersign, but for text that I
        wrote in: then the page says so."""
        deciding = Membership.objects.filter(user=self.user, role__in=Membership.DECIDING)
        return list(
            open_overrides()
            .filter(section__brief__in=deciding.values("brief"))
            .exclude(decided_by=self.user)
            .select_related("section__brief", "section__section_template")[:MOST_ROWS]
        )

    @cached_property
    def briefs(self) -> list[MyBrief]:
        """The briefs that I am a member of, the last changed first."""
        memberships = list(
            Membership.objects.filter(user=self.user, brief__archived_at=None)
            .select_related("brief")
            .order_by("-brief__updated_at", "-brief_id")[:MOST_BRIEFS]
        )
        progress = progress_of([membership.brief for membership in memberships])
        return [
            MyBrief(
                row.brief,
                self._namesakes.apart(row.brief),
                row.get_role_display(),
                progress[row.brief_id],
            )
            for row in memberships
        ]

    @cached_property
    def activities(self) -> list[Activity]:
        """What others did last in my briefs."""
        mine = Brief.objects.filter(memberships__user=self.user).unarchived()
        others = Activity.objects.filter(brief__in=mine).exclude(actor=self.user)
        # Chosen by key alone: else the database sorts every act there ever was with all it tells.
        newest = others.values("pk")[:MOST_ACTIVITIES]
        return list(Activity.objects.filter(pk__in=newest).select_related(*TOLD_WITH))

    @property
    def sentence(self) -> str:
        """What matters now, in one sentence."""
        sent_back, waiting, to_write = self.sent_back.count, self.waiting_count, self.to_write.count
        told = []
        if sent_back:
            told.append(
                ngettext(
                    "%(count)s section was sent back to you",
                    "%(count)s sections were sent back to you",
                    sent_back,
                )
                % {"count": sent_back}
            )
        if waiting:
            told.append(
                ngettext(
                    "%(count)s section waits for your decision",
                    "%(count)s sections wait for your decision",
                    waiting,
                )
                % {"count": waiting}
            )
        if to_write:
            told.append(
                ngettext(
                    "%(count)s section is yours to write",
                    "%(count)s sections are yours to write",
                    to_write,
                )
                % {"count": to_write}
            )
        if self.tasks:
            told.append(
                ngettext(
                    "%(count)s comment is your task",
                    "%(count)s comments are your tasks",
                    len(self.tasks),
                )
                % {"count": len(self.tasks)}
            )
        if self.others_late_count:
            told.append(
                ngettext(
                    "%(count)s section is late in the briefs that you manage",
                    "%(count)s sections are late in the briefs that you manage",
                    self.others_late_count,
                )
                % {"count": self.others_late_count}
            )
        if not told:
            return _("Nothing waits for you.")
        return _("%(sentence)s.") % {"sentence": get_text_list(told, _("and"))}

    @property
    def late_sentence(self) -> str:
        """How many of the rows on the page are late, blank when none is."""
        late = sum(len(rows.late) for rows in (self.sent_back, self.waiting, self.to_write))
        if not late:
            return ""
        return ngettext("%(count)s is late.", "%(count)s are late.", late) % {"count": late}

    def _load(self, sections: SectionQuerySet) -> list[Section]:
        """The first sections of a list: what is due first, then what has waited longest."""
        return list(
            with_asked_length(sections)
            .select_related("brief", "section_template", "author", "review_requested_by")
            .order_by(
                F("due_date").asc(nulls_last=True),
                "brief__title",
                "part__position",
                "position",
                "pk",
            )[:MOST_ROWS]
        )

    def _list(self, sections: Iterable[Section], count: int) -> WorkList:
        return WorkList([self._row(section, "") for section in sections], count)

    def _row(self, section: Section, note: str) -> WorkRow:
        when = due(section.due_date) if section.due_date else None
        apart = self._namesakes.apart(section.brief)
        number = self._numbers[section.pk]
        return WorkRow(section, apart, number, length_of(section), when, note)


def list_tasks(comments: CommentQuerySet, namesakes: Namesakes) -> list[Task]:
    """Comments that are somebody's task, as lists show them: what is due first in front."""
    rows = comments.select_related("section__brief", "section__section_template")
    return [
        Task(row, namesakes.apart(row.section.brief), due(row.due_date))
        for row in rows.order_by("due_date", "pk")[:MOST_ROWS]
        if row.due_date
    ]


def late_sections_managed_by(user: User) -> SectionQuerySet:
    """The sections past their date and not approved in the briefs that somebody manages, but for
    those that they write themselves."""
    managed = Membership.objects.filter(user=user, role=Role.MANAGER)
    late = Section.objects.filter(
        brief__in=managed.values("brief"),
        brief__archived_at=None,
        due_date__lt=timezone.localdate(),
    )
    return in_states(late.exclude(author=user), UNFINISHED)


def whose(section: Section) -> str:
    """Who has to act on a section now."""
    if section.status == Section.Status.IN_REVIEW:
        return _("Waits for a decision")
    if section.author:
        return _("%(name)s writes it") % {"name": section.author}
    return _("Nobody is to write it yet")


def _briefs_written_in(user: User) -> BriefQuerySet:
    roles = [Role.AUTHOR, Role.EDITOR, Role.MANAGER]
    mine = Membership.objects.filter(user=user, role__in=roles)
    return Brief.objects.unarchived().filter(pk__in=mine.values("brief"))


def _why_waiting(section: Section, user: User) -> str:
    if vars(section)["has_contributed"]:
        return _("You wrote in it: you can request changes, somebody else has to approve")
    if user in section.reviewers.all():
        return _("You are its reviewer")
    if names := section.reviewer_names:
        return _("To be reviewed by %(names)s") % {"names": names}
    return ""


def numbers_of(sections: Collection[Section]) -> dict[int, str]:
    """The computed numbers of sections from many briefs, in one query."""
    rows = (
        Section.objects.filter(brief__in={section.brief_id for section in sections})
        .in_outline_order()
        .select_related(None)
        .select_related("part")
        .only("brief", "part__title")
    )
    by_brief = sorted(rows, key=lambda row: row.brief_id)
    numbers: dict[int, str] = {}
    for _brief, members in groupby(by_brief, key=lambda row: row.brief_id):
        numbers |= section_numbers(members)
    return numbers
