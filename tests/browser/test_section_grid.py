"""The table of all sections, by the keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.sign_in import let_in
from tests.factories import add_member, make_brief, section_of, write


def test_arrow_keys_go_from_cell_to_cell(page: Page, live_server, brief, template, manager):
    other = make_brief(template, title="Chad")
    add_member(other, manager, "manager")
    write(section_of(brief, "goals/needs"), manager)
    let_in(page.context, live_server.url, manager)
    page.goto(f"{live_server.url}/sections/")
    cells = page.locator("[data-grid] td a")
    assert page.locator("[data-grid] td a[tabindex='0']").count() == 1
    cells.first.focus()
    for key, key_of_section in [
        ("ArrowRight", "/briefs/belgium/drafting/goals/needs/"),
        ("ArrowDown", "/briefs/chad/drafting/goals/needs/"),
        ("End", "/briefs/chad/drafting/goals/health/"),
        ("PageUp", "/briefs/belgium/drafting/goals/health/"),
        ("Home", "/briefs/belgium/drafting/opening/preface/"),
        ("ArrowUp", "/briefs/belgium/drafting/opening/preface/"),
    ]:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('href')") == key_of_section
    # Tab leaves the cells behind: one of them is a stop.
    assert page.locator("[data-grid] td a[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/drafting/opening/preface/$"))
