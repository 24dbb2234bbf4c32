"""The URLs of accounts, with stand-ins for the pages of briefs, of which accounts know nothing."""

from datetime import UTC, datetime

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.views.generic import TemplateView


def home(request: HttpRequest) -> HttpResponse:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    page = Template(
        "{% extends 'base.html' %}{% block main %}{{ moment|date:'j F H:i' }}{% endblock %}"
    )
    return HttpResponse(page.render(RequestContext(request, {"moment": moment})))


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only a manager releases a brief. Ask Priya Raman.")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("", home, name="home"),
    path("briefs/", home, name="brief_list"),
    path("briefs/import/", home, name="brief_import"),
    path("notices/", home, name="notice_list"),
    path("notices/settings/", home, name="notice_settings"),
    path("templates/", home, name="outline_list"),
    path("house-style/", home, name="house_style_change"),
    path("refused/", refused),
    path("broken/", broken),
    path("help/", login_not_required(TemplateView.as_view(template_name="help.html")), name="help"),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
