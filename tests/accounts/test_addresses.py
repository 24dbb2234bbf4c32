import pytest
from django.test import RequestFactory

from accounts.addresses import client_address


@pytest.mark.parametrize(
    ("is_behind_proxy", "forwarded", "expected"),
    [
        (False, "", "192.0.2.1"),
        (False, "198.51.100.9", "192.0.2.1"),
        (True, "198.51.100.9", "198.51.100.9"),
        (True, "made up, 198.51.100.9", "198.51.100.9"),
        (True, "", "192.0.2.1"),
        (True, "unknown", "192.0.2.1"),
    ],
)
def test_the_header_is_believed_only_from_our_own_proxy(
    settings, is_behind_proxy, forwarded, expected
):
    settings.IS_BEHIND_PROXY = is_behind_proxy
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded}
    )
    assert client_address(request) == expected


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("2001:db8:0:7:a:b:c:d", "2001:db8:0:7::"),
        ("2001:db8:0:7::1", "2001:db8:0:7::"),
        ("2001:db8:0:8::1", "2001:db8:0:8::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", None),
    ],
)
def test_of_ipv6_the_network_counts(seen, counted):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=seen)) == counted
