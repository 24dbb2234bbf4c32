from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import person
from briefs.models import Brief
from briefs.overview.forms import ActivityFilterForm, BriefFilterForm
from briefs.overview.glance import Glance
from briefs.overview.happenings import happenings
from briefs.overview.lists import filter_activities, filter_briefs, list_briefs
from briefs.overview.work import Work
from briefs.permissions import (
    check_can_add_brief,
    check_can_archive,
    check_can_manage,
    refusal,
)

BRIEFS_A_PAGE = 25
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
    briefs = Brief.objects.visible_to(user).select_related("template")
    brief = get_object_or_404(briefs, slug=brief_slug)
    glance = Glance(brief, user)
    context = {
        "brief": brief,
        "glance": glance,
        "happenings": happenings(glance.activities),
        "manage_refusal": refusal(check_can_manage, user, brief),
        "archive_refusal": refusal(check_can_archive, user, brief),
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
    }
    return render(request, "briefs/overview/activity_list.html", context)
