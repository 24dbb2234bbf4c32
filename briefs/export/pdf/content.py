"""What the printed brief says, as the plain values that `brief.typ` sets."""

from textwrap import shorten
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from briefs.document.blocks import parse
from briefs.document.tree import AnswerNode, Document, PartNode, SectionNode
from briefs.export.language import language_of
from briefs.export.pdf.glyphs import Glyphs
from briefs.export.pdf.setting import Setting
from briefs.export.wording import (
    ClearanceRow,
    answers_shown,
    clearance_rows,
    clearance_sentence,
    draft_mark,
    edition_name,
    imprint,
    section_note,
    subject_line,
)

_RUNNING_TITLE = 46


def content_of(document: Document, glyphs: Glyphs) -> dict[str, Any]:
    """Everything on the pages, in the brief's own language."""
    language = language_of(document.language)
    with translation.override(language.tag.lower()):
        return {
            "lang": language.code,
            "region": language.region or None,
            "dir": language.direction,
            **_cover(document, glyphs),
            "words": _words(),
            "parts": [_part(part, document, glyphs) for part in document.parts],
            "clearance_sentence": clearance_sentence(document),
            "clearance": [_clearance(row, glyphs) for row in clearance_rows(document)],
            "changes": [glyphs.line(line) for line in document.changes],
        }


def _words() -> dict[str, str]:
    return {
        "page": _("Page %(page)s of %(pages)s"),
        "contents": _("Contents"),
        "facts": _("At a glance"),
        "clearance": _("Clearance"),
        "changes": _("What changed"),
        "section": _("Section"),
        "revision": _("Revision"),
        "approved_by": _("Approved by"),
        "date": _("Date"),
    }


def _cover(document: Document, glyphs: Glyphs) -> dict[str, Any]:
    return {
        "title": glyphs.line(document.title),
        "short_title": shorten(glyphs.line(document.title), _RUNNING_TITLE, placeholder="…"),
        "subject": glyphs.line(subject_line(document)),
        "kind": glyphs.line(document.template.title),
        "marking": glyphs.line(document.marking),
        "draft": draft_mark(document),
        "prepared_by": [glyphs.line(name) for name in document.prepared_by],
        "imprint": [[label, glyphs.line(value)] for label, value in imprint(document)],
        # Reference, edition and date, as they are repeated on every page.
        "footer": [glyphs.line(value) for value in _footer(document)],
        "facts": [[glyphs.line(fact.label), glyphs.line(fact.value)] for fact in document.facts],
    }


def _footer(document: Document) -> list[str]:
    said = dict(imprint(document))
    values = [said.get(_("Reference"), ""), edition_name(document), said.get(_("Date"), "")]
    return [value for value in values if value]


def _part(part: PartNode, document: Document, glyphs: Glyphs) -> dict[str, Any]:
    number = "" if part.number is None else str(part.number)
    sections = [_section(section, document, glyphs) for section in part.sections]
    return {**_heading(number, part.title, glyphs), "sections": sections}


def _section(section: SectionNode, document: Document, glyphs: Glyphs) -> dict[str, Any]:
    answers = [
        _answer(answer, note, f"{section.key}/{answer.key}", glyphs)
        for answer, note in answers_shown(document, section)
    ]
    heading = _heading(section.number, section.title, glyphs)
    note = glyphs.line(section_note(document, section))
    return {**heading, "note": note, "answers": answers}


def _heading(number: str, title: str, glyphs: Glyphs) -> dict[str, str]:
    title = glyphs.line(title)
    running = shorten(f"{number} {title}", _RUNNING_TITLE, placeholder="…")
    return {"number": number, "title": title, "running": running}


def _answer(answer: AnswerNode, note: str, name: str, glyphs: Glyphs) -> dict[str, Any]:
    return {
        "label": glyphs.line(answer.label),
        "note": note,
        "blocks": Setting(name, glyphs).blocks(parse(answer.text)),
    }


def _clearance(row: ClearanceRow, glyphs: Glyphs) -> dict[str, Any]:
    return {
        "section": glyphs.line(row.section),
        "revision": row.revision,
        "approved_by": glyphs.line(row.approved_by),
        "date": row.date,
        "is_cleared": row.is_cleared,
    }
