"""What moving a brief to another version of its template would do: what stays, moves, is new, and
what is parked because nothing asks for it any more.

Sections and prompts are the same in both versions when their lineage is (`briefs.brief_templates.
lineage`). The same plan leads forwards and back.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefs.document.clearance import ClearanceRule
from briefs.document.content_hash import content_hash
from briefs.document.words import count_words
from briefs.live_text.reading import typed_texts, writing_now
from briefs.models import (
    Answer,
    Brief,
    BriefTemplate,
    LooseText,
    Part,
    Prompt,
    Section,
    SectionTemplate,
    with_sign_offs,
)
from briefs.reading import section_numbers
from briefs.revisions import OWN_BODY
from briefs.upgrading.order import Place, places


class Approval(StrEnum):
    """What becomes of the sign-offs of a section's text."""

    NONE = "none"
    HOLDS = "holds"
    LAPSES = "lapses"

    @property
    def label(self) -> str:
        return str(
            {
                Approval.NONE: "",
                Approval.HOLDS: gettext_lazy("stays approved"),
                Approval.LAPSES: gettext_lazy("has to be approved anew"),
            }[self]
        )


@dataclass(frozen=True, slots=True)
class Parked:
    """A text whose prompt is gone. `place` says where it stood."""

    prompt: Prompt
    place: str
    text: str

    @property
    def words(self) -> int:
        return count_words(self.text)


@dataclass(frozen=True, slots=True)
class SectionStep:
    """One section of the brief as it will be. `section` is the row that it has, None when it is
    made; `target` is None for a section of the brief's own. `pairs` are the old and new prompts
    that are the same; `texts` is by the key of the new ones. `returning` are texts that were parked
    when their prompt went, and fit again."""

    section: Section | None
    target: SectionTemplate | None
    place: Place
    key: str
    asked_since: int
    number_before: str
    number: str
    pairs: tuple[tuple[Prompt, Prompt], ...]
    texts: Mapping[str, str]
    parked: tuple[Parked, ...]
    returning: tuple[tuple[LooseText, Prompt], ...]
    approval: Approval
    content_hash: str

    @property
    def title(self) -> str:
        if self.target:
            return self.target.title
        return self.section.title if self.section else ""

    @property
    def is_new(self) -> bool:
        return self.section is None or self.section.is_retired

    @property
    def old_title(self) -> str:
        """What it is called now, blank when that stays."""
        if self.section is None or self.section.title == self.title:
            return ""
        return self.section.title

    @property
    def is_moved(self) -> bool:
        return not self.is_new and self.number_before != self.number

    @property
    def new_prompts(self) -> list[Prompt]:
        """What it is asked besides, where it was there before."""
        if self.is_new or self.target is None:
            return []
        known = {new.pk for _old, new in self.pairs}
        return [prompt for prompt in self.target.prompts.all() if prompt.pk not in known]

    @property
    def has_other_keys(self) -> bool:
        """Whether what is open in a browser knows other prompts."""
        if self.section is None or self.section.section_template is None or self.target is None:
            return False
        before = {prompt.key for prompt in self.section.section_template.prompts.all()}
        return self.is_new or before != {prompt.key for prompt in self.target.prompts.all()}

    @property
    def is_asked_otherwise(self) -> bool:
        """Whether the same words are others for a sign-off."""
        return self.section is not None and (
            (self.section.key, self.section.asked_since) != (self.key, self.asked_since)
            or bool(self.parked or self.returning)
        )

    @property
    def needs_other_sign_offs(self) -> bool:
        """Whether its rule of clearance changes: one of the brief's own stays."""
        if self.section is None or hasattr(self.section, "own_clearance"):
            return False
        after = self.target.rule if self.target else ClearanceRule()
        return self.section.rule != after

    @property
    def is_as_it_was(self) -> bool:
        return not (
            self.is_new
            or self.is_moved
            or self.old_title
            or self.new_prompts
            or self.parked
            or self.returning
            or self.approval is Approval.LAPSES
            or self._changes_key
        )

    @property
    def _changes_key(self) -> bool:
        return self.section is not None and self.section.key != self.key


@dataclass(frozen=True, slots=True)
class GoneStep:
    """A section that the version doesn't ask for. Its row stays for its history."""

    section: Section
    number: str
    parked: tuple[Parked, ...]
    was_approved: bool


@dataclass(frozen=True)
class Plan:
    """All that would happen to a brief that is at `before`. `obstacles` are sentences: with one of
    them, nothing."""

    brief: Brief
    before: BriefTemplate
    target: BriefTemplate
    steps: tuple[SectionStep, ...]
    gone: tuple[GoneStep, ...]
    obstacles: tuple[str, ...]

    @property
    def new(self) -> list[SectionStep]:
        return [step for step in self.steps if step.is_new]

    @property
    def changed(self) -> list[SectionStep]:
        return [step for step in self.steps if not step.is_new and not step.is_as_it_was]

    @property
    def unchanged(self) -> list[SectionStep]:
        return [step for step in self.steps if step.is_as_it_was]

    @property
    def own(self) -> list[SectionStep]:
        return [step for step in self.steps if step.target is None]

    @property
    def lapsing(self) -> list[SectionStep]:
        return [step for step in self.steps if step.approval is Approval.LAPSES]

    @property
    def holding(self) -> list[SectionStep]:
        return [step for step in self.steps if step.approval is Approval.HOLDS]

    @property
    def returning(self) -> list[LooseText]:
        return [loose for step in self.steps for loose, _prompt in step.returning]

    @property
    def parked(self) -> list[Parked]:
        of_steps = [parked for step in self.steps for parked in step.parked]
        return [*of_steps, *(parked for gone in self.gone for parked in gone.parked)]

    @cached_property
    def digest(self) -> str:
        """A hash of all that the plan shows: a form names the one that it showed."""
        shown = [
            [self.brief.pk, self.before.pk, self.target.pk, self.target.digest],
            [
                [
                    *(step.section and step.section.pk, step.target and step.target.pk),
                    *(step.key, step.number, step.approval.value),
                    [[parked.prompt.pk, parked.text] for parked in step.parked],
                    [[loose.pk, loose.text] for loose, _prompt in step.returning],
                ]
                for step in self.steps
            ],
            [
                [gone.section.pk, [[parked.prompt.pk, parked.text] for parked in gone.parked]]
                for gone in self.gone
            ],
            self.obstacles,
        ]
        return sha256(json.dumps(shown).encode()).hexdigest()


def plan_upgrade(
    brief: Brief, target: BriefTemplate, *, writing: Mapping[int, list[str]] | None = None
) -> Plan:
    """In a constant number of queries. Text that is typed just now counts as it stands. `writing`
    says who types in which section, as `who_writes()` told before that was named."""
    now = _Now(brief, writing)
    asked = list(
        SectionTemplate.objects.filter(part__template=target)
        .select_related("part")
        .prefetch_related("prompts")
        .order_by("part__position", "position")
    )
    kept = {row.lineage for row in asked}
    standing = {
        row.section_template.lineage: row for row in now.rows if row.section_template is not None
    }
    parts = list(target.parts.order_by("position"))
    order = places(parts, asked, now.rows)
    keys = _own_keys(now, {row.key for row in asked})
    numbers = _numbers(order)
    steps = []
    for place, number in zip(order, numbers, strict=True):
        if isinstance(place.of, Section):
            steps.append(_own_step(now, place.of, place, number, keys[place.of.pk], target))
        else:
            row = standing.get(place.of.lineage) or now.retired.get(place.of.lineage)
            steps.append(_step(now, row, place.of, place, number, target))
    gone = tuple(
        GoneStep(row, now.numbers[row.pk], tuple(_parked(now, row, set())), row.is_approved)
        for lineage, row in standing.items()
        if lineage not in kept
    )
    return Plan(
        brief, brief.template, target, tuple(steps), gone, tuple(_obstacles(now, steps, gone))
    )


class _Now:
    """The brief as it stands."""

    def __init__(self, brief: Brief, writing: Mapping[int, list[str]] | None) -> None:
        sections = with_sign_offs(
            Section.with_retired.filter(brief=brief).in_outline_order()
        ).prefetch_related("section_template__prompts")
        every = list(sections)
        self.rows = [row for row in every if not row.is_retired]
        self.retired = {
            row.section_template.lineage: row
            for row in every
            if row.is_retired and row.section_template is not None
        }
        self.numbers = section_numbers(self.rows)
        self.keys = {row.key for row in self.rows}
        typed = typed_texts(self.rows)
        self.texts: dict[int, dict[str, str]] = {}
        stored = Answer.objects.filter(section__brief=brief).exclude(text="").order_by()
        for section, key, text in stored.values_list("section_id", "prompt__key", "text"):
            self.texts.setdefault(section, {})[key or OWN_BODY] = text
        self.texts |= {section: found.texts for section, found in typed.items()}
        self.writing = writing_now(self.rows) if writing is None else writing
        self.loose = list(
            LooseText.objects.filter(brief=brief, settled_at=None, parked_from__isnull=False)
            .select_related("prompt", "parked_from")
            .order_by("pk")
        )

    def text(self, section: Section, prompt: Prompt) -> str:
        return self.texts.get(section.pk, {}).get(prompt.key, "")

    def waiting(self, section: Section, prompt: Prompt) -> LooseText | None:
        """The whole text that was parked when this prompt went from this section."""
        found = [
            loose
            for loose in self.loose
            if loose.prompt
            and loose.prompt.lineage == prompt.lineage
            and loose.parked_from
            and loose.parked_from.section_id == section.pk
            and loose.text == loose.original
        ]
        return found[-1] if found else None


def who_writes(brief: Brief) -> dict[int, list[str]]:
    """By section's primary key: the names of those who type there just now."""
    return writing_now(with_sign_offs(Section.objects.filter(brief=brief)))


def _step(
    now: _Now,
    row: Section | None,
    asked: SectionTemplate,
    place: Place,
    number: str,
    target: BriefTemplate,
) -> SectionStep:
    prompts = list(asked.prompts.all())
    old = {} if row is None or row.is_retired else {each.lineage: each for each in _prompts(row)}
    pairs = tuple((old[new.lineage], new) for new in prompts if new.lineage in old)
    paired = {new.pk for _before, new in pairs}
    back = [
        (loose, new)
        for new in prompts
        if row is not None and new.pk not in paired and (loose := now.waiting(row, new))
    ]
    texts = {new.key: now.text(row, before) for before, new in pairs if row}
    texts |= {new.key: loose.text for loose, new in back}
    in_order = [(new.key, texts.get(new.key, "")) for new in prompts]
    digest = content_hash(asked.key, (target.key, asked.asked_since), in_order)
    kept = {before.pk for before, _new in pairs}
    return SectionStep(
        section=row,
        target=asked,
        place=place,
        key=asked.key,
        asked_since=asked.asked_since,
        number_before=now.numbers.get(row.pk, "") if row else "",
        number=number,
        pairs=pairs,
        texts=texts,
        parked=tuple(_parked(now, row, kept)) if row and not row.is_retired else (),
        returning=tuple(back),
        approval=_approval(row, digest),
        content_hash=digest,
    )


def _own_step(
    now: _Now, row: Section, place: Place, number: str, key: str, target: BriefTemplate
) -> SectionStep:
    texts = now.texts.get(row.pk, {})
    pairs = [(OWN_BODY, texts.get(OWN_BODY, ""))]
    digest = content_hash(key, (target.key, row.asked_since), pairs)
    return SectionStep(
        section=row,
        target=None,
        place=place,
        key=key,
        asked_since=row.asked_since,
        number_before=now.numbers[row.pk],
        number=number,
        pairs=(),
        texts=texts,
        parked=(),
        returning=(),
        approval=_approval(row, digest),
        content_hash=digest,
    )


def _approval(row: Section | None, digest: str) -> Approval:
    if row is None or row.is_retired or not row.is_approved:
        return Approval.NONE
    return Approval.HOLDS if row.content_hash == digest else Approval.LAPSES


def _prompts(row: Section) -> list[Prompt]:
    return list(row.section_template.prompts.all()) if row.section_template else []


def _parked(now: _Now, row: Section, kept: set[int]) -> Iterable[Parked]:
    for prompt in _prompts(row):
        text = now.text(row, prompt)
        if prompt.pk not in kept and text:
            place = f"{row.title}: {prompt.label}" if prompt.label else row.title
            yield Parked(prompt, place, text)


def _own_keys(now: _Now, asked: set[str]) -> dict[int, str]:
    """The keys of the brief's own sections: one that the version asks for makes way."""
    taken = asked | now.keys | {row.key for row in now.retired.values()}
    keys = {}
    for row in now.rows:
        if row.is_own:
            keys[row.pk] = free_key(row.key, taken) if row.key in asked else row.key
            taken.add(keys[row.pk])
    return keys


def free_key(key: str, taken: Iterable[str]) -> str:
    """The key with the first number that makes it nobody's."""
    taken, number = set(taken), 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"


def _numbers(order: Iterable[Place]) -> list[str]:
    """The computed number of each section; blank in a part that has none."""
    numbers: list[str] = []
    parts: list[Part] = []
    place = 0
    for each in order:
        place = place + 1 if parts and parts[-1].pk == each.part.pk else 1
        if place == 1:
            parts.append(each.part)
        titled = sum(bool(part.title) for part in parts)
        numbers.append(f"{titled}.{place}" if each.part.title else "")
    return numbers


def _obstacles(now: _Now, steps: Iterable[SectionStep], gone: Iterable[GoneStep]) -> Iterable[str]:
    steps = list(steps)
    for step in steps:
        if (
            step.section
            and step.needs_other_sign_offs
            and step.section.status == Section.Status.IN_REVIEW
        ):
            yield _(
                "“%(section)s” is in review, and in this version it needs other sign-offs. Decide "
                "on it or withdraw the request first."
            ) % {"section": step.section.title}
    affected = [
        (step.section, step.section.title)
        for step in steps
        if step.section and not step.is_new and (step.is_asked_otherwise or step.has_other_keys)
    ]
    affected += [(each.section, each.section.title) for each in gone]
    for section, title in affected:
        if section.status == Section.Status.IN_REVIEW:
            yield _(
                "“%(section)s” is in review, and this version asks it otherwise. Decide on it or "
                "withdraw the request first."
            ) % {"section": title}
        names = now.writing.get(section.pk)
        if names:
            yield _(
                "%(names)s wrote in “%(section)s” within the last two minutes, and this version "
                "asks it otherwise. Try again when nobody is writing there."
            ) % {"names": ", ".join(names), "section": title}
