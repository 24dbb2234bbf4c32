import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import person
from briefs.export.actions import Exported, export_brief, keep_print_options
from briefs.export.contents import contents_of
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.export.forms import ExportForm
from briefs.export.json_schema import brief_schema as schema_of_a_brief
from briefs.export.progress import cancel, progress_of, token_of, watch_of
from briefs.models import Brief
from briefs.permissions import check_can_manage, refusal

FETCHED = "fetch"  # what a page's script says of itself: it shows the notes that come with a file


@require_http_methods(["GET", "HEAD", "POST"])
def brief_export(
    request: HttpRequest, brief_slug: str, export_format: str = ExportFormat.PDF.value
) -> HttpResponse:
    """A link only shows what would be in the file: making one goes on record and takes a form."""
    user = person(request)
    brief = get_object_or_404(Brief.objects.visible_to(user), slug=brief_slug)
    if export_format not in ExportFormat.values:
        raise Http404
    wanted = ExportFormat(export_format)
    form = ExportForm(
        brief,
        contents_of(brief),
        request.POST if request.method == "POST" else None,
        may_manage=not refusal(check_can_manage, user, brief),
        text=request.GET.get("text", ""),
    )
    if form.is_valid():
        try:
            exported = _exported(request, brief, wanted, form)
        except (RenderFailed, ValidationError) as failed:
            form.add_error(None, failed if isinstance(failed, ValidationError) else str(failed))
        else:
            return _file(request, exported)
    return _page(request, brief, wanted, form)


@require_http_methods(["GET", "HEAD", "POST"])
def export_progress(request: HttpRequest, run_id: UUID) -> JsonResponse:
    """How far an export of the same person is; a POST ends it."""
    user = person(request)
    if request.method == "POST":
        cancel(user, run_id)
    progress = progress_of(user, run_id)
    return JsonResponse({"sentence": progress.sentence if progress else ""})


def _exported(
    request: HttpRequest, brief: Brief, wanted: ExportFormat, form: ExportForm
) -> Exported:
    """What is to be so from now on is kept once a file was made so."""
    user = person(request)
    watch = watch_of(user, token_of(request.headers.get("X-Token")))
    exported = export_brief(
        brief, wanted, form.wanted_text, by=user, options=form.options, watch=watch
    )
    if form.cleaned_data["is_kept"]:
        keep_print_options(brief, form.wishes, by=user)
    return exported


@login_not_required
@require_safe
def brief_schema(request: HttpRequest) -> HttpResponse:
    """Whoever writes a program for the files needs no account."""
    return JsonResponse(
        schema_of_a_brief(),
        json_dumps_params={"indent": 2},
        content_type="application/schema+json",
        headers={"Access-Control-Allow-Origin": "*"},
    )


def _page(
    request: HttpRequest, brief: Brief, wanted: ExportFormat, form: ExportForm
) -> HttpResponse:
    context = {
        "brief": brief,
        "contents": form.contents,
        "form": form,
        "wanted": wanted,
        "others": [one for one in ExportFormat if one is not wanted],
    }
    status = 422 if form.errors else 200
    return render(request, "briefs/export/brief_export.html", context, status=status)


def _file(request: HttpRequest, exported: Exported) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=exported.file_name)
    headers = {"Content-Disposition": disposition or "attachment"}
    if request.headers.get("X-Requested-With") == FETCHED:
        headers["X-Notes"] = json.dumps([str(note) for note in exported.notes])
    else:
        for note in exported.notes:
            messages.warning(request, note)  # shown on the next page, as this answer has none
    return HttpResponse(exported.content, content_type=exported.content_type, headers=headers)
