from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from accounts.http import person
from briefs.document.tree import TextState
from briefs.export.actions import Exported, export_brief
from briefs.export.contents import contents_of
from briefs.export.formats import ExportFormat
from briefs.export.forms import ExportForm
from briefs.export.pdf.worker import RenderFailed
from briefs.models import Brief


@require_http_methods(["GET", "HEAD", "POST"])
def brief_export(
    request: HttpRequest, brief_slug: str, export_format: str = ExportFormat.PDF.value
) -> HttpResponse:
    """A link only shows what would be in the file: making one goes on record and takes a form."""
    brief = get_object_or_404(Brief.objects.visible_to(person(request)), slug=brief_slug)
    if export_format not in ExportFormat.values:
        raise Http404
    wanted = ExportFormat(export_format)
    if request.method != "POST":
        return _page(request, brief, wanted, ExportForm(initial=request.GET.dict()))
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, brief, wanted, form, status=422)
    text = TextState(form.cleaned_data["text"])
    try:
        exported = export_brief(brief, wanted, text, by=person(request))
    except RenderFailed as failed:
        form.add_error(None, str(failed))
        return _page(request, brief, wanted, form, status=422)
    return _file(request, exported)


def _page(
    request: HttpRequest, brief: Brief, wanted: ExportFormat, form: ExportForm, status: int = 200
) -> HttpResponse:
    others = [one for one in ExportFormat if one is not wanted]
    context = {
        "brief": brief,
        "contents": contents_of(brief),
        "form": form,
        "wanted": wanted,
        "others": others,
    }
    return render(request, "briefs/export/brief_export.html", context, status=status)


def _file(request: HttpRequest, exported: Exported) -> HttpResponse:
    for note in exported.notes:
        messages.warning(request, note)  # shown on the next page, as this answer has none
    disposition = content_disposition_header(as_attachment=True, filename=exported.file_name)
    return HttpResponse(
        exported.content,
        content_type=exported.content_type,
        headers={"Content-Disposition": disposition or "attachment"},
    )
