"""The pages of accounts as a browser shows them: nothing refused by the policy, nothing hidden."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.accounts.conftest import PASSWORD

PUBLIC = [
    "/sign-in/",
    "/password-reset/",
    "/password-reset/sent/",
    "/password-reset/MQ/x-y/",
    "/help/",
]
OWN = ["/account/", "/account/password/", "/account/theme/", "/refused/", "/nowhere/", "/broken/"]
LONG_NAME = "Bartholomäus-Maximilian " * 6


@pytest.fixture
def address(live_server, settings) -> str:
    # The session's cookie needs no TLS here, and the fault page is wanted, not Django's report.
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    return str(live_server.url)


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in/?next=/account/")
    page.get_by_label("E-mail").fill("margit@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/account/")


def faults(page: Page, address: str, paths: list[str]) -> list[str]:
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if "Policy" in said.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    for path in paths:
        page.goto(address + path)
        results = Axe().run(page)
        if results.violations_count:
            found.append(f"{path}: {results.generate_report()}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{path} is wider than the window")
    return found


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit(browser: Browser, address, person, width, scheme):
    User.objects.update(name=LONG_NAME.strip(), is_staff=True)
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    assert faults(page, address, PUBLIC) == []
    assert page.locator("html").get_attribute("data-bs-theme") == scheme
    sign_in(page, address)
    assert faults(page, address, OWN) == []
    context.close()


def test_the_theme_switch_keeps_the_page_and_remembers(page: Page, address, person):
    sign_in(page, address)
    page.get_by_label("Name").fill("Half typed")
    with page.expect_response("**/account/theme/"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_label("Name")).to_have_value("Half typed")
    person.refresh_from_db()
    assert person.theme == "dark"
    page.reload()
    expect(page.get_by_role("button", name="Light")).to_be_visible()


def test_the_menu_closes_by_escape_and_gives_the_focus_back(page: Page, address, person):
    sign_in(page, address)
    summary = page.locator("details.menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Change password").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("details.menu")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_the_first_stop_leaps_to_the_text(page: Page, address, person):
    sign_in(page, address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_everything_works_without_script(browser: Browser, address, person):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address)
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    assert page.url == f"{address}/sign-in/"
    context.close()
