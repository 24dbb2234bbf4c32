"""Many briefs as files in one archive."""

import io
import zipfile
from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.http import person
from accounts.models import User
from briefs.document.tree import TextState
from briefs.export.actions import Exported, export_brief
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.export.forms import TextForm
from briefs.export.zip_entry import zip_entry
from briefs.models import Brief

MOST_AT_ONCE = 200


class ArchiveForm(TextForm):
    FORMATS: ClassVar = [
        (one.value, one.label) for one in (ExportFormat.PDF, ExportFormat.MARKDOWN)
    ]

    export_format = forms.ChoiceField(
        label=gettext_lazy("Files"),
        choices=FORMATS,
        widget=forms.RadioSelect,
        initial=ExportFormat.PDF.value,
    )


@dataclass(frozen=True, slots=True)
class Exports:
    """The files that were made, and a sentence for each brief of which none could be made."""

    files: list[tuple[Brief, Exported]]
    failures: list[str]


@admin.action(description=gettext_lazy("Export"), permissions=["view"])
def export(
    desk: admin.ModelAdmin[Brief], request: HttpRequest, briefs: QuerySet[Brief]
) -> HttpResponse | None:
    if briefs.count() > MOST_AT_ONCE:
        messages.error(
            request, _("Select %(most)s briefs at most at once.") % {"most": MOST_AT_ONCE}
        )
        return None
    if "confirmed" not in request.POST:
        return _page(desk, request, briefs, ArchiveForm())
    form = ArchiveForm(request.POST)
    if not form.is_valid():
        return _page(desk, request, briefs, form, status=422)
    export_format = ExportFormat(form.cleaned_data["export_format"])
    text = TextState(form.cleaned_data["text"])
    exports = _export(briefs, export_format, text, by=person(request))
    if not exports.files:
        for failure in exports.failures:
            form.add_error(None, failure)
        return _page(desk, request, briefs, form, status=422)
    for failure in exports.failures:
        messages.error(request, failure)  # shown on the next page, as this answer has none
    name = f"briefs-{text.value}-{export_format.value}.zip"
    return HttpResponse(
        _archive(exports),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _export(
    briefs: QuerySet[Brief], export_format: ExportFormat, text: TextState, *, by: User
) -> Exports:
    exports = Exports([], [])
    for brief in briefs:
        try:
            exports.files.append((brief, export_brief(brief, export_format, text, by=by)))
        except (PermissionDenied, RenderFailed) as failed:
            exports.failures.append(f"{brief.title}: {failed}")
    return exports


def _archive(exports: Exports) -> bytes:
    """The files as they are, and beside them a page of what one should know about them. The same
    files make the same archive: it carries no clock."""
    notes = [
        f"{exported.file_name}: {note}" for _b, exported in exports.files for note in exported.notes
    ]
    notes += exports.failures
    contents = [(exported.file_name, exported.content) for _brief, exported in exports.files]
    if notes:
        contents.append(("notes.txt", "\n".join([*notes, ""]).encode()))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        for name, content in contents:
            files.writestr(zip_entry(name), content)
    return archive.getvalue()


def _page(
    desk: admin.ModelAdmin[Brief],
    request: HttpRequest,
    briefs: QuerySet[Brief],
    form: ArchiveForm,
    status: int = 200,
) -> HttpResponse:
    waiting = Count("loose_texts", filter=Q(loose_texts__settled_at=None))
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Export briefs"),
        "opts": desk.opts,
        "media": desk.media,
        "form": form,
        "briefs": briefs.annotate(loose_count=waiting),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/briefs/brief/export.html", context, status=status)
