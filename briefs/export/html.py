"""A document as one web page that needs nothing else: for reading on a screen, and for printing."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from briefs.document.blocks import parse
from briefs.document.html import to_html
from briefs.document.language import comma_of, language_of, long_date
from briefs.document.pictures import Shown
from briefs.document.tree import DiscussionNode, Document, PartNode, SectionNode
from briefs.export.limits import check_lengths
from briefs.export.not_known import as_read
from briefs.export.sources import sources_of
from briefs.export.wording import (
    about,
    answers_shown,
    clearance_rows,
    clearance_sentence,
    draft_mark,
    imprint,
    section_note,
    state_of,
    subject_line,
)


def write_html(document: Document) -> str:
    """The whole brief in its own language. The page holds its styles and pictures and no script; it
    loads nothing. Raises `RenderFailed` when a text is too long for any file."""
    check_lengths(document)
    language = language_of(document.language)
    document = as_read(document, language)
    pictures = _pictures(document)
    with translation.override(language.locale):
        return render_to_string(
            "briefs/export/document.html",
            {
                "document": document,
                "look": document.look,
                "logo": pictures.get(document.look.house.logo),
                "language": language,
                "comma": comma_of(language),
                "draft": draft_mark(document),
                "subject": subject_line(document),
                "imprint": imprint(document),
                "parts": [_part(part, document, pictures) for part in document.parts],
                "sources": _sources(document, pictures),
                "changes": document.changes,
                "clearance_sentence": clearance_sentence(document),
                "clearance": list(clearance_rows(document)),
                "discussions": [_discussion(node, document) for node in document.discussions],
            },
        )


def _pictures(document: Document) -> dict[str, Shown]:
    return {
        picture.sha256: Shown(
            f"data:{picture.mime_type};base64,{b64encode(picture.content).decode()}",
            picture.width,
            picture.height,
        )
        for picture in document.pictures
    }


def _part(part: PartNode, document: Document, pictures: Mapping[str, Shown]) -> dict[str, Any]:
    return {
        "node": part,
        "anchor": part.key,
        "sections": [_section(section, document, pictures) for section in part.sections],
    }


def _section(
    section: SectionNode, document: Document, pictures: Mapping[str, Shown]
) -> dict[str, Any]:
    anchor = _anchor(section)
    return {
        "node": section,
        "anchor": anchor,
        "note": section_note(document, section),
        "answers": [
            {
                "label": answer.label,
                "note": note,
                "html": to_html(parse(answer.text), f"{anchor}.{answer.key}", pictures),
            }
            for answer, note in answers_shown(document, section)
        ],
    }


def _sources(document: Document, pictures: Mapping[str, Shown]) -> list[dict[str, Any]]:
    return [
        {
            "html": to_html(source.blocks, f"source-{number}", pictures),
            "cited_in": [
                {"anchor": _anchor(section), "name": section.number or section.title}
                for section in source.cited_in
            ],
        }
        for number, source in enumerate(sources_of(document), start=1)
    ]


def _discussion(node: DiscussionNode, document: Document) -> dict[str, Any]:
    language = language_of(document.language)
    return {
        "about": about(document, node),
        "state": state_of(node),
        "quote": node.quote,
        "replies": [
            {
                "author": each.author,
                "date": long_date(each.written_at.date(), language),
                "text": each.text,
            }
            for each in node.replies
        ],
    }


def _anchor(section: SectionNode) -> str:
    return section.key.replace("/", ".")
