"""A document as one web page that needs nothing else: for reading on a screen, and for printing."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from briefs.document.blocks import parse
from briefs.document.html import to_html
from briefs.document.tree import Document, PartNode, SectionNode
from briefs.export.language import language_of
from briefs.export.wording import (
    answers_shown,
    clearance_rows,
    clearance_sentence,
    draft_mark,
    imprint,
    section_note,
    subject_line,
)


def write_html(document: Document) -> str:
    """The whole brief in its own language. The page holds its styles and no script; it loads
    nothing."""
    language = language_of(document.language)
    with translation.override(language.tag.lower()):
        return render_to_string(
            "briefs/export/document.html",
            {
                "document": document,
                "language": language,
                "draft": draft_mark(document),
                "subject": subject_line(document),
                "imprint": imprint(document),
                "parts": [_part(part, document) for part in document.parts],
                "changes": document.changes,
                "clearance_sentence": clearance_sentence(document),
                "clearance": list(clearance_rows(document)),
            },
        )


def _part(part: PartNode, document: Document) -> dict[str, Any]:
    return {
        "node": part,
        "anchor": part.key,
        "sections": [_section(section, document) for section in part.sections],
    }


def _section(section: SectionNode, document: Document) -> dict[str, Any]:
    anchor = section.key.replace("/", ".")
    return {
        "node": section,
        "anchor": anchor,
        "note": section_note(document, section),
        "answers": [
            {
                "label": answer.label,
                "note": note,
                "html": to_html(parse(answer.text), prefix=f"{anchor}.{answer.key}"),
            }
            for answer, note in answers_shown(document, section)
        ],
    }
