from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.http import person
from briefs.document.text import normalise
from briefs.document.tree import TextState
from briefs.drafting.desk import Desk
from briefs.drafting.forms import PREFIX
from briefs.drafting.writing import check_prompts
from briefs.export.actions import docx_notes
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.export.progress import token_of, watch_of
from briefs.models import Brief, Section
from briefs.permissions import check_can_change_house_style, check_can_edit
from briefs.printing.actions import as_wished, change_house_style, house_style
from briefs.printing.forms import HouseStyleForm
from briefs.printing.marked import export_section_changes
from briefs.printing.pages import addresses_of, brief_pages, page_picture, section_pages
from briefs.printing.sample import sample_in


@require_http_methods(["GET", "HEAD", "POST"])
def house_style_change(request: HttpRequest) -> HttpResponse:
    user = person(request)
    check_can_change_house_style(user)
    style = house_style()
    form = _house_form(request, style)
    if form.is_valid():
        try:
            change_house_style(form.wish, by=user)
        except ValidationError as refused:
            # What is sent once more is meant to stand beside what is there now.
            style = house_style()
            form.show_now(style)
            form.add_error(None, refused)
        else:
            messages.success(request, _("Saved. Files that are made from now on look so."))
            return redirect("house_style_change")
    status = 422 if form.errors else 200
    context = {"form": form, "style": style}
    return render(request, "briefs/printing/house_style_change.html", context, status=status)


@require_POST
def house_style_preview(request: HttpRequest) -> JsonResponse:
    """The addresses of sample pages in the style that the form says; nothing is stored of it."""
    user = person(request)
    check_can_change_house_style(user)
    form = _house_form(request, house_style())
    if not form.is_valid():
        return JsonResponse({"mistakes": form.errors}, status=422)
    try:
        document = sample_in(as_wished(house_style(), form.wish))
        pages = addresses_of(
            document, user, watch_of(user, token_of(request.headers.get("X-Token")))
        )
    except ValidationError as refused:
        return JsonResponse({"mistakes": refused.message_dict}, status=422)
    except RenderFailed as failed:
        return JsonResponse({"sentence": str(failed)}, status=422)
    return JsonResponse({"pages": pages})


@require_safe
@vary_on_headers("Accept")  # else a browser that goes back shows the script's answer as the page
def brief_pages_detail(request: HttpRequest, brief_slug: str) -> HttpResponse:
    """All pages of a brief as its PDF has them; for the page's own script, their addresses."""
    user = person(request)
    brief = get_object_or_404(Brief.objects.visible_to(user), slug=brief_slug)
    asked = request.GET.get("text", TextState.WORKING.value)
    if asked not in list(TextState):
        raise Http404
    said: dict[str, Any] = {"pages": [], "sentence": ""}
    try:
        said["pages"] = brief_pages(
            brief, TextState(asked), user, watch_of(user, token_of(request.headers.get("X-Token")))
        )
    except RenderFailed as failed:
        said["sentence"] = str(failed)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(said, status=422 if said["sentence"] else 200)
    context = {"brief": brief, "text": asked, **said}
    return render(request, "briefs/printing/brief_pages_detail.html", context)


@require_POST
def section_pages_preview(request: HttpRequest, brief_slug: str, section_key: str) -> JsonResponse:
    """The addresses of the pages of a section with the text that the form says, saved or not."""
    user = person(request)
    sections = Section.objects.visible_to(user).select_related("brief__template")
    section = get_object_or_404(sections, brief__slug=brief_slug, key=section_key)
    check_can_edit(user, section)
    desk = Desk(section)
    texts = {
        question.key: normalise(request.POST[f"{PREFIX}{question.key}"])
        for question in desk.questions
        if f"{PREFIX}{question.key}" in request.POST
    }
    try:
        check_prompts(desk.questions, texts)
        pages = section_pages(
            section, texts, user, watch_of(user, token_of(request.headers.get("X-Token")))
        )
    except ValidationError as too_much:
        return JsonResponse({"sentence": " ".join(too_much.messages)}, status=422)
    except RenderFailed as failed:
        return JsonResponse({"sentence": str(failed)}, status=422)
    return JsonResponse({"pages": pages})


@require_POST
def section_changes(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    """A Word file with what changed between two revisions, named by their numbers; 0 is before the
    first."""
    user = person(request)
    sections = Section.with_retired.visible_to(user).select_related("brief__template")
    section = get_object_or_404(sections, brief__slug=brief_slug, key=section_key)
    numbers = {name: request.POST.get(name, "") for name in ("from", "to")}
    found = {
        name: section.revisions.filter(number=number).first()
        for name, number in numbers.items()
        if number.isdecimal() and len(number) < 10
    }
    old, new = found.get("from"), found.get("to")
    if new is None or (old is None and numbers["from"] != "0"):
        messages.error(
            request, _("There is no such revision of this section. Choose two of these.")
        )
        return redirect("section_compare", brief_slug, section_key)
    try:
        written = export_section_changes(section, old, new, by=user)
    except RenderFailed as failed:
        messages.error(request, str(failed))
        return redirect("section_compare", brief_slug, section_key)
    for note in docx_notes(written):
        messages.warning(request, note)  # shown on the next page, as this answer has none
    name = f"{brief_slug}-{section_key.replace('/', '-')}-{numbers['from']}-{numbers['to']}.docx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        written.docx,
        content_type=ExportFormat.DOCX.content_type,
        headers={"Content-Disposition": disposition or "attachment"},
    )


@require_safe
def page_picture_detail(request: HttpRequest, token: str) -> HttpResponse:
    """A browser may keep it but asks each time, so that whoever has left the brief no longer gets
    it."""
    content = page_picture(token, person(request))
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/png")
    response["ETag"] = f'"{sha256(content).hexdigest()}"'
    response["Cache-Control"] = "private, no-cache"
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(conditional, HttpResponse)
    return conditional


def _house_form(request: HttpRequest, style: Any) -> HouseStyleForm:
    if request.method == "POST":
        return HouseStyleForm(style, request.POST, request.FILES)
    return HouseStyleForm(style)
