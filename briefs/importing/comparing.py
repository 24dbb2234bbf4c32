"""What importing into a brief would do to each of its prompts: fill it, or stand beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.blocks import parse
from briefs.document.text import normalise
from briefs.importing.matching import bare
from briefs.importing.report import OwnSection, Reading
from briefs.models import Answer, Brief, Section
from briefs.permissions import (
    check_can_edit,
    check_can_manage,
    check_can_write,
    check_is_in_use,
    refusal,
)
from briefs.prompts import Question, questions_of
from briefs.revisions import OWN_BODY


class Outcome(StrEnum):
    """What becomes of a text of the file."""

    FILLED = "filled"
    SAME = "same"
    BESIDE = "beside"
    REFUSED = "refused"
    NEW_SECTION = "new_section"


@dataclass(frozen=True, slots=True)
class Found:
    """One text of the file against the brief's. `own` is the file's section when the template has
    none for it, `section` None when the brief has none either. `reason` says why it may not be
    written."""

    outcome: Outcome
    section: Section | None
    prompt: str
    name: str
    text: str
    ours: str
    line: int
    reason: str = ""
    own: OwnSection | None = None


def compare_with_brief(brief: Brief, reading: Reading, *, by: User | None) -> tuple[Found, ...]:
    """What would become of each text, in the order of the file. Nothing is changed.

    Raises `PermissionDenied` when this person may not write in the brief at all; by the command
    line, None, anything may be written that isn't frozen.
    """
    if by:
        check_can_write(by, brief)
    else:
        check_is_in_use(brief)
    comparison = _Comparison(brief, by)
    found = [*comparison.answers(reading), *comparison.own_sections(reading.own_sections)]
    return tuple(sorted(found, key=lambda each: each.line))


class _Comparison:
    """The brief's sections and texts, read once."""

    def __init__(self, brief: Brief, by: User | None) -> None:
        self.brief = brief
        self.by = by
        rows = brief.sections.select_related("section_template", "part").prefetch_related(
            "section_template__prompts"
        )
        self.sections = {section.key: section for section in rows}
        for section in rows:
            section.brief = brief
        self.texts = {
            (answer.section_id, answer.prompt.key if answer.prompt else OWN_BODY): answer.text
            for answer in Answer.objects.filter(section__brief=brief).select_related("prompt")
        }

    def answers(self, reading: Reading) -> Iterator[Found]:
        for answer in reading.answers:
            section = self.sections[answer.section]
            label = self.question(section, answer.prompt).label
            yield self.found(section, answer.prompt, label, answer.text, answer.line)

    def own_sections(self, own_sections: Iterable[OwnSection]) -> Iterator[Found]:
        for own in own_sections:
            section = self.own_section(own)
            if section:
                found = self.found(section, OWN_BODY, "", own.text, own.line)
                if own.text:
                    yield replace(found, own=own)
                continue
            reason = refusal(check_can_manage, self.by, self.brief) if self.by else ""
            outcome = Outcome.REFUSED if reason else Outcome.NEW_SECTION
            if own.text or not reason:
                yield Found(outcome, None, OWN_BODY, own.title, own.text, "", own.line, reason, own)

    def found(self, section: Section, prompt: str, label: str, text: str, line: int) -> Found:
        name = f"{section.title}, {label}" if label else section.title
        ours = self.texts.get((section.pk, prompt), "")
        outcome, reason = self.outcome(section, ours, text)
        return Found(outcome, section, prompt, name, text, ours, line, reason)

    def outcome(self, section: Section, ours: str, text: str) -> tuple[Outcome, str]:
        # A file may write the same otherwise: a rule of dashes as one of stars, a table wider.
        if ours == text or parse(normalise(ours)) == parse(normalise(text)):
            return Outcome.SAME, ""
        if ours:
            return Outcome.BESIDE, ""
        reason = self.refusal(section)
        return (Outcome.REFUSED, reason) if reason else (Outcome.FILLED, "")

    def refusal(self, section: Section) -> str:
        if self.by:
            return refusal(check_can_edit, self.by, section)
        if section.status == Section.Status.IN_REVIEW:
            return _("This section is in review, so its text can't change.")
        return ""

    def question(self, section: Section, key: str) -> Question:
        return next(question for question in questions_of(section) if question.key == key)

    def own_section(self, own: OwnSection) -> Section | None:
        """The brief's section of that key and title, or else the first one of that title."""
        same = self.sections.get(own.brief_key)
        if same and same.is_own and bare(same.own_title) == bare(own.title):
            return same
        for section in self.sections.values():
            is_here = section.is_own and section.part.key == own.part
            if is_here and bare(section.own_title) == bare(own.title):
                return section
        return None
