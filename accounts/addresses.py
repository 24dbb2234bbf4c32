"""From which network address a request comes."""

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIRequest


def client_address(request: "WSGIRequest") -> str | None:
    """The address of the browser, for slowing down wrong sign-ins.

    Only behind our own proxy is its header believed, and of that only the last entry, which the
    proxy wrote itself: whatever stands before it came from outside and can be made up.
    """
    if settings.IS_BEHIND_PROXY:
        forwarded: str = request.headers.get("x-forwarded-for", "")
        last = forwarded.rsplit(",", 1)[-1].strip()
        if last:
            return last
    address: str | None = request.META.get("REMOTE_ADDR")
    return address
