"""What the printed brief says, as the plain values that `brief.typ` sets."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefs.document.blocks import parse
from briefs.document.tree import AnswerNode, Document, PartNode, SectionNode, TextState
from briefs.export.language import language_of, long_date
from briefs.export.pdf.glyphs import Glyphs
from briefs.export.pdf.setting import Setting

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
            "clearance_note": _clearance_note(list(document.sections)),
            "clearance": [_clearance(section, glyphs) for section in document.sections],
        }


def _words() -> dict[str, str]:
    return {
        "page": _("Page %(page)s of %(pages)s"),
        "contents": _("Contents"),
        "facts": _("At a glance"),
        "reference": _("Reference"),
        "date": _("Date"),
        "status": _("Status"),
        "prepared_by": _("Prepared by"),
        "clearance": _("Clearance"),
        "section": _("Section"),
        "revision": _("Revision"),
        "approved_by": _("Approved by"),
    }


def _cover(document: Document, glyphs: Glyphs) -> dict[str, Any]:
    subject = document.subject if document.subject != document.title else ""
    modified_on = document.modified_at.date() if document.modified_at else None
    return {
        "title": glyphs.line(document.title),
        "short_title": shorten(glyphs.line(document.title), _RUNNING_TITLE, placeholder="…"),
        "subject": glyphs.line(subject),
        "kind": glyphs.line(document.template.title),
        "marking": glyphs.line(document.marking),
        "draft": _("DRAFT") if document.is_draft else "",
        "reference": glyphs.line(document.reference),
        "date": long_date(document.date or modified_on),
        "status": _("Draft: working text") if document.is_draft else _("Approved text"),
        "prepared_by": [glyphs.line(name) for name in document.prepared_by],
        "facts": [[glyphs.line(fact.label), glyphs.line(fact.value)] for fact in document.facts],
    }


def _part(part: PartNode, document: Document, glyphs: Glyphs) -> dict[str, Any]:
    number = "" if part.number is None else str(part.number)
    sections = [_section(section, document, glyphs) for section in part.sections]
    return {**_heading(number, part.title, glyphs), "sections": sections}


def _section(section: SectionNode, document: Document, glyphs: Glyphs) -> dict[str, Any]:
    is_working = document.text is TextState.WORKING
    note = ""
    if section.is_empty:
        note = _("Nothing is written here yet.") if is_working else _("Not yet approved.")
    answers = [
        _answer(answer, f"{section.key}/{answer.key}", glyphs)
        for answer in section.answers
        if answer.text or (is_working and not section.is_empty and answer.label)
    ]
    return {**_heading(section.number, section.title, glyphs), "note": note, "answers": answers}


def _heading(number: str, title: str, glyphs: Glyphs) -> dict[str, str]:
    title = glyphs.line(title)
    running = shorten(f"{number} {title}", _RUNNING_TITLE, placeholder="…")
    return {"number": number, "title": title, "running": running}


def _answer(answer: AnswerNode, name: str, glyphs: Glyphs) -> dict[str, Any]:
    return {
        "label": glyphs.line(answer.label),
        "note": "" if answer.text else _("Nothing is written here yet."),
        "blocks": Setting(name, glyphs).blocks(parse(answer.text)),
    }


def _clearance_note(sections: Sequence[SectionNode]) -> str:
    cleared = sum(section.clearance is not None for section in sections)
    return ngettext(
        "%(cleared)s of %(count)s section is approved as it stands here.",
        "%(cleared)s of %(count)s sections are approved as they stand here.",
        len(sections),
    ) % {"cleared": cleared, "count": len(sections)}


def _clearance(section: SectionNode, glyphs: Glyphs) -> dict[str, Any]:
    clearance = section.clearance
    revision = clearance.revision if clearance else section.revision
    approved_by = ", ".join(clearance.approved_by) if clearance else _("Not yet approved")
    return {
        "section": glyphs.line(f"{section.number} {section.title}"),
        "revision": "–" if revision is None else str(revision),
        "is_cleared": clearance is not None,
        "approved_by": glyphs.line(approved_by),
        "date": long_date(clearance.approved_at.date()) if clearance else "–",
    }
