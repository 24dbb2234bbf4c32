"""Going through the steps in which a section was written."""

from playwright.sync_api import expect

from tests.browser.sign_in import let_in
from tests.factories import section_of, write

KEY = "goals/needs"


def test_the_slider_goes_through_what_was_written(live_server, page, brief, author, second_author):
    section = write(section_of(brief, KEY), author, past="One. Three.")
    section = write(section, second_author, past="One. Two. Three.")
    write(section, author, past="One. Two.")
    let_in(page.context, live_server.url, author)
    page.goto(f"{live_server.url}/briefs/{brief.slug}/history/{KEY}/replay/")
    text = page.locator('[data-prompt="past"]')
    said = page.get_by_role("status").last
    slider = page.get_by_role("slider", name="Step")
    expect(said).to_contain_text("3 of 3: Ada Author")
    expect(text.locator("del")).to_have_text(" Three.")
    slider.press("ArrowLeft")
    expect(said).to_contain_text("2 of 3: Ben Author")
    expect(said).to_contain_text("revision 2")
    expect(text.locator("ins")).to_have_text("Two. ")
    slider.press("Home")
    expect(text).to_have_text("One. Three.")
    expect(page.get_by_role("button", name="Back")).to_be_disabled()
    page.get_by_role("button", name="On").click()
    expect(text.locator("ins")).to_have_text("Two. ")
