"""A section goes from its first word to an exported file by the keyboard alone: no mouse, and no
address typed but the first."""

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from briefs.prompts import texts_now
from tests.browser.keyboard import Keyboard
from tests.browser.sign_in import let_in
from tests.factories import PASSWORD, section_of, write

SKIP = "Skip to the page’s text"

# A screen reader reads out what comes into a live region after the page has loaded.
LISTEN = """addEventListener("DOMContentLoaded", () => {
  window.heard = [];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target.closest("[role=status], [role=alert]")) {
        heard.push(...[...addedNodes].map((node) => node.textContent));
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
});"""


@pytest.fixture(params=[1440, 390])
def page(request, browser: Browser):
    context = browser.new_context(
        viewport={"width": request.param, "height": 800}, accept_downloads=True
    )
    yield context.new_page()
    context.close()


def is_narrow(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < 640


def sign_in(keys: Keyboard, user: User) -> None:
    assert keys.focused() == "E-mail"
    keys.write(user.email)
    keys.tab_to("Password", at_most=1)
    keys.write(PASSWORD)
    keys.open()
    expect(keys.page.get_by_role("heading", level=1, name="My work")).to_be_visible()


def sign_out(keys: Keyboard, user: User) -> None:
    keys.tab_to("Account" if is_narrow(keys.page) else user.name)
    keys.press("Enter")
    keys.tab_to("Sign out", at_most=5)
    keys.open()
    expect(keys.page.get_by_label("E-mail")).to_be_focused()


@pytest.fixture
def desk(page, live_server, brief, author) -> Keyboard:
    """At the section Needs, past the outline beside it."""
    let_in(page.context, live_server.url, author)
    page.goto(live_server.url + section_of(brief, "goals/needs").get_absolute_url())
    keys = Keyboard(page)
    skip(keys)
    return keys


def skip(keys: Keyboard) -> None:
    keys.tab_to(SKIP, at_most=1)
    keys.press("Enter")


def test_a_section_goes_all_the_way_by_the_keyboard(
    page, live_server, brief, author, editor, manager
):
    page.goto(f"{live_server.url}/sign-in/")
    keys = Keyboard(page)

    sign_in(keys, author)
    write_and_ask_for_review(keys)
    assert texts_now(section_of(brief, "goals/needs")) == {"past": "The port is old. It is small."}
    sign_out(keys, author)

    sign_in(keys, editor)
    approve(keys)
    sign_out(keys, editor)

    sign_in(keys, manager)
    export(keys)
    sign_out(keys, manager)


def write_and_ask_for_review(keys: Keyboard) -> None:
    skip(keys)
    keys.tab_to("Belgium")
    keys.open()
    skip(keys)
    keys.tab_to("Needs")
    keys.open()
    skip(keys)
    keys.tab_to("Past")
    keys.write("The port is old.")
    with keys.page.expect_navigation():
        keys.press("Control+s")
    expect(keys.page.get_by_text("Saved as revision 1.")).to_be_visible()
    assert keys.focused() == "Past"  # where the writing goes on
    keys.write(" It is small.")
    keys.tab_to("Save", key="Shift+Tab")
    keys.open()
    expect(keys.page.get_by_text("Saved as revision 2.")).to_be_visible()
    assert keys.focused() == "Save"
    narrow = is_narrow(keys.page)
    keys.tab_to("Ask for review" if narrow else "Save and ask for review", key="Shift+Tab")
    keys.open()
    expect(keys.page.get_by_text("Put forward for review.")).to_be_visible()


def approve(keys: Keyboard) -> None:
    skip(keys)
    keys.tab_to("1.1 Needs")
    keys.open()
    skip(keys)
    keys.tab_to("Approve revision 2")
    keys.open()
    expect(keys.page.get_by_text("Revision 2 is approved.")).to_be_visible()


def export(keys: Keyboard) -> None:
    skip(keys)
    keys.tab_to("Belgium")
    keys.open()
    skip(keys)
    keys.tab_to("Export")
    keys.press("Enter")
    keys.tab_to("Markdown Can be imported again without a change")
    with keys.page.expect_download() as download:
        keys.press("Enter")
    assert "The port is old. It is small." in download.value.path().read_text()


def test_what_was_done_is_read_out(desk):
    desk.page.add_init_script(LISTEN)
    desk.tab_to("Past")
    desk.write("Words.")
    with desk.page.expect_navigation():
        desk.press("Control+s")
    heard = desk.page.evaluate("new Promise((go) => setTimeout(() => go(heard), 1000))")
    assert "Saved as revision 1." in heard


def test_the_preview_keeps_the_focus(desk):
    desk.tab_to("Preview")
    desk.press("Enter")
    expect(desk.page.get_by_role("button", name="Write")).to_be_focused()


def test_joined_words_come_before_the_place_where_one_was(desk, brief, author, second_author):
    section = write(
        section_of(brief, "goals/needs"), author, past="The port is old. The road is new."
    )
    desk.page.reload()
    write(section, second_author, past="The port is very old. The road is new.")
    desk.tab_to("Past")
    desk.press("Control+End")
    desk.write(" It is wide.")
    with desk.page.expect_navigation():
        desk.press("Control+s")
    expect(desk.page.get_by_text("joined with yours under: Past.")).to_be_visible()
    assert desk.focused() != "Past"
    joined = "The port is very old. The road is new. It is wide."
    assert texts_now(section) == {"past": joined}
