"""What every test stands on: a clean cache, and Chromium for those that ask for a page."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import expect

from setup.programs import find_chromium
from tests.flushing import flushing_past_the_guards

pytest_plugins = ["tests.cast"]

_BRIEFS = Path(__file__).parent / "briefs"
_WITH_DATABASE = {"db", "transactional_db", "live_server"}
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A shared machine is at times slow; what is slow is measured by `make bench`, not here. A bound, in
# milliseconds: nothing takes that long.
expect.set_options(timeout=20_000)
hypothesis_settings.register_profile("chancery", deadline=None, print_blob=True)
hypothesis_settings.load_profile("chancery")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser and what needs no database before -m chooses, so that no test can
    forget to say so."""
    has_chromium = find_chromium() is not None
    for item in items:
        if _needs_no_database(item):
            item.add_marker(pytest.mark.no_database)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not has_chromium:
                item.add_marker(pytest.mark.skip(reason="no Chromium found"))


def _needs_no_database(item: pytest.Item) -> bool:
    """Of the tests of briefs those that pytest-django keeps from any database; others may begin
    processes that have one."""
    fixtures = set(getattr(item, "fixturenames", ()))
    may_ask = item.get_closest_marker("django_db") or fixtures & _WITH_DATABASE
    return not may_ask and _BRIEFS in item.path.parents


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # Playwright keeps an event loop in the test's thread, where Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": find_chromium(),
        "args": CHROMIUM_OPTIONS,
    }


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _flushing() -> Iterator[None]:
    with flushing_past_the_guards():
        yield
