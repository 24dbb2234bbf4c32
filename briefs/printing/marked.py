"""What changed between two revisions of a section, as a Word file in which it can be accepted or
rejected."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from briefs.document.tree import AnswerNode, Document, PartNode, SectionNode, TextState
from briefs.drafting.desk import Desk
from briefs.events import publish
from briefs.export.docx.write import Written, written_docx
from briefs.export.formats import ExportFormat
from briefs.models import Activity, Revision, Section
from briefs.permissions import check_can_view
from briefs.printing.pages import excerpt_of
from briefs.prompts import Question
from briefs.reading import read_document
from briefs.revisions import texts_of


def export_section_changes(
    section: Section, old: Revision | None, new: Revision, *, by: User
) -> Written:
    """The section as it was in the new revision, with the changes since the old one; none is an
    empty section. It may have left the brief since, and so may prompts. Raises
    `PermissionDenied`."""
    check_can_view(by, section.brief)
    asked = Desk(section).questions_with(old, new)
    whole = _with_section(read_document(section.brief, TextState.WORKING), section, asked)
    written = written_docx(_at(whole, section, new), _at(whole, section, old))
    with transaction.atomic():
        publish(
            Activity.Verb.BRIEF_EXPORTED,
            by=by,
            brief=section.brief,
            section=section,
            revision=new,
            format=ExportFormat.DOCX.value,
            since=old.number if old else 0,
            sha256=hashlib.sha256(written.docx).hexdigest(),
        )
    return written


def _with_section(whole: Document, section: Section, asked: Sequence[Question]) -> Document:
    """The document with the section as it is asked in both revisions, whether or not it has it."""
    answers = tuple(AnswerNode(question.key, question.label, "") for question in asked)
    found = next((node for node in whole.sections if node.key == section.key), None)
    node = replace(found, answers=answers) if found else _retired(section, answers)
    part = next((each for each in whole.parts if found in each.sections), None)
    own = replace(part, sections=(node,)) if part else PartNode("left", None, "", (node,))
    return replace(whole, parts=(own,))


def _retired(section: Section, answers: tuple[AnswerNode, ...]) -> SectionNode:
    return SectionNode(
        key=section.key,
        number="",
        title=section.title,
        status=section.status,
        is_own=section.is_own,
        content_hash=section.content_hash,
        revision=None,
        clearance=None,
        answers=answers,
    )


def _at(whole: Document, section: Section, revision: Revision | None) -> Document:
    texts = texts_of(revision) if revision else {}
    document = excerpt_of(whole, section, texts)
    return replace(document, modified_at=revision.created_at if revision else None)
