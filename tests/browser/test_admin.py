"""Every page of the admin in a browser: nothing that axe minds, nothing wider than the window,
nothing that the policy refuses, in both themes."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from tests.browser.admin_pages import addresses, fill, selections
from tests.browser.sign_in import let_in

WINDOWS = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]


@pytest.fixture(params=WINDOWS, ids=lambda window: f"{window[0]}-{window[1]}")
def context(request, browser: Browser, live_server) -> Iterator[BrowserContext]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=live_server.url
    )
    yield context
    context.close()


@pytest.fixture
def root(superuser, brief, author, editor) -> User:
    """A superuser, who finds a row of everything."""
    fill(brief, author, editor, superuser)
    return superuser


@pytest.fixture
def admin_page(context: BrowserContext, live_server, root) -> Page:
    let_in(context, live_server.url, root)
    return context.new_page()


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open."""
    page.wait_for_load_state()
    results = Axe().run(page)
    found = [f"{page.url}: {results.generate_report()}"] if results.violations_count else []
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{page.url}: wider than the window")
    return found


def test_every_page_is_accessible_and_fits(admin_page: Page, root):
    found: list[str] = []
    said: list[str] = []
    admin_page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    admin_page.on("pageerror", lambda error: said.append(f"error: {error}"))
    for address in addresses(root):
        said.clear()  # Axe itself does what the policy refuses.
        admin_page.goto(address)
        found += [f"{address}: {words}" for words in said if words.startswith(("error", "warn"))]
        found += faults(admin_page)
    assert found == []


def test_every_page_after_an_action_is_accessible_and_fits(admin_page: Page, root):
    found: list[str] = []
    for address, action in selections(root):
        admin_page.goto(address)
        admin_page.locator("#action-toggle").check()
        admin_page.get_by_label("Action:").select_option(action)
        admin_page.get_by_role("button", name="Go").click()
        found += faults(admin_page)
    assert found == []


def test_a_form_that_was_refused_is_accessible_and_fits(admin_page: Page, root):
    found: list[str] = []
    for address in addresses(root):
        if not address.endswith(("/add/", "/change/", "/password_change/", "/password/")):
            continue
        admin_page.goto(address)
        save = admin_page.locator(".submit-row input[type=submit]").first
        if save.is_visible():
            for field in admin_page.locator("#content form [required]").all():
                field.evaluate("field => { field.value = '' }")
            save.click()
            found += faults(admin_page)
    assert found == []


def test_the_door_of_the_admin_is_accessible_and_fits(context: BrowserContext):
    page = context.new_page()
    page.goto(reverse("admin:index"))
    assert faults(page) == []


def test_a_member_of_a_brief_is_added_by_labels(admin_page: Page, brief, stranger):
    admin_page.goto(reverse("admin:briefs_brief_change", args=[brief.pk]))
    admin_page.get_by_role("button", name="Add another Member").click()
    seen = admin_page.locator(":visible")
    new_email = admin_page.get_by_label("E-mail address of a new member").and_(seen)
    expect(new_email).to_have_count(2)
    new_email.last.fill(stranger.email)
    admin_page.get_by_label("Role of a new member").and_(seen).last.select_option("viewer")
    admin_page.get_by_label("Role of Vic Viewer").select_option("author")
    admin_page.get_by_label("Remove Ben Author").check()
    admin_page.get_by_role("button", name="Save", exact=True).click()
    admin_page.get_by_text("was changed successfully").wait_for()
    roles = {member.user.name: member.role for member in brief.memberships.all()}
    assert (roles["Sam Stranger"], roles["Vic Viewer"]) == ("viewer", "author")
    assert "Ben Author" not in roles
