"""Where somebody goes on from who is refused, or comes to an address that has no page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import is_valid_path

from accounts.models import User
from briefs.models import Brief


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {"exception": str(exception), "brief": _brief(request)}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"brief": _brief(request)}, status=404)


class NotAllowedMiddleware:
    """Gives a page to the bare answer that an address doesn't take this kind of request: most often
    a reload, or the address bar, after a form was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        can_be_read = "GET" in response["Allow"]
        target = request.path if can_be_read else _page_above(request.path_info)
        page = render(request, "405.html", {"can_be_read": can_be_read, "target": target})
        page.status_code = 405
        page["Allow"] = response["Allow"]
        return page


def _brief(request: HttpRequest) -> Brief | None:
    """The brief that the address is of, if it exists and the person may see it."""
    match = request.resolver_match
    if match is None or not isinstance(request.user, User):
        return None
    slug = match.kwargs.get("brief_slug")
    return Brief.objects.visible_to(request.user).filter(slug=slug).first()


def _page_above(path: str) -> str:
    """The nearest address above this one: an act stands beneath the page that its form is on."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path):
            return path
    return path
