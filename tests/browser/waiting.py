"""Waiting for what a script does. Playwright's own waiting evaluates text in the page, which the
page's security policy forbids once it isn't true at once."""

import time

from playwright.sync_api import Page


def wait_until(page: Page, expression: str, *, seconds: float = 20) -> None:
    """Until a JavaScript expression is true in the page."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(50)
