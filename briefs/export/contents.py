"""What an export would hold, said before it is made."""

from dataclasses import dataclass
from itertools import groupby

from briefs.models import Brief, LooseText, Section, with_sign_offs
from briefs.reading import part_numbers, section_numbers


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of sections, and what waits for a place. `changed` ones were approved and have newer
    words; their approved text is in their history. `outline` is each part, by number and title,
    with the keys and names of its sections."""

    sections: int
    written: int
    approved: int
    changed: int
    loose_texts: list[LooseText]
    outline: list[tuple[str, list[tuple[str, str]]]]


def contents_of(brief: Brief) -> Contents:
    """In three queries."""
    rows = brief.sections.in_outline_order().select_related("part", "section_template")
    sections = list(with_sign_offs(rows))
    changed = sum(section.was_approved and not section.is_approved for section in sections)
    loose_texts = brief.loose_texts.filter(settled_at=None).select_related(
        "section__section_template"
    )
    return Contents(
        sections=len(sections),
        written=sum(section.words > 0 for section in sections),
        approved=sum(section.is_approved for section in sections),
        changed=changed,
        loose_texts=list(loose_texts),
        outline=_outline(sections),
    )


def _outline(sections: list[Section]) -> list[tuple[str, list[tuple[str, str]]]]:
    of_part, of_section = part_numbers(sections), section_numbers(sections)
    outline = []
    for part, members in groupby(sections, key=lambda section: section.part):
        named = [(row.key, f"{of_section[row.pk]} {row.title}".strip()) for row in members]
        number = of_part[part.pk]
        outline.append((f"{number}. {part.title}" if number else "", named))
    return outline
