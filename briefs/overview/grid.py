"""Every brief against every section of an outline, on one page. A constant number of queries.

Sections of different versions of one template are in one column when they are the same by lineage.
A section that the newest version doesn't ask for, and a brief's own, stand in no column; how many
there are of them is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.models import Brief, BriefTemplate, Membership, Section, SectionTemplate, reviewed_by
from briefs.models.brief import BriefQuerySet
from briefs.overview.namesakes import Namesakes
from briefs.overview.progress import TALLY_ORDER
from briefs.overview.states import with_state
from briefs.overview.times import day

State = Section.State
MOST_BRIEFS = 200
ANY_KEY = "any/key"


@dataclass(frozen=True, slots=True)
class Column:
    """One section of the outline; `number` is blank in the opening."""

    lineage: str
    number: str
    title: str
    starts_part: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One section of one brief, or none where the brief has none or it wasn't asked for. `mark` is
    the shape of its state, `sign` stands for its author, `words` says all of it."""

    key: str
    mark: str
    sign: str
    words: str
    is_late: bool


@dataclass(slots=True)
class Row:
    """One brief; `others` counts the sections that stand in no column, `address` is what those of
    its sections begin with."""

    brief: Brief
    address: str
    apart: str
    is_managed: bool
    cells: list[Cell | None]
    others: int = 0
    matches: int = 0


@dataclass(slots=True)
class Tally:
    """How many cells are in each state, and late."""

    by_state: dict[State, int] = field(default_factory=dict)
    late: int = 0


class Grid:
    """The briefs that somebody may see, of one template. `wanted` are the cleaned filters; what
    doesn't match them leaves an empty cell, and a brief in which nothing matches is left out."""

    def __init__(
        self, user: User, template: BriefTemplate | None, wanted: Mapping[str, Any]
    ) -> None:
        self.user = user
        self.template = template
        self.wanted = wanted
        self.tally = Tally()
        self.is_narrowed = any(wanted.get(name) for name in ("state", "author", "reviewer", "when"))

    @cached_property
    def columns(self) -> list[Column]:
        """The sections of the template's newest version, in order."""
        if self.template is None:
            return []
        rows = SectionTemplate.objects.filter(part__template=self.template).select_related("part")
        columns: list[Column] = []
        part, chapter, place = 0, 0, 0
        for row in rows.order_by("part__position", "position"):
            is_new = row.part_id != part
            if is_new:
                part, place = row.part_id, 0
                chapter += bool(row.part.title)
            place += 1
            number = f"{chapter}.{place}" if row.part.title else ""
            columns.append(Column(row.lineage, number, row.title, is_new))
        return columns

    @cached_property
    def rows(self) -> list[Row]:
        """The briefs by title, each with its cells."""
        if self.template is None:
            return []
        briefs = self._briefs()
        namesakes = Namesakes(self.user)
        managed = set(
            Membership.objects.filter(user=self.user, role=Membership.Role.MANAGER)
            .order_by()
            .values_list("brief_id", flat=True)
        )
        place = {column.lineage: number for number, column in enumerate(self.columns)}
        rows = {
            brief.pk: Row(
                brief,
                reverse("section_edit", args=[brief.slug, ANY_KEY]).removesuffix(f"{ANY_KEY}/"),
                namesakes.apart(brief),
                brief.pk in managed or self.user.is_superuser,
                [None] * len(place),
            )
            for brief in briefs
        }
        self._fill(rows, place)
        return [row for row in rows.values() if row.matches or not self.is_narrowed]

    @cached_property
    def count(self) -> int:
        """How many briefs there are, shown or not."""
        return self._found().count()

    @property
    def legend(self) -> list[tuple[State, int]]:
        """The states that occur, from done to not begun."""
        counts = self.tally.by_state
        return [(state, counts[state]) for state in TALLY_ORDER if state in counts]

    def _found(self) -> BriefQuerySet:
        assert self.template is not None
        briefs = Brief.objects.visible_to(self.user).unarchived()
        briefs = briefs.filter(template__key=self.template.key)
        if title := self.wanted.get("q"):
            briefs = briefs.filter(Q(title__icontains=title) | Q(subject__icontains=title))
        return briefs

    def _briefs(self) -> list[Brief]:
        return list(self._found().order_by("title", "pk")[:MOST_BRIEFS])

    def _fill(self, rows: Mapping[int, Row], place: Mapping[str, int]) -> None:
        today = timezone.localdate()
        people = _People()
        for values in self._sections(list(rows)):
            row = rows[values["brief_id"]]
            at = place.get(values["first_key"] or values["template_key"] or "")
            late = bool(
                values["due_date"]
                and values["due_date"] < today
                and values["state_now"] != State.APPROVED
            )
            if not self._is_wanted(values, is_late=late):
                continue
            row.matches += 1
            state = State(values["state_now"])
            self.tally.by_state[state] = self.tally.by_state.get(state, 0) + 1
            self.tally.late += late
            if at is None:
                row.others += 1
                continue
            row.cells[at] = Cell(
                values["key"],
                state.mark,
                people.sign(values["author__name"]),
                _words(state, values, is_late=late),
                late,
            )

    def _sections(self, briefs: list[int]) -> Any:
        sections = with_state(Section.objects.filter(brief__in=briefs))
        sections = sections.annotate(
            first_key=F("section_template__first_key"), template_key=F("section_template__key")
        )
        if reviewer := self.wanted.get("reviewer"):
            sections = sections.filter(reviewed_by(reviewer))
        return sections.order_by().values(
            *("brief_id", "key", "first_key", "template_key", "state_now", "due_date"),
            *("author_id", "author__name"),
        )

    def _is_wanted(self, values: Mapping[str, Any], *, is_late: bool) -> bool:
        wanted = self.wanted
        author = wanted.get("author")
        if author == "nobody" and values["author_id"] is not None:
            return False
        if author and author != "nobody" and str(values["author_id"]) != str(author):
            return False
        if wanted.get("state") and values["state_now"] != wanted["state"]:
            return False
        return is_late or not wanted.get("when")


class _People:
    """The initials of names, each worked out once."""

    def __init__(self) -> None:
        self._signs: dict[str, str] = {}

    def sign(self, name: str | None) -> str:
        if not name:
            return "–"
        if name not in self._signs:
            words = name.split()
            self._signs[name] = "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()
        return self._signs[name]


def _words(state: State, values: Mapping[str, Any], *, is_late: bool) -> str:
    parts = [str(state.label), values["author__name"] or _("no author yet")]
    if values["due_date"]:
        told = _("overdue since %(day)s") if is_late else _("due %(day)s")
        parts.append(told % {"day": day(values["due_date"])})
    return ", ".join(parts)


def templates_for(user: User) -> list[BriefTemplate]:
    """The newest version of each template of which somebody sees briefs in use, by title."""
    keys = Brief.objects.visible_to(user).unarchived().order_by().values("template__key")
    return list(BriefTemplate.objects.newest_versions().filter(key__in=keys))


def people_for(user: User) -> list[User]:
    """Who works on the briefs that somebody sees, by name."""
    briefs = Brief.objects.visible_to(user).unarchived()
    members = Membership.objects.filter(brief__in=briefs).order_by().values("user")
    return list(User.objects.filter(pk__in=members).order_by("name", "pk"))
