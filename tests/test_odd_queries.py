"""Every address with a query that nobody typed: an answer, and never a page that says it is our
fault. The client raises what the program doesn't catch."""

import pytest
from django.test import Client

from tests.odd_input import ODD
from tests.test_access import TABLE, address, known

__all__ = ["known"]
NAMES = (
    *("q", "page", "state", "role", "sort", "archived", "person", "verb", "from", "to", "next"),
    *("section", "sections", "text", "country", "language", "%00", "%ED%A0%80"),
)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_query_is_answered(known, manager, odd):
    client = Client()
    client.force_login(manager)
    query = "&".join(f"{name}={odd}" for name in NAMES)
    failed = {name: client.get(f"{address(name, known)}?{query}").status_code for name in TABLE}
    assert {name: status for name, status in failed.items() if status >= 500} == {}


@pytest.mark.parametrize("odd", [odd for odd in ODD.values() if odd])
def test_an_odd_address_is_answered(known, manager, odd):
    client = Client()
    client.force_login(manager)
    for name in TABLE:
        whole = address(name, known)
        for part in map(str, known.values()):
            if f"/{part}/" in whole:
                assert client.get(whole.replace(f"/{part}/", f"/{odd}/", 1)).status_code < 500
