"""What in a version of an outline is the same as in the version before, and since when each section
asks what it asks.

Text goes from version to version by it, and so do sign-offs: a content hash names the version since
which a section is asked as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefs.document.outline import Outline, OutlinePrompt, OutlineSection
from briefs.models import BriefTemplate, Prompt, SectionTemplate


@dataclass(frozen=True, slots=True)
class Trace:
    """The first key of a section and of its prompts, by their keys; `asked_since` is a version."""

    first_key: str
    asked_since: int
    prompts: Mapping[str, str]


def trace(outline: Outline, before: BriefTemplate | None, version: int) -> dict[str, Trace]:
    """Each section of the next version, by key. `before` is the newest one, None for the first."""
    rows = _sections(before) if before else {}
    sections = [section for part in outline.parts for section in part.sections]
    first_keys = _first_keys(sections, {key: row.lineage for key, row in rows.items()}, version)
    return {
        section.key: _trace(section, rows.get(_old_key(section, rows) or ""), first_keys, version)
        for section in sections
    }


def _trace(
    section: OutlineSection,
    old: SectionTemplate | None,
    first_keys: Mapping[str, str],
    version: int,
) -> Trace:
    asked = sorted(old.prompts.all(), key=lambda prompt: prompt.position) if old else []
    known = {prompt.key: prompt.lineage for prompt in asked}
    is_the_same = old is not None and _asks(asked) == _asks(section.prompts)
    return Trace(
        first_keys[section.key],
        old.asked_since if old and is_the_same else version,
        _first_keys(section.prompts, known, version),
    )


def _asks(prompts: Iterable[Prompt | OutlinePrompt]) -> list[tuple[str, str, str]]:
    """What makes it another question. Guidance, ranges and the section's title advise those who
    write; what was signed off reads as it did."""
    return [(prompt.key, prompt.label, str(prompt.form)) for prompt in prompts]


def _first_keys(
    named: Iterable[OutlineSection | OutlinePrompt], known: Mapping[str, str], version: int
) -> dict[str, str]:
    """By key. One that is new gets its own key, unless what had that key is still there under
    another."""
    named = list(named)
    found = {one.key: known[old] for one in named if (old := _old_key(one, known)) is not None}
    taken = set(found.values())
    for one in named:
        if one.key not in found:
            found[one.key] = f"{one.key}@{version}" if one.key in taken else one.key
    return found


def _old_key(one: OutlineSection | OutlinePrompt, known: Mapping[str, object]) -> str | None:
    return next((key for key in (one.key, one.was) if key and key in known), None)


def _sections(template: BriefTemplate) -> dict[str, SectionTemplate]:
    rows = SectionTemplate.objects.filter(part__template=template).prefetch_related("prompts")
    return {row.key: row for row in rows}
