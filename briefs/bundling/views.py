from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import in_turn, person
from briefs.bundling.actions import MOST_BRIEFS, AlreadyAsked, ask_for_bundle, cancel_bundle
from briefs.bundling.forms import FORMATS, BundleForm
from briefs.bundling.parts import read_parts
from briefs.bundling.ranges import wanted_range
from briefs.document.tree import TextState
from briefs.models import Brief, Bundle, BundleItem
from briefs.overview.forms import BriefFilterForm
from briefs.overview.lists import filter_briefs
from briefs.permissions import check_can_fetch, refusal

MOST_NAMED = 12  # briefs on the page, before it says that there are others


@require_http_methods(["GET", "HEAD", "POST"])
def bundle_add(request: HttpRequest) -> HttpResponse:
    """Which briefs, by the filter of their list; then in which format."""
    user = person(request)
    asked = BriefFilterForm(request.GET)
    asked.is_valid()
    found = filter_briefs(Brief.objects.visible_to(user), asked.cleaned_data, user)
    form = BundleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            bundle = ask_for_bundle(
                list(found[: MOST_BRIEFS + 1]),
                said["file_format"],
                TextState(said["text"]),
                by=user,
                title=said["title"],
                token=said["token"],
            )
        except AlreadyAsked as before:
            messages.info(
                request,
                _(
                    "This was asked for already, and nothing is made twice. To export the briefs "
                    "once more, open “Export many briefs” again."
                ),
            )
            return redirect("bundle_detail", before.bundle.pk)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("bundle_detail", bundle.pk)
    context = {
        "asked": asked,
        "form": form,
        "count": found.count(),
        "briefs": found[:MOST_NAMED],
        "bundles": Bundle.objects.filter(made_by=user)[:10],
        "formats": FORMATS,
    }
    status = 422 if form.errors else 200
    return render(request, "briefs/bundling/bundle_add.html", context, status=status)


@require_safe
def bundle_detail(request: HttpRequest, bundle_id: int) -> HttpResponse:
    bundle = _own(request, bundle_id)
    items = list(bundle.items.defer("content").select_related("brief"))
    done = sum(item.status != BundleItem.Status.WAITING for item in items)
    failed = [item for item in items if item.status == BundleItem.Status.FAILED]
    context = {
        "bundle": bundle,
        "items": items,
        "done": done,
        "failed": failed,
        "refusal": refusal(check_can_fetch, person(request), bundle),
    }
    return render(request, "briefs/bundling/bundle_detail.html", context)


@require_POST
def bundle_cancel(request: HttpRequest, bundle_id: int) -> HttpResponse:
    if not cancel_bundle(_own(request, bundle_id)):
        messages.warning(request, _("There was nothing left to cancel: it had ended already."))
        return redirect("bundle_detail", bundle_id)
    messages.success(request, _("Cancelled. Nothing of it is kept."))
    return redirect("bundle_add")


@require_safe
def bundle_file(request: HttpRequest, bundle_id: int) -> HttpResponseBase:
    """The ZIP or the book; a download that broke off goes on where it was."""
    bundle = _own(request, bundle_id)
    check_can_fetch(person(request), bundle)
    if bundle.status != Bundle.Status.READY:
        raise Http404
    etag, whole = quote_etag(bundle.sha256), range(bundle.size)
    is_same = request.headers.get("If-Range", etag) == etag
    asked = request.headers.get("Range", "") if is_same else ""
    wanted = wanted_range(asked, bundle.size)
    sent = whole if wanted is None else wanted
    if not sent:
        headers = {"Content-Range": f"bytes */{bundle.size}"}
        return HttpResponse(status=416, headers=headers)
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": content_disposition_header(
            as_attachment=True, filename=bundle.file_name
        )
        or "attachment",
        "Content-Length": str(len(sent)),
    }
    if wanted is not None:
        headers["Content-Range"] = f"bytes {sent.start}-{sent.stop - 1}/{bundle.size}"
    chunks = iter(()) if request.method == "HEAD" else read_parts(bundle, sent.start, sent.stop)
    return StreamingHttpResponse(
        in_turn(request, chunks),
        status=200 if wanted is None else 206,
        content_type="application/pdf" if bundle.is_book else "application/zip",
        headers=headers,
    )


def _own(request: HttpRequest, bundle_id: int) -> Bundle:
    return get_object_or_404(Bundle, made_by=person(request), pk=bundle_id)
