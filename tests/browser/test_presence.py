"""The page of a brief, and of a section that can't be written in, kept up to date by themselves."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from accounts.models import User
from briefs.commissioning.actions import archive_brief
from briefs.commissioning.people import remove_member
from briefs.models import Brief, Membership, Section
from briefs.review.actions import request_review, withdraw_review
from tests.browser.keyboard import Keyboard
from tests.browser.killable_server import KillableServer
from tests.browser.sign_in import let_in
from tests.factories import section_of, write

KEY = "goals/needs"
WAIT = 20_000  # milliseconds; a bound, nothing takes that long
Open = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(transactional_db) -> Iterator[KillableServer]:
    server = KillableServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def section(brief: Brief, author: User) -> Section:
    return write(section_of(brief, KEY), author, past="First. Last.")


@pytest.fixture
def page_of(browser: Browser, server: KillableServer, section: Section) -> Iterator[Open]:
    """`page_of(author)`: the brief's page in a browser of somebody's; or the section's."""
    contexts: list[BrowserContext] = []

    def opened(user: User, *, at: str = "", **options) -> Page:
        context = browser.new_context(**options)
        let_in(context, server.address, user)
        contexts.append(context)
        page = context.new_page()
        heard: list[object] = []
        page.on("websocket", lambda socket: note_frames(socket, heard))
        page.goto(f"{server.address}/briefs/{section.brief.slug}/{at}")
        if options.get("java_script_enabled", True):
            wait_until_greeted(page, heard)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def desk(page_of: Open) -> Open:
    """The section's page, ready to be written in."""

    def opened(user: User, **options) -> Page:
        page = page_of(user, at=f"drafting/{KEY}/", **options)
        expect(page.locator("[data-save-state]")).to_have_text("Saved", timeout=WAIT)
        return page

    return opened


@pytest.fixture
def reading(page_of: Open) -> Open:
    """The section's page, for who can't write in it."""
    return lambda user, **options: page_of(user, at=f"drafting/{KEY}/", **options)


def note_frames(socket: WebSocket, heard: list[object]) -> None:
    def note(frame: bytes | str) -> None:
        heard.append(frame)

    socket.on("framereceived", note)


def wait_until_greeted(page: Page, heard: list[object]) -> None:
    """Whoever is removed before the server has let the page in is a stranger to it, no more."""
    for _ in range(WAIT // 50):
        if heard:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the server said nothing to the page")


def here(page: Page):
    return page.get_by_role("region", name="Here now")


def told(page: Page):
    return page.locator("[data-live-read]")


def place_cursor(page: Page) -> None:
    page.get_by_role("textbox", name="Past", exact=True).click()


def test_who_opens_a_section_is_on_the_brief_page_and_goes(page_of, desk, section, viewer, author):
    page = page_of(viewer)
    expect(here(page)).to_be_hidden()
    writer = desk(author)
    expect(here(page)).to_contain_text("Ada Author has open: Needs", timeout=WAIT)
    row = page.locator(f'[data-here-in="{section.pk}"]')
    expect(row).to_have_text("Ada Author is here now")
    expect(page.locator("[data-here-said]")).to_have_text("Ada Author is here now.", timeout=WAIT)
    writer.close()
    expect(here(page)).to_be_hidden(timeout=WAIT)
    expect(row).to_be_hidden()
    expect(page.locator("[data-here-said]")).to_have_text("Ada Author has gone.", timeout=WAIT)


def test_who_looks_at_the_brief_page_is_told_too(page_of, viewer, author):
    page = page_of(viewer)
    page_of(author)
    expect(here(page)).to_contain_text("Ada Author looks at this page", timeout=WAIT)


def test_who_typed_lately_stands_there_without_a_script(page_of, desk, viewer, author):
    writer = desk(author)
    place_cursor(writer)
    writer.keyboard.type("More. ")
    expect(writer.locator("[data-save-state]")).to_have_text("Saved", timeout=WAIT)
    page = page_of(viewer, java_script_enabled=False)
    expect(page.get_by_text("Ada Author is writing here")).to_be_visible()
    expect(here(page)).to_be_hidden()
    live = page_of(viewer)
    expect(here(live)).to_contain_text("Ada Author", timeout=WAIT)
    expect(live.get_by_text("Ada Author is writing here")).to_be_hidden()


def test_a_server_that_comes_back_tells_again(page_of, desk, server, viewer, author):
    page = page_of(viewer)
    desk(author)
    expect(here(page)).to_contain_text("Ada Author", timeout=WAIT)
    server.kill()
    expect(here(page)).to_be_hidden(timeout=WAIT)
    server.start()
    expect(here(page)).to_contain_text("Ada Author has open: Needs", timeout=WAIT)


def test_removal_is_told_on_the_brief_page(page_of, brief, author, manager):
    page = page_of(author)
    remove_member(Membership.objects.get(brief=brief, user=author), by=manager)
    expect(page.locator("[data-here-ended]")).to_contain_text("no longer a member", timeout=WAIT)


def test_a_colleague_is_reached_and_followed_by_keyboard(page_of, desk, author, second_author):
    writer = desk(second_author)
    place_cursor(writer)
    page = page_of(author)
    expect(here(page)).to_contain_text("Ben Author", timeout=WAIT)
    keyboard = Keyboard(page)
    keyboard.tab_to("Go to Ben Author in Needs", at_most=60)
    keyboard.open()
    follow = page.get_by_role("button", name="Follow Ben Author, who is in Past")
    expect(follow).to_have_attribute("aria-pressed", "true", timeout=WAIT)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


@pytest.mark.parametrize("who", ["author", "second_author"])
def test_the_read_page_hears_of_unfreezing(who, reading, section, author, request):
    request_review(section, by=author, revision=section.version)
    page = reading(request.getfixturevalue(who))
    expect(page.get_by_text("This section is in review")).to_be_visible()
    expect(told(page)).to_be_hidden()
    section.refresh_from_db()
    withdraw_review(section, by=author, revision=section.version)
    expect(told(page)).to_contain_text("This section can be written in again.", timeout=WAIT)
    page.get_by_role("link", name="Open it for writing").click()
    expect(page.locator("[data-save-state]")).to_have_text("Saved", timeout=WAIT)


def test_a_viewers_page_hears_of_freezing_and_of_a_new_role(
    reading, brief, section, viewer, author
):
    page = reading(viewer)
    expect(told(page)).to_be_hidden()
    request_review(section, by=author, revision=section.version)
    expect(told(page)).to_contain_text("Nobody can write in this section now", timeout=WAIT)
    section.refresh_from_db()
    withdraw_review(section, by=author, revision=section.version)
    expect(told(page)).to_be_hidden(timeout=WAIT)
    expect(page.get_by_text("You can read this brief but not write in it.")).to_be_visible()
    Membership.objects.filter(brief=brief, user=viewer).update(role="author")
    expect(told(page)).to_contain_text("You may write in this section now.", timeout=WAIT)


def test_the_read_page_hears_of_archiving_and_of_removal(
    reading, brief, section, viewer, author, manager
):
    request_review(section, by=author, revision=section.version)
    page = reading(author)
    expect(page.get_by_text("This section is in review")).to_be_visible()
    archive_brief(brief, by=manager)
    expect(told(page)).to_contain_text("its brief is archived", timeout=WAIT)
    Membership.objects.filter(brief=brief, user=author).delete()
    expect(told(page)).to_contain_text("no longer a member", timeout=WAIT)


def test_the_read_page_hears_of_signing_out(reading, section, viewer):
    page = reading(viewer)
    viewer.set_password("another long enough secret")
    viewer.save()
    expect(told(page)).to_contain_text("You are signed out", timeout=WAIT)


def test_a_reader_counts_as_present(reading, desk, page_of, viewer, author, manager):
    reading(viewer)
    writer = desk(author)
    expect(writer.locator("[data-others]")).to_contain_text("Vic Viewer is here", timeout=WAIT)
    expect(here(page_of(manager))).to_contain_text("Vic Viewer has open: Needs", timeout=WAIT)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_the_brief_page_with_two_there(
    page_of, desk, author, second_author, viewer, width, theme
):
    desk(second_author)
    page_of(viewer)
    page = page_of(author, viewport={"width": width, "height": 900}, color_scheme=theme)
    expect(here(page).get_by_role("listitem")).to_have_count(2, timeout=WAIT)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_the_read_page(reading, section, author, width, theme):
    request_review(section, by=author, revision=section.version)
    page = reading(author, viewport={"width": width, "height": 900}, color_scheme=theme)
    expect(page.get_by_text("This section is in review")).to_be_visible()
    section.refresh_from_db()
    withdraw_review(section, by=author, revision=section.version)
    expect(told(page)).to_be_visible(timeout=WAIT)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
