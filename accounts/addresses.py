"""From which network address a request comes."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIRequest


def client_address(request: "WSGIRequest") -> str | None:
    """The address of the browser, for slowing down wrong sign-ins; None if there is none, as
    behind a socket of this machine.

    Only behind our own proxy is its header believed, and of that only the last entry, which the
    proxy wrote itself: whatever stands before it came from outside and can be made up. Of IPv6 only
    the network counts: whoever has one address there has 2⁶⁴, and would be slowed down by none.
    """
    if settings.IS_BEHIND_PROXY:
        forwarded: str = request.headers.get("x-forwarded-for", "")
        last = _counted(forwarded.rsplit(",", 1)[-1].strip())
        if last:
            return last
    return _counted(request.META.get("REMOTE_ADDR", ""))


def _counted(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address.packed, 64), strict=False).network_address)
