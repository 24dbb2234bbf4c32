"""A brief is released, and an edition is exported with what changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.plain import write_tree
from briefs.document.tree import Document, EditionMark, SectionNode, TextState
from briefs.events import publish
from briefs.export.actions import docx_notes, pdf_notes
from briefs.export.docx.write import written_docx
from briefs.export.dressing import dressed
from briefs.export.encoding import encoded
from briefs.export.formats import ExportFormat
from briefs.export.markdown import write_markdown
from briefs.export.pdf.render import render_pdf
from briefs.export.renderer import made_with
from briefs.locks import lock_brief
from briefs.models import Activity, Brief, Edition, EditionFile, actor_name
from briefs.permissions import check_can_release, check_can_view
from briefs.reading import read_document
from briefs.releasing.changes import with_changes
from briefs.releasing.standing import Standing, as_released, read_standing
from briefs.releasing.verification import document_of

Kind = EditionFile.Kind


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for who had looked at `Standing.seen`. By section key: the `reasons` for
    releasing what isn't clear, and the sections of which to take the newest text, never approved.
    The `token` is of the form, so that a press repeated makes nothing twice."""

    seen: str
    token: UUID
    reasons: Mapping[str, str]
    unapproved: frozenset[str] = frozenset()


def release_brief(brief: Brief, wish: Wish, *, by: User) -> Edition:
    """Releases the approved text as the next edition, and returns that.

    Nothing is locked while its files are made; if anything that was looked at has moved when they
    are, nothing is released. The log of what is typed isn't touched. Raises `PermissionDenied`;
    `ValidationError` by section key for a reason that is missing, and without one when what was
    looked at has changed; `RenderFailed`.
    """
    released_at = timezone.now()
    with transaction.atomic():
        made = _made_by(brief, wish, by=by)
        document = None if made else _document(brief, wish, released_at)
    if document is None:
        assert made is not None
        return made
    files = _files(document)
    with transaction.atomic():
        return _made_by(brief, wish, by=by) or _store(
            brief, wish, document, files, by=by, at=released_at
        )


def _made_by(brief: Brief, wish: Wish, *, by: User) -> Edition | None:
    """The edition that this very form made already. Locks the brief until the transaction ends."""
    check_can_release(by, lock_brief(brief))
    made = Edition.objects.filter(token=wish.token).first()
    if made and made.brief_id != brief.pk:
        raise ValidationError(_("This form is out of date. Open the page again."))
    return made


def _document(brief: Brief, wish: Wish, released_at: dt.datetime) -> Document:
    """What is released, read under the brief's lock."""
    brief = lock_brief(brief)
    standing = read_standing(brief)
    _check_unmoved(brief, standing, wish)
    _check_reasons(standing, wish)
    allowed = {each.node.key for each in standing.unclear if each.may_go_unapproved}
    unapproved = allowed & wish.unapproved
    released = as_released(read_document(brief, TextState.APPROVED, unapproved=unapproved))
    reasons = {each.node.key: wish.reasons[each.node.key] for each in standing.unclear}
    released_on = timezone.localdate(released_at)
    parts = tuple(
        replace(part, sections=tuple(_with_reason(node, reasons) for node in part.sections))
        for part in released.parts
    )
    mark = EditionMark(standing.number, released_on)
    # With the reasons in it, as some of what is printed depends on whether there are any.
    return dressed(replace(released, parts=parts, edition=mark, date=released_on), brief)


def _with_reason(node: SectionNode, reasons: Mapping[str, str]) -> SectionNode:
    return replace(node, released_because=reasons.get(node.key, ""))


def _check_unmoved(brief: Brief, standing: Standing, wish: Wish) -> None:
    if wish.seen == standing.seen:
        return
    newest = brief.editions.order_by("-number").first()
    if newest:
        raise ValidationError(
            _(
                "Something on this page changed since it was opened. Edition %(number)s, the "
                "newest, was released by %(name)s. Look through the page again, then release."
            )
            % {"number": newest.number, "name": newest.released_by_name}
        )
    raise ValidationError(
        _(
            "Something on this page changed since it was opened. Look through it again, then "
            "release."
        )
    )


def _check_reasons(standing: Standing, wish: Wish) -> None:
    sentence = _("Say why it is released although it isn't clear, or have it approved first.")
    missing = {
        each.node.key: sentence
        for each in standing.unclear
        if not wish.reasons.get(each.node.key, "").strip()
    }
    if missing:
        raise ValidationError(missing)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of an edition, and what had to be replaced in them, in sentences."""

    contents: Mapping[EditionFile.Kind, bytes]
    notes: list[str]


def _files(document: Document) -> _Files:
    rendered = render_pdf(document)
    contents = {
        Kind.DOCUMENT: write_tree(document).encode(),
        Kind.MARKDOWN: write_markdown(document).encode(),
        Kind.PDF: rendered.pdf,
    }
    return _Files(contents, pdf_notes(rendered))


def _store(
    brief: Brief,
    wish: Wish,
    document: Document,
    files: _Files,
    *,
    by: User,
    at: dt.datetime,
) -> Edition:
    """Within a transaction: what was read before must still be what stands."""
    if _document(brief, wish, at) != document:
        raise ValidationError(
            _("The brief changed while its files were made, so nothing is released. Try again.")
        )
    assert document.edition is not None
    edition = Edition.objects.create(
        brief=brief,
        number=document.edition.number,
        token=wish.token,
        made_with=made_with(),
        released_at=at,
        released_by=by,
        released_by_name=actor_name(by),
    )
    digests = {}
    for kind, content in files.contents.items():
        digests[kind.value] = sha256(content).hexdigest()
        EditionFile.objects.create(
            edition=edition,
            kind=kind,
            sha256=digests[kind.value],
            size=len(content),
            content=content,
        )
    overrides = [node.title for node in document.sections if node.released_because]
    publish(
        Activity.Verb.BRIEF_RELEASED,
        by=by,
        brief=brief,
        edition=edition.number,
        sha256=digests,
        not_clear=overrides,
        notes=files.notes,
    )
    return edition


def export_with_changes(
    edition: Edition, since: Edition, export_format: ExportFormat, *, by: User
) -> tuple[bytes, list[str]]:
    """An edition with a page of what changed since an earlier one, as PDF, Markdown, or a Word file
    in which the changes can be accepted and rejected, and what had to be replaced in it; what is
    stored of the edition stays as it is. Raises `PermissionDenied` and `RenderFailed`."""
    check_can_view(by, edition.brief)
    old = document_of(since)
    content, notes = _changed(old, with_changes(old, document_of(edition)), export_format)
    with transaction.atomic():
        publish(
            Activity.Verb.BRIEF_EXPORTED,
            by=by,
            brief=edition.brief,
            format=export_format.value,
            edition=edition.number,
            since=since.number,
            sha256=sha256(content).hexdigest(),
        )
    return content, notes


def _changed(old: Document, new: Document, export_format: ExportFormat) -> tuple[bytes, list[str]]:
    if export_format is ExportFormat.PDF:
        rendered = render_pdf(new)
        return rendered.pdf, pdf_notes(rendered)
    if export_format is ExportFormat.DOCX:
        written = written_docx(new, old)
        return written.docx, docx_notes(written)
    return encoded(write_markdown(new))
