"""A template's rows as plain data."""

from dataclasses import replace

from briefs.document.outline import (
    Outline,
    OutlinePart,
    OutlinePrompt,
    OutlineSection,
    PromptForm,
    Range,
)
from briefs.models import Brief, BriefTemplate, Part, Prompt, SectionTemplate


def outline_of(template: BriefTemplate) -> Outline:
    """The outline that a template version holds, as it was loaded. Three queries."""
    parts = template.parts.order_by("position").prefetch_related("section_templates__prompts")
    return Outline(
        key=template.key,
        title=template.title,
        language=template.language,
        parts=tuple(_part(part) for part in parts),
        sign_off_kinds=template.kinds,
    )


def outline_of_brief(brief: Brief) -> Outline:
    """That to which a brief is pinned, in the brief's own language."""
    return replace(outline_of(brief.template), language=brief.language)


def _part(part: Part) -> OutlinePart:
    sections = sorted(part.section_templates.all(), key=lambda section: section.position)
    return OutlinePart(
        key=part.key,
        title=part.title,
        sections=tuple(_section(section) for section in sections),
    )


def _section(section: SectionTemplate) -> OutlineSection:
    prompts = sorted(section.prompts.all(), key=lambda prompt: prompt.position)
    return OutlineSection(
        key=section.key,
        title=section.title,
        guidance=section.guidance,
        prompts=tuple(_prompt(prompt) for prompt in prompts),
        words=Range(section.min_words, section.max_words),
        sign_offs_needed=section.sign_offs_needed,
        was=section.was,
        sign_off_kinds=tuple(section.sign_off_kinds),
        sign_offs_in_order=section.sign_offs_in_order,
        is_blind=section.is_blind,
    )


def _prompt(prompt: Prompt) -> OutlinePrompt:
    return OutlinePrompt(
        key=prompt.key,
        label=prompt.label,
        form=PromptForm(prompt.form),
        guidance=prompt.guidance,
        words=Range(prompt.min_words, prompt.max_words),
        paragraphs=Range(prompt.min_paragraphs, prompt.max_paragraphs),
        was=prompt.was,
    )
