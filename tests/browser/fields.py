"""The fields of a section's page, whichever way they are written in: the form's own textarea,
in sight or behind the editor, holds what will be posted."""

from playwright.sync_api import Locator, Page


def posted(page: Page, prompt: str) -> Locator:
    """The textarea of a prompt, by the prompt's key."""
    return page.locator(f'textarea[name="text-{prompt}"]')
