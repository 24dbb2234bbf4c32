"""Loading an outline: a new template, the next version of one, or nothing when nothing changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from briefs import events
from briefs.brief_templates.lineage import Trace, trace
from briefs.brief_templates.outline_file import digest
from briefs.brief_templates.outlines import outline_of
from briefs.document.outline import Outline, OutlinePart, OutlinePrompt, OutlineSection
from briefs.models import Activity, BriefTemplate, Part, Prompt, SectionTemplate
from briefs.permissions import check_can_edit_outlines


class Outcome(StrEnum):
    """What loading an outline did."""

    LOADED = "loaded"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The version that now holds the outline, and what it took."""

    template: BriefTemplate
    outcome: Outcome


def load_brief_template(outline: Outline, *, by: User | None) -> Loaded:
    """Makes the outline the newest version of its template. `by` is None for the command line.

    No version is ever changed, used or not: an outline that differs from the newest version becomes
    the next one. An outline that is the newest version already is checked against its rows; raises
    `ValidationError` when they no longer hold what was loaded.
    """
    if by:
        check_can_edit_outlines(by)
    try:
        return _load(outline, by)
    except IntegrityError:
        # Somebody else loaded at the same moment and took the number: theirs is now the newest.
        return _load(outline, by)


@transaction.atomic
def _load(outline: Outline, by: User | None) -> Loaded:
    versions = BriefTemplate.objects.select_for_update().filter(key=outline.key)
    newest = versions.order_by("-version").first()
    if newest is not None and newest.digest == digest(outline):
        _check_rows(newest, outline)
        return Loaded(newest, Outcome.UNCHANGED)
    version = newest.version + 1 if newest else 1
    traces = trace(outline, newest, version)
    template = BriefTemplate.objects.create(
        key=outline.key,
        version=version,
        title=outline.title,
        language=outline.language,
        digest=digest(outline),
        sign_off_kinds=[[kind.key, kind.label] for kind in outline.sign_off_kinds],
    )
    _store(template, outline, traces)
    events.publish(
        Activity.Verb.TEMPLATE_LOADED,
        by=by,
        template=template.key,
        version=template.version,
        title=template.title,
    )
    return Loaded(template, Outcome.NEW_VERSION if newest else Outcome.LOADED)


def _check_rows(template: BriefTemplate, outline: Outline) -> None:
    stored = outline_of(template)
    if stored == outline:
        return
    differing = _sections(outline).items() ^ _sections(stored).items()
    sections = ", ".join(sorted({key for key, _section in differing}))
    raise ValidationError(
        _(
            "The rows of “%(template)s” were changed after it was loaded (%(where)s). Restore them "
            "from a backup; new briefs can use a changed file, which becomes the next version."
        )
        % {"template": template, "where": sections or _("title, language, parts or order")}
    )


def _sections(outline: Outline) -> dict[str, OutlineSection]:
    return {section.key: section for part in outline.parts for section in part.sections}


def _store(template: BriefTemplate, outline: Outline, traces: Mapping[str, Trace]) -> None:
    parts = Part.objects.bulk_create(
        Part(template=template, key=part.key, title=part.title, position=position)
        for position, part in enumerate(outline.parts, start=1)
    )
    section_rows = SectionTemplate.objects.bulk_create(
        row
        for part_row, part in zip(parts, outline.parts, strict=True)
        for row in _section_rows(part_row, part, traces)
    )
    sections = [section for part in outline.parts for section in part.sections]
    Prompt.objects.bulk_create(
        _prompt_row(section_row, position, prompt, traces[section.key])
        for section_row, section in zip(section_rows, sections, strict=True)
        for position, prompt in enumerate(section.prompts, start=1)
    )


def _section_rows(
    part_row: Part, part: OutlinePart, traces: Mapping[str, Trace]
) -> list[SectionTemplate]:
    return [
        SectionTemplate(
            part=part_row,
            key=section.key,
            was=section.was,
            first_key=_unless(section.key, traces[section.key].first_key),
            asked_since=traces[section.key].asked_since,
            title=section.title,
            guidance=section.guidance,
            min_words=section.words.least,
            max_words=section.words.most,
            sign_offs_needed=section.sign_offs_needed,
            sign_off_kinds=list(section.sign_off_kinds),
            sign_offs_in_order=section.sign_offs_in_order,
            is_blind=section.is_blind,
            position=position,
        )
        for position, section in enumerate(part.sections, start=1)
    ]


def _prompt_row(
    section_row: SectionTemplate, position: int, prompt: OutlinePrompt, of_section: Trace
) -> Prompt:
    return Prompt(
        section_template=section_row,
        key=prompt.key,
        was=prompt.was,
        first_key=_unless(prompt.key, of_section.prompts[prompt.key]),
        label=prompt.label,
        guidance=prompt.guidance,
        form=prompt.form.value,
        min_words=prompt.words.least,
        max_words=prompt.words.most,
        min_paragraphs=prompt.paragraphs.least,
        max_paragraphs=prompt.paragraphs.most,
        position=position,
    )


def _unless(key: str, first_key: str) -> str:
    return "" if first_key == key else first_key
