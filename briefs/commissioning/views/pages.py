"""How the pages of commissioning find their brief and show a form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.http import person
from briefs.models import Brief
from briefs.permissions import check_can_manage

form_page = require_http_methods(["GET", "HEAD", "POST"])


def visible_brief(request: HttpRequest, brief_slug: str) -> Brief:
    briefs = Brief.objects.visible_to(person(request)).select_related("template")
    return get_object_or_404(briefs, slug=brief_slug)


def managed_brief(request: HttpRequest, brief_slug: str) -> Brief:
    """A brief that the person may manage: a stranger finds none, a member is told why not."""
    brief = visible_brief(request, brief_slug)
    check_can_manage(person(request), brief)
    return brief


def show_form(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, f"briefs/commissioning/{name}.html", context, status=status)
