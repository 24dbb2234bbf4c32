"""What every request needs to know of the person who makes it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.time_zones import zone_of


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page wants a signed-in person; after signing in one is back where one was.

    Django's own sends somebody whose session ended on a POST to that same address afterwards,
    which has no page. Script that asks for JSON is told so in JSON, as it could not tell a sign-in
    page from success.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        if request.headers.get("Accept", "").startswith("application/json"):
            sentence = _("You are signed out. Sign in in another tab, then try again.")
            return JsonResponse({"detail": sentence}, status=401)
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(_page_behind(request), self.get_login_url(view_func))


class TimeZoneMiddleware:
    """Dates and times are shown in the zone of the person who reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return self.get_response(request)
        with timezone.override(zone_of(request.user.time_zone)):
            return self.get_response(request)


def _page_behind(request: HttpRequest) -> str:
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return resolve_url("home")
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
