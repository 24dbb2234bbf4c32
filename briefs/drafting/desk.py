"""What stands around the text that somebody writes: the outline beside it, the sections before and
after, loose text."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import cached_property

from briefs.document.blocks import parse
from briefs.document.html import to_html
from briefs.document.text import not_known_reason
from briefs.drafting.pictures import pictures_in
from briefs.drafting.starting import StartedFrom
from briefs.live_text.reading import typed_texts
from briefs.models import (
    Brief,
    LooseText,
    Part,
    Revision,
    Section,
    SignOff,
    with_sign_offs,
)
from briefs.prompts import (
    Question,
    questions_of,
    questions_with,
    texts_with_version,
)
from briefs.reading import part_numbers, section_numbers


@dataclass(frozen=True, slots=True)
class RailPart:
    """A part of the outline beside the text."""

    number: int | None
    part: Part
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One answer as it will be read. `not_known` is the reason, None when the answer is an ordinary
    one."""

    question: Question
    text: str
    html: str
    not_known: str | None


class Desk:
    """One section's page, read in a constant number of queries: with what is typed just now, or
    `as_recorded` in the newest revision, which is what its number is of."""

    def __init__(self, section: Section, *, as_recorded: bool = False) -> None:
        self.brief = section.brief
        self.sections = list(
            with_sign_offs(self.brief.sections.in_outline_order().select_related("author"))
        )
        own = [row for row in self.sections if row.pk == section.pk] or list(
            with_sign_offs(Section.with_retired.filter(pk=section.pk)).select_related(
                "part", "section_template", "author"
            )
        )
        self.section = own[0]
        self.section.brief = self.brief
        self.questions = questions_of(self.section)
        typed = {} if as_recorded else typed_texts([self.section])
        self.typed = typed.get(self.section.pk)
        if self.typed:
            self.texts = self.typed.texts
        else:
            self.texts, self.section.version = texts_with_version(self.section)

    @property
    def started_from(self) -> StartedFrom:
        """The text that is on the page."""
        return StartedFrom(self.section.version, self.typed.seq if self.typed else None)

    @cached_property
    def number(self) -> str:
        """The section's computed number, blank in the opening and once it has left the brief."""
        return section_numbers(self.sections).get(self.section.pk, "")

    @cached_property
    def part_number(self) -> int | None:
        return part_numbers(self.sections).get(self.section.part_id)

    @cached_property
    def rail(self) -> list[RailPart]:
        """The whole outline in order."""
        numbers = part_numbers(self.sections)
        groups = groupby(self.sections, key=lambda section: section.part_id)
        return [
            RailPart(numbers[part_id], rows[0].part, rows)
            for part_id, rows in ((part_id, list(members)) for part_id, members in groups)
        ]

    @property
    def previous(self) -> Section | None:
        return self._beside(-1)

    @property
    def next(self) -> Section | None:
        return self._beside(+1)

    def _beside(self, step: int) -> Section | None:
        if self.section.is_retired:
            return None
        place = self.sections.index(self.section) + step
        return self.sections[place] if 0 <= place < len(self.sections) else None

    def questions_with(self, *revisions: Revision | None) -> list[Question]:
        """What is asked, and behind it what was asked in those revisions and isn't any more."""
        found = [revision for revision in revisions if revision]
        return questions_with(self.section, self.questions, found)

    @cached_property
    def typed_since(self) -> dict[str, str] | None:
        """By prompt key what somebody is writing, where it differs from the text that is recorded
        and has no number yet; None where that is the text now. Of a desk `as_recorded`."""
        typed = typed_texts([self.section]).get(self.section.pk)
        recorded = {key: text for key, text in self.texts.items() if text}
        return typed.texts if typed and typed.texts != recorded else None

    @cached_property
    def sent_back(self) -> SignOff | None:
        """The decision that says what must change, while the section waits for that."""
        if self.section.status != Section.Status.CHANGES_REQUESTED:
            return None
        return (
            self.section.sign_offs.filter(decision=SignOff.Decision.CHANGES_REQUESTED)
            .select_related("revision")
            .order_by("-pk")
            .first()
        )

    @cached_property
    def loose_texts(self) -> list[LooseText]:
        """What waits for a place in this section."""
        return list(self.section.loose_texts.filter(settled_at=None))

    @cached_property
    def answers(self) -> list[ReadAnswer]:
        """The stored text as it will be read."""
        return read_answers(self.questions, self.texts, self.brief)


def read_answers(
    questions: list[Question], texts: dict[str, str], brief: Brief
) -> list[ReadAnswer]:
    """Normalised texts as a reader of their brief will see them, prompt by prompt."""
    pictures = pictures_in(brief, texts.values())
    return [
        ReadAnswer(
            question,
            texts.get(question.key, ""),
            to_html(parse(texts.get(question.key, "")), question.key, pictures),
            not_known_reason(texts.get(question.key, "")),
        )
        for question in questions
    ]
