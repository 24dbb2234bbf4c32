"""A brief as a file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from briefs.document.tree import Document, TextState
from briefs.drafting.actions import name_live_texts
from briefs.events import publish
from briefs.export.docx.write import Written, written_docx
from briefs.export.dressing import dressed
from briefs.export.encoding import encoded
from briefs.export.failures import Unwanted
from briefs.export.formats import ExportFormat
from briefs.export.html import write_html
from briefs.export.json_tree import write_json
from briefs.export.markdown import write_markdown
from briefs.export.markdown_files import write_markdown_files
from briefs.export.markdown_options import MarkdownOptions
from briefs.export.options import AS_THE_BRIEF, ExportOptions
from briefs.export.pdf.pool import Watch
from briefs.export.pdf.render import Rendered, render_pdf
from briefs.locks import lock_brief
from briefs.models import Activity, Brief
from briefs.permissions import check_can_manage, check_can_view
from briefs.reading import read_document

# A brief in a script that no font has holds thousands, and servers before ours refuse an answer
# whose head is longer than some kilobytes.
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Exported:
    """A file, and what whoever asked for it should know besides, in sentences."""

    content: bytes
    content_type: str
    file_name: str
    notes: tuple[str, ...]


def export_brief(
    brief: Brief,
    export_format: ExportFormat,
    text: TextState,
    *,
    by: User | None,
    options: ExportOptions = AS_THE_BRIEF,
    watch: Watch | None = None,
) -> Exported:
    """The working or the approved text as a file. Nobody (`by`) is the command line.

    Raises `PermissionDenied`, `ValidationError` for options that don't fit, and `RenderFailed` when
    a PDF can't be made, or isn't wanted any more as `watch` says. Nothing is locked while the file
    is written; the record names the file by its SHA-256.
    """
    heeded = options.heeded_by(export_format)
    name_live_texts(brief)
    document = _read(brief, text, heeded, by=by)
    as_files = heeded.markdown.per_section
    content, notes = _written(document, export_format, heeded, watch)
    if watch and not watch.is_wanted():
        raise Unwanted
    if options.has_discussions and not heeded.has_discussions:
        notes.append(_("Markdown holds no comments, so they are left out."))
    with transaction.atomic():
        publish(
            Activity.Verb.BRIEF_EXPORTED,
            by=by,
            brief=brief,
            format=export_format.value,
            text=text.value,
            sha256=hashlib.sha256(content).hexdigest(),
            **heeded.as_detail(),
        )
    excerpt = "-excerpt" if document.excerpt_of else ""
    suffix = "markdown.zip" if as_files else export_format.suffix
    return Exported(
        content=content,
        content_type="application/zip" if as_files else export_format.content_type,
        file_name=f"{document.slug}-{text.value}{excerpt}.{suffix}",
        notes=(*notes, *_loose_notes(document, export_format)),
    )


@transaction.atomic
def read_for_book(brief: Brief, text: TextState, *, by: User) -> tuple[Document, list[str]]:
    """A brief that will be set with others, read and on record, and what to know of it. Raises
    `PermissionDenied`."""
    name_live_texts(brief)
    document = _read(brief, text, AS_THE_BRIEF, by=by)
    publish(Activity.Verb.BRIEF_EXPORTED, by=by, brief=brief, format="book", text=text.value)
    return document, _loose_notes(document, ExportFormat.PDF)


@transaction.atomic
def keep_print_options(brief: Brief, wishes: Mapping[str, Any], *, by: User) -> None:
    """Has a brief printed so from now on, its editions too: `paper`, `has_contents` and
    `has_clearance`, as far as they are wished for. The marking is of its data, and which sections
    go into a file is of that file."""
    brief = lock_brief(brief)
    check_can_manage(by, brief)
    changed = {name: value for name, value in wishes.items() if value != getattr(brief, name)}
    if changed:
        for name, value in changed.items():
            setattr(brief, name, value)
        brief.save(update_fields=[*changed, "updated_at"])
        publish(Activity.Verb.BRIEF_CHANGED, by=by, brief=brief, changed=changed)


@transaction.atomic
def _read(brief: Brief, text: TextState, options: ExportOptions, *, by: User | None) -> Document:
    """Read under the brief's lock, which every change takes: else a text could be read that came
    in after the sign-off beside it was."""
    brief = lock_brief(brief)
    if by:
        check_can_view(by, brief)
        if options.marking not in (None, brief.marking):
            check_can_manage(by, brief)
    return dressed(read_document(brief, text), brief, options)


def _written(
    document: Document,
    export_format: ExportFormat,
    options: ExportOptions,
    watch: Watch | None,
) -> tuple[bytes, list[str]]:
    if export_format is ExportFormat.PDF:
        rendered = render_pdf(document, watch)
        return rendered.pdf, pdf_notes(rendered)
    if export_format is ExportFormat.MARKDOWN:
        return _markdown(document, options.markdown)
    if export_format is ExportFormat.DOCX:
        written = written_docx(document)
        return written.docx, docx_notes(written)
    writers = {
        ExportFormat.HTML: write_html,
        ExportFormat.JSON: write_json,
    }
    return encoded(writers[export_format](document))


def _markdown(document: Document, wish: MarkdownOptions) -> tuple[bytes, list[str]]:
    content, notes = encoded(write_markdown(document, has_front_matter=wish.has_front_matter))
    if wish.per_section:
        content = write_markdown_files(document, has_front_matter=wish.has_front_matter)
    return content, notes


def docx_notes(written: Written) -> list[str]:
    if not written.replaced:
        return []
    return [
        _("Characters that no Word file can hold are shown as �: %(characters)s.")
        % {"characters": _named(written.replaced)}
    ]


def _named(characters: tuple[str, ...]) -> str:
    named = ", ".join(f"U+{ord(character):04X}" for character in characters[:MOST_NAMED])
    others = len(characters) - MOST_NAMED
    if others <= 0:
        return named
    told = {"named": named, "others": others}
    sentence = ngettext("%(named)s and %(others)s other", "%(named)s and %(others)s others", others)
    return sentence % told


def pdf_notes(rendered: Rendered) -> list[str]:
    notes = []
    if rendered.replaced:
        notes.append(
            _("Characters that the fonts of the PDF don't have are shown as □: %(characters)s.")
            % {"characters": _named(rendered.replaced)}
        )
    if not rendered.conformance:
        notes.append(
            _(
                "Something in the text kept the PDF from being PDF/A-2a and PDF/UA-1: it can be "
                "read, but don't archive it."
            )
        )
    return notes


def _loose_notes(document: Document, export_format: ExportFormat) -> list[str]:
    count = len(document.loose)
    if not count:
        return []
    if export_format is ExportFormat.JSON:
        return [
            ngettext(
                "%(count)s text has no place yet; it is in the list “parked”.",
                "%(count)s texts have no place yet; they are in the list “parked”.",
                count,
            )
            % {"count": count}
        ]
    return [
        ngettext(
            "%(count)s text has no place yet, so it is not in the file.",
            "%(count)s texts have no place yet, so they are not in the file.",
            count,
        )
        % {"count": count}
    ]
