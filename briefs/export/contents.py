"""What an export would hold, said before it is made."""

from dataclasses import dataclass

from briefs.models import Brief, LooseText, with_sign_offs


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of sections, and what waits for a place. `changed` ones were approved and have newer
    words; their approved text is in their history."""

    sections: int
    written: int
    approved: int
    changed: int
    loose_texts: list[LooseText]


def contents_of(brief: Brief) -> Contents:
    """In three queries."""
    sections = list(with_sign_offs(brief.sections.in_outline_order()))
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
    )
