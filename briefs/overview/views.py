from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import in_turn, person
from accounts.time_zones import zone_of
from briefs.commissioning.forms.bulk import BulkForm, people_in_managed
from briefs.models import Brief
from briefs.overview.calendar import (
    address_of,
    calendar_for,
    end_feed,
    owner_of,
    renew_feed,
)
from briefs.overview.due_list import filter_due, list_due, list_tasks_due, sections_due_for
from briefs.overview.forms import (
    ActivityFilterForm,
    BriefFilterForm,
    DueFilterForm,
    GridFilterForm,
)
from briefs.overview.glance import Glance, with_newest_edition
from briefs.overview.grid import MOST_BRIEFS, Grid, people_for, templates_for
from briefs.overview.happenings import happenings
from briefs.overview.lists import filter_activities, filter_briefs, list_briefs
from briefs.overview.record_file import RECORD_FORMATS, record_chunks
from briefs.overview.work import Work
from briefs.permissions import (
    check_can_add_brief,
    check_can_archive,
    check_can_manage,
    check_can_release,
    refusal,
)

BRIEFS_A_PAGE = 25
SECTIONS_A_PAGE = 50
ACTIVITIES_A_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    work = Work(person(request))
    context = {
        "work": work,
        "happenings": happenings(work.activities),
        "may_add": not refusal(check_can_add_brief, person(request)),
    }
    return render(request, "briefs/overview/home.html", context)


@require_safe
def section_grid(request: HttpRequest) -> HttpResponse:
    user = person(request)
    templates = templates_for(user)
    form = GridFilterForm(templates, people_for(user), request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    chosen = [each for each in templates if each.key == wanted.get("template")] or templates
    grid = Grid(user, chosen[0] if chosen else None, wanted)
    context = {
        "form": form,
        "grid": grid,
        "most": MOST_BRIEFS,
        "assign": BulkForm(user) if people_in_managed(user) else None,
        "is_filtered": any(value for name, value in wanted.items() if name != "template"),
    }
    return render(request, "briefs/overview/section_grid.html", context)


@require_safe
def due_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = DueFilterForm(request.GET)
    form.is_valid()
    found = filter_due(sections_due_for(user), form.cleaned_data, user)
    page = Paginator(found, SECTIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": list_due(page.object_list, user),
        "tasks": list_tasks_due(user, form.cleaned_data),
        "is_filtered": any(form.cleaned_data.values()),
    }
    return render(request, "briefs/overview/due_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_settings(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if request.method == "POST":
        if "end" in request.POST:
            end_feed(user)
            messages.success(request, _("The calendar is switched off. Its address leads nowhere."))
        else:
            renew_feed(user)
            messages.success(request, _("Here is the address. One from before leads nowhere."))
        return redirect("calendar_settings")
    return render(request, "briefs/overview/calendar.html", {"address": address_of(user)})


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The address is the key: programs that read calendars can't sign in."""
    owner = owner_of(token)
    if owner is None:
        raise Http404
    with timezone.override(zone_of(owner.time_zone)):
        content = calendar_for(owner)
    headers = {
        "ETag": quote_etag(sha256(content).hexdigest()),
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="chancery.ics"',
        "X-Robots-Tag": "noindex",
    }
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=answer) or answer


@require_safe
def brief_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = BriefFilterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = filter_briefs(Brief.objects.visible_to(user), wanted, user)
    page = Paginator(found, BRIEFS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": list_briefs(page.object_list, user),
        "is_archive": bool(wanted.get("archived")),
        "is_filtered": any(wanted.get(name) for name in ("q", "state", "role")),
        "add_refusal": refusal(check_can_add_brief, user),
    }
    return render(request, "briefs/overview/brief_list.html", context)


@require_safe
def brief_detail(request: HttpRequest, brief_slug: str) -> HttpResponse:
    user = person(request)
    briefs = with_newest_edition(Brief.objects.visible_to(user).select_related("template"))
    brief = get_object_or_404(briefs, slug=brief_slug)
    glance = Glance(brief, user)
    context = {
        "brief": brief,
        "glance": glance,
        "happenings": happenings(glance.activities),
        "manage_refusal": refusal(check_can_manage, user, brief),
        "archive_refusal": refusal(check_can_archive, user, brief),
        "live": f"/live/brief/{brief.pk}/" if settings.LIVE_WRITING else "",
        "release_refusal": refusal(check_can_release, user, brief),
    }
    return render(request, "briefs/overview/brief_detail.html", context)


@require_safe
def activity_list(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = get_object_or_404(Brief.objects.visible_to(person(request)), slug=brief_slug)
    form = ActivityFilterForm(brief, request.GET)
    form.is_valid()
    page = Paginator(filter_activities(brief, form.cleaned_data), ACTIVITIES_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "brief": brief,
        "form": form,
        "page": page,
        "happenings": happenings(page.object_list),
        "is_filtered": any(form.cleaned_data.values()),
        "wanted": _wanted(form),
    }
    return render(request, "briefs/overview/activity_list.html", context)


@require_safe
def activity_export(request: HttpRequest, brief_slug: str, record_format: str) -> HttpResponseBase:
    """The record, or what is left of it by the same filters as on its page, as a file."""
    brief = get_object_or_404(Brief.objects.visible_to(person(request)), slug=brief_slug)
    form = ActivityFilterForm(brief, request.GET)
    if record_format not in RECORD_FORMATS:
        raise Http404
    if not form.is_valid():
        # A file that silently held more than was asked for would mislead.
        return redirect(f"{reverse('activity_list', args=[brief.slug])}?{request.GET.urlencode()}")
    wanted = RECORD_FORMATS[record_format]
    chunks = record_chunks(filter_activities(brief, form.cleaned_data), wanted)
    name = f"{brief.slug}-activity.{wanted.suffix}"
    return StreamingHttpResponse(
        in_turn(request, chunks),
        content_type=wanted.content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name)
            or "attachment"
        },
    )


def _wanted(form: ActivityFilterForm) -> str:
    """What was filtered by, for the links to the files."""
    return urlencode({name: value for name, value in form.cleaned_data.items() if value})
