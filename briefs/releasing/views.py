from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.models import Brief, Edition, EditionFile
from briefs.permissions import check_can_release, refusal
from briefs.releasing.actions import export_with_changes, release_brief
from briefs.releasing.changes import compare_editions
from briefs.releasing.forms import ReleaseForm, VerifyForm
from briefs.releasing.record import notes_of
from briefs.releasing.standing import read_standing
from briefs.releasing.verification import (
    TamperedError,
    check_in_hand,
    check_made_again,
    check_stored,
    document_of,
    other_makers,
)

Kind = EditionFile.Kind
_WITH_CHANGES = (ExportFormat.PDF, ExportFormat.MARKDOWN, ExportFormat.DOCX)


@require_http_methods(["GET", "HEAD", "POST"])
def brief_release(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _brief(request, brief_slug)
    check_can_release(person(request), brief)
    is_asked = request.method == "POST"
    form = ReleaseForm(read_standing(brief), request.POST if is_asked else None)
    if form.is_valid():
        try:
            edition = release_brief(brief, form.wish, by=person(request))
        except ValidationError as mistake:
            form = ReleaseForm(read_standing(brief), request.POST)
            form.is_valid()
            form.add_refusal(mistake)
        except RenderFailed as failed:
            form.add_error(None, str(failed))
        else:
            messages.success(request, _("%(edition)s is released.") % {"edition": edition})
            return redirect(edition)
    status = 422 if is_asked else 200
    context = {"brief": brief, "form": form, "standing": form.standing}
    return render(request, "briefs/releasing/brief_release.html", context, status=status)


@require_safe
def edition_list(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _brief(request, brief_slug)
    context = {
        "brief": brief,
        "editions": brief.editions.all(),
        "release_refusal": refusal(check_can_release, person(request), brief),
    }
    return render(request, "briefs/releasing/edition_list.html", context)


@require_safe
def edition_detail(request: HttpRequest, brief_slug: str, number: int) -> HttpResponse:
    edition = _edition(request, brief_slug, number)
    try:
        document = document_of(edition)
    except TamperedError as tampered:
        return _tampered(request, edition, tampered)
    context = {
        "brief": edition.brief,
        "edition": edition,
        "document": document,
        "files": edition.files.defer("content"),
        "not_clear": [node for node in document.sections if node.released_because],
        "notes": notes_of(edition),
        "newest": edition.brief.editions.values_list("number", flat=True).first(),
    }
    return render(request, "briefs/releasing/edition_detail.html", context)


@require_safe
def edition_file(request: HttpRequest, brief_slug: str, number: int, kind: str) -> HttpResponse:
    """The bytes that were released, as they are stored."""
    edition = _edition(request, brief_slug, number)
    file = get_object_or_404(edition.files, kind=kind)
    name = f"{edition.brief.slug}-edition-{edition.number}.{kind}"
    return _attachment(bytes(file.content), Kind(kind).content_type, name)


@require_safe
def edition_compare(request: HttpRequest, brief_slug: str, number: int) -> HttpResponse:
    edition = _edition(request, brief_slug, number)
    others = list(edition.brief.editions.exclude(pk=edition.pk))
    since = _since(request.GET.get("since", ""), edition, others)
    old, new = sorted([since, edition], key=_number) if since else (None, edition)
    try:
        changes = compare_editions(document_of(old), document_of(new)) if old else []
    except TamperedError as tampered:
        return _tampered(request, edition, tampered)
    context = {
        "brief": edition.brief,
        "edition": edition,
        "others": others,
        "old": old,
        "new": new,
        "changes": changes,
    }
    return render(request, "briefs/releasing/edition_compare.html", context)


@require_POST
def edition_changes(request: HttpRequest, brief_slug: str, number: int, kind: str) -> HttpResponse:
    """The edition with a page of what changed: another file than what was released, so it is made
    anew, and goes on record."""
    edition = _edition(request, brief_slug, number)
    export_format = next((one for one in _WITH_CHANGES if one.suffix == kind), None)
    if export_format is None:
        raise Http404
    earlier = list(edition.brief.editions.filter(number__lt=number))
    since = _since(request.POST.get("since", ""), edition, earlier)
    if since is None:
        messages.error(request, _("There is no earlier edition to tell the changes from."))
        return redirect("edition_compare", brief_slug, number)
    try:
        content, notes = export_with_changes(edition, since, export_format, by=person(request))
    except RenderFailed as failed:
        messages.error(request, str(failed))
        return redirect("edition_compare", brief_slug, number)
    except TamperedError as tampered:
        return _tampered(request, edition, tampered)
    for note in notes:  # on the next page, as this answer is a file
        messages.warning(request, note)
    name = f"{brief_slug}-edition-{number}-changes-since-{since.number}.{kind}"
    return _attachment(content, export_format.content_type, name)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_verify(request: HttpRequest, brief_slug: str, number: int) -> HttpResponse:
    edition = _edition(request, brief_slug, number)
    is_asked = request.method == "POST"
    form = VerifyForm(request.POST, request.FILES) if is_asked else VerifyForm()
    context: dict[str, Any] = {
        "brief": edition.brief,
        "edition": edition,
        "form": form,
        "others": other_makers(edition),
        "findings": check_stored(edition),
    }
    status = 200
    if is_asked:
        if form.is_valid():
            context["in_hand"] = check_in_hand(edition, form.cleaned_data["digest"])
            try:
                context["findings"] += check_made_again(edition)
            except (RenderFailed, TamperedError) as failed:
                form.add_error(None, str(failed))
        status = 200 if form.is_valid() else 422
    return render(request, "briefs/releasing/edition_verify.html", context, status=status)


def _brief(request: HttpRequest, brief_slug: str) -> Brief:
    briefs = Brief.objects.visible_to(person(request)).select_related("template")
    return get_object_or_404(briefs, slug=brief_slug)


def _edition(request: HttpRequest, brief_slug: str, number: int) -> Edition:
    briefs = Brief.objects.visible_to(person(request))
    editions = Edition.objects.filter(brief__in=briefs).select_related("brief__template")
    return get_object_or_404(editions, brief__slug=brief_slug, number=number)


def _since(asked: str, edition: Edition, others: list[Edition]) -> Edition | None:
    """The other edition that was asked for, or else the one before."""
    by_number = {str(other.number): other for other in others}
    return by_number.get(asked.strip()) or by_number.get(str(edition.number - 1))


def _tampered(request: HttpRequest, edition: Edition, tampered: TamperedError) -> HttpResponse:
    messages.error(request, str(tampered))
    return redirect("edition_verify", edition.brief.slug, edition.number)


def _number(edition: Edition) -> int:
    return edition.number


def _attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": disposition or "attachment"},
    )
