"""What changed between two revisions of a section, as a Word file in which it can be accepted or
rejected."""

import hashlib
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from briefs.document.tree import Document, TextState
from briefs.events import publish
from briefs.export.docx.write import write_docx
from briefs.export.formats import ExportFormat
from briefs.models import Activity, Revision, Section
from briefs.permissions import check_can_view
from briefs.printing.pages import excerpt_of
from briefs.reading import read_document
from briefs.revisions import texts_of


def export_section_changes(
    section: Section, old: Revision | None, new: Revision, *, by: User
) -> bytes:
    """The section as it was in the new revision, with the changes since the old one; none is an
    empty section. Raises `PermissionDenied`."""
    check_can_view(by, section.brief)
    whole = read_document(section.brief, TextState.WORKING)
    content = write_docx(_at(whole, section, new), _at(whole, section, old))
    with transaction.atomic():
        publish(
            Activity.Verb.BRIEF_EXPORTED,
            by=by,
            brief=section.brief,
            section=section,
            revision=new,
            format=ExportFormat.DOCX.value,
            since=old.number if old else 0,
            sha256=hashlib.sha256(content).hexdigest(),
        )
    return content


def _at(whole: Document, section: Section, revision: Revision | None) -> Document:
    texts = texts_of(revision) if revision else {}
    document = excerpt_of(whole, section, texts, is_all=True)
    return replace(document, modified_at=revision.created_at if revision else None)
