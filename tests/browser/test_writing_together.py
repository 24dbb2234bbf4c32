"""Two people in one section, each in a browser of their own, and a server that may be killed."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection, transaction
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from accounts.models import User
from briefs.collaboration.limits import MAX_SOCKETS_PER_PERSON
from briefs.commissioning.people import remove_member
from briefs.drafting.actions import name_live_text, save_section
from briefs.live_text.log import load
from briefs.live_text.shared_text import SharedText
from briefs.live_text.varints import counted, written
from briefs.models import Brief, Membership, Picture, Section
from briefs.review.actions import request_review, withdraw_review
from tests.browser.fields import posted
from tests.browser.killable_server import KillableServer
from tests.browser.sign_in import let_in
from tests.browser.waiting import wait_until
from tests.factories import section_of, write
from tests.pictures import png

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
def desk(browser: Browser, server: KillableServer, section: Section) -> Iterator[Open]:
    """`desk(author)`: the section's page in a browser of somebody's, ready to be written in."""
    contexts: list[BrowserContext] = []

    def opened(user: User, *, context: BrowserContext | None = None, **options) -> Page:
        if context is None:
            context = browser.new_context(**options)
            let_in(context, server.address, user)
            contexts.append(context)
        page = context.new_page()
        page.goto(f"{server.address}/briefs/{section.brief.slug}/drafting/{KEY}/")
        expect(state(page)).to_have_text("Saved", timeout=WAIT)
        return page

    yield opened
    for context in contexts:
        context.close()


def state(page: Page):
    return page.locator("[data-save-state]")


def past(page: Page):
    return page.get_by_role("textbox", name="Past", exact=True)


def type_at_end(page: Page, words: str) -> None:
    past(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def check_all_have(section: Section, text: str, *pages: Page) -> None:
    for page in pages:
        expect(posted(page, "past")).to_have_value(text, timeout=WAIT)
        expect(state(page)).to_have_text("Saved", timeout=WAIT)
    assert load(section.pk).text.texts()["past"] == text


def test_two_type_at_the_same_place(desk, section, author, second_author):
    one, other = desk(author), desk(second_author)
    for page in (one, other):
        past(page).click()
        page.keyboard.press("Control+End")
    for letter in "abcdefghij":
        one.keyboard.type(letter)
        other.keyboard.type(letter.upper())
    expect(state(one)).to_have_text("Saved", timeout=WAIT)
    expect(state(other)).to_have_text("Saved", timeout=WAIT)
    wait_until(one, "document.querySelector('textarea').value.length === 32")
    wait_until(other, "document.querySelector('textarea').value.length === 32")
    text = posted(one, "past").input_value()
    check_all_have(section, text, one, other)
    added = text.removeprefix("First. Last.")
    assert [c for c in added if c.islower()] == list("abcdefghij")
    assert [c for c in added if c.isupper()] == list("ABCDEFGHIJ")


def test_each_sees_who_else_is_there_and_where(desk, author, second_author):
    one, other = desk(author), desk(second_author)
    past(other).click()
    others = one.locator("[data-others]")
    expect(others).to_contain_text("Ben Author")
    follow = one.get_by_role("button", name="Follow Ben Author, who is in Past")
    expect(follow).to_have_text("in Past")
    expect(one.locator(".caret-name")).to_have_text("Ben Author")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    other.close()
    expect(others).to_be_hidden(timeout=WAIT)
    expect(one.locator(".caret-name")).to_have_count(0)


def test_what_a_colleague_selects_is_marked_beside_their_name(desk, author, second_author):
    one, other = desk(author), desk(second_author)
    past(other).click()
    other.keyboard.press("Control+Home")
    other.keyboard.press("Shift+End")
    expect(one.locator(".selected-by")).to_have_text("First. Last.", timeout=WAIT)
    expect(one.locator(".caret-name")).to_have_text("Ben Author")


def test_a_database_that_does_not_take_it_is_said_to_delay(desk, section, author):
    one = desk(author)
    with transaction.atomic(), connection.cursor() as cursor:
        # SQLite is locked by this transaction as it is.
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE briefs_liveedit IN EXCLUSIVE MODE")
        type_at_end(one, " Waits.")
        expect(state(one)).to_have_text("Saving is delayed; keep this page open", timeout=WAIT)
    check_all_have(section, "First. Last. Waits.", one)


def test_one_writes_in_a_tunnel(desk, section, author, second_author):
    one, other = desk(author), desk(second_author)
    one.context.set_offline(True)
    expect(state(one)).to_contain_text("Offline")
    type_at_end(one, " From the tunnel.")
    expect(state(one)).to_contain_text("kept on this device")
    past(other).click()
    other.keyboard.press("Control+Home")
    other.keyboard.type("Meanwhile. ")
    expect(state(other)).to_have_text("Saved", timeout=WAIT)
    one.context.set_offline(False)
    check_all_have(section, "Meanwhile. First. Last. From the tunnel.", one, other)


def test_the_server_is_killed_while_both_type(desk, server, section, author, second_author):
    one, other = desk(author), desk(second_author)
    type_at_end(one, " One before.")
    type_at_end(other, " Other before.")
    server.kill()
    type_at_end(one, " One meanwhile.")
    past(other).click()
    other.keyboard.press("Control+Home")
    other.keyboard.type("Other meanwhile. ")
    expect(state(one)).to_contain_text("Offline")
    server.start()
    for page in (one, other):
        expect(state(page)).to_have_text("Saved", timeout=WAIT)
    text = posted(one, "past").input_value()
    check_all_have(section, text, one, other)
    for words in ("First. Last.", "One before.", "One meanwhile.", "Other meanwhile. "):
        assert text.count(words) == 1
    assert sorted(text) == sorted(
        "First. Last. One before. Other before. One meanwhile.Other meanwhile. "
    )


def test_a_deployment_loses_and_doubles_nothing(desk, server, section, author):
    one = desk(author)
    type_at_end(one, " Before.")
    server.stop()
    one.keyboard.type(" Between.")
    server.start()
    check_all_have(section, "First. Last. Before. Between.", one)


def test_a_tab_closed_while_the_server_was_down(desk, server, section, author):
    one = desk(author)
    context = one.context
    server.kill()
    type_at_end(one, " Never sent.")
    expect(state(one)).to_contain_text("kept on this device")
    one.close()
    server.start()
    again = desk(author, context=context)
    check_all_have(section, "First. Last. Never sent.", again)
    expect(again.get_by_text("has been put back")).to_be_visible()
    assert again.evaluate("Object.keys(localStorage).filter((n) => /live/.test(n)).length") == 0


def test_what_a_closed_tab_kept_can_be_copied_while_nobody_may_write(
    desk, server, section, author, second_author
):
    one = desk(author)
    context = one.context
    server.kill()
    type_at_end(one, " Never sent.")
    expect(state(one)).to_contain_text("kept on this device")
    one.close()
    request_review(section, by=second_author, revision=1)
    server.start()
    page = context.new_page()
    page.goto(f"{server.address}/briefs/{section.brief.slug}/drafting/{KEY}/")
    kept = page.locator("#kept textarea:visible")
    expect(kept).to_have_value("First. Last. Never sent.", timeout=WAIT)
    assert load(section.pk).text.texts()["past"] == "First. Last."
    withdraw_review(section, by=second_author, revision=1)
    page.get_by_role("link", name="Open it for writing").click()
    check_all_have(section, "First. Last. Never sent.", page)


def test_a_request_for_review_while_somebody_types(desk, section, author, second_author):
    one = desk(author)
    one.context.set_offline(True)
    type_at_end(one, " Too late.")
    expect(state(one)).to_contain_text("kept on this device")
    request_review(section, by=second_author, revision=1)
    one.context.set_offline(False)
    expect(one.locator("#kept")).to_be_visible(timeout=WAIT)
    expect(one.locator("#kept textarea").first).to_have_value("First. Last. Too late.")
    assert load(section.pk).text.texts()["past"] == "First. Last."


def test_a_page_that_is_open_when_review_is_asked_for_shows_it(
    desk, section, author, second_author
):
    one = desk(author)
    request_review(section, by=second_author, revision=1)
    expect(one.locator("#section-form")).to_have_count(0, timeout=WAIT)


def test_a_member_who_is_removed_is_told_and_can_copy(desk, section, author, manager, brief):
    one = desk(author)
    member = Membership.objects.get(brief=brief, user=author)
    remove_member(member, by=manager)
    expect(state(one)).to_contain_text("no longer a member", timeout=WAIT)
    expect(past(one)).to_have_attribute("aria-readonly", "true")


def test_record_gives_a_number_and_ask_for_review_asks_for_that(desk, section, author):
    one = desk(author)
    type_at_end(one, " More.")
    one.keyboard.press("Control+s")
    expect(one.get_by_text("This text is revision 2 now.")).to_be_visible(timeout=WAIT)
    type_at_end(one, " And more.")
    one.get_by_role("button", name="Ask for review").click()
    expect(one.get_by_text("Put forward for review")).to_be_visible(timeout=WAIT)
    now = section_of(section.brief, KEY)
    assert (now.version, now.status) == (3, Section.Status.IN_REVIEW)
    assert [row.kind for row in now.revisions.order_by("number")] == ["save", "live", "live"]


def test_review_can_be_asked_for_while_a_colleague_types_on(desk, section, author, second_author):
    one, other = desk(author), desk(second_author)
    type_at_end(other, " Typed")
    other.evaluate(
        """() => { const box = document.querySelector(".cm-content");
        const type = () => { box.focus(); document.execCommand("insertText", false, "x"); };
        setInterval(type, 60); }"""
    )
    one.get_by_role("button", name="Ask for review").click()
    expect(one.get_by_text("Put forward for review")).to_be_visible(timeout=WAIT)
    assert section_of(section.brief, KEY).status == Section.Status.IN_REVIEW


def test_the_preview_stands_where_the_fields_stood(desk, author, second_author):
    one, _other = desk(author), desk(second_author)
    expect(one.locator("[data-others]")).to_contain_text("Ben Author")
    one.get_by_role("button", name="Preview").click()
    expect(one.locator("[data-reading]").get_by_text("First. Last.")).to_be_visible()
    expect(one.locator("[data-writing]")).to_be_hidden()
    expect(one.locator("[data-others]")).to_contain_text("Ben Author")
    one.get_by_role("button", name="Write").click()
    expect(past(one)).to_be_visible()


def test_text_kept_from_a_review_is_joined_when_it_is_put_back(
    desk, section, author, second_author
):
    one = desk(author)
    type_at_end(one, " Saved live.")
    expect(state(one)).to_have_text("Saved", timeout=WAIT)
    one.context.set_offline(True)
    type_at_end(one, " Too late.")
    expect(state(one)).to_contain_text("kept on this device")
    name_live_text(section)
    request_review(section, by=second_author, revision=2)
    one.context.set_offline(False)
    expect(one.locator("#kept")).to_be_visible(timeout=WAIT)
    withdraw_review(section, by=second_author, revision=2)
    one.reload()
    one.get_by_role("button", name="Put it back").click()
    one.get_by_role("button", name="Save", exact=True).click()
    expect(one.get_by_text("Saved as revision 3.")).to_be_visible(timeout=WAIT)
    # The page is live again: a copy of the refused change would join in now, a second time.
    expect(state(one)).to_have_text("Saved", timeout=WAIT)
    type_at_end(one, " And on.")
    expect(state(one)).to_have_text("Saved", timeout=WAIT)
    texts = load(section.pk).text.texts()
    assert texts["past"] == "First. Last. Saved live. Too late. And on."


def test_more_than_a_prompt_takes_is_refused_in_words(desk, section, author):
    one = desk(author)
    past(one).click()
    one.keyboard.insert_text("x" * 65_000)
    one.keyboard.insert_text("y" * 2_000)
    expect(one.get_by_text("A prompt takes 64 KB at most")).to_be_visible(timeout=WAIT)


def test_one_in_a_text_box_and_one_in_the_editor(desk, section, author, second_author):
    second_author.has_plain_text_box = True
    second_author.save()
    one, other = desk(author), desk(second_author)
    box = posted(other, "past")
    expect(box).to_be_visible()
    box.click()
    other.keyboard.press("Control+End")
    past(one).click()
    one.keyboard.press("Control+Home")
    one.keyboard.type("Editor. ")
    expect(box).to_have_value("Editor. First. Last.", timeout=WAIT)
    other.keyboard.type(" Box.")
    check_all_have(section, "Editor. First. Last. Box.", one, other)
    other.keyboard.press("Control+z")
    check_all_have(section, "Editor. First. Last.", one, other)
    one.keyboard.press("Control+z")
    check_all_have(section, "First. Last.", one, other)


@pytest.mark.parametrize("has_plain_text_box", [True, False])
def test_what_an_input_method_composes_comes_once_whatever_a_colleague_changes(
    desk, section, author, second_author, has_plain_text_box
):
    author.has_plain_text_box = has_plain_text_box
    author.save()
    one, other = desk(author), desk(second_author)
    method = one.context.new_cdp_session(one)
    for number, place in enumerate(["Home", "End", "Home", "End"]):
        past(one).click()
        one.keyboard.press("Control+End")
        past(other).click()
        other.keyboard.press(f"Control+{place}")
        for composed, typed in zip(["k", "か", f"か{number}"], f"<{number}>", strict=True):
            compose(method, composed)
            other.keyboard.type(typed)
            expect(state(other)).to_have_text("Saved", timeout=WAIT)
            one.wait_for_timeout(100)  # so that it has come to the page that composes
        method.send("Input.insertText", {"text": f"蚊{number}。"})
        expect(state(one)).to_have_text("Saved", timeout=WAIT)
    for page in (one, other):
        expect(posted(page, "past")).to_have_value(re.compile("^.{36}$"), timeout=WAIT)
    text = posted(one, "past").input_value()
    check_all_have(section, text, one, other)
    for number in range(4):
        assert text.count(f"<{number}>") == text.count(f"蚊{number}。") == 1


def compose(method: CDPSession, words: str) -> None:
    """What an input method shows before it is settled."""
    place = {"selectionStart": len(words), "selectionEnd": len(words)}
    method.send("Input.imeSetComposition", {"text": words, **place})


def test_a_form_sent_without_scripts_reaches_those_who_type(desk, section, author, second_author):
    one = desk(author)
    save_section(section, {"past": "Zeroth. First. Last."}, by=second_author, started_from=1)
    check_all_have(section, "Zeroth. First. Last.", one)


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_two_in_a_section(desk, author, second_author, width, theme):
    size = {"width": width, "height": 900}
    one = desk(author, viewport=size, color_scheme=theme)
    other = desk(second_author)
    past(other).click()
    expect(one.locator(".caret-name")).to_have_text("Ben Author")
    results = Axe().run(one)
    assert not results.violations_count, results.generate_report()
    assert one.evaluate("document.documentElement.scrollWidth") <= width


def test_one_puts_a_picture_in_while_the_other_writes(desk, section, author, second_author):
    one, other = desk(author), desk(second_author)
    past(one).click()
    one.keyboard.press("Control+End")
    one.get_by_role("toolbar", name="Formatting, Past").get_by_role(
        "button", name="Picture"
    ).click()
    dialog = one.get_by_role("dialog", name="Put a picture into the text")
    dialog.get_by_label("Picture", exact=True).set_input_files(
        {"name": "trade.png", "mimeType": "image/png", "buffer": png()}
    )
    dialog.get_by_label("What the picture shows").fill("Exports fell")
    past(other).click()
    other.keyboard.press("Control+Home")
    other.keyboard.type("New. ")
    expect(posted(one, "past")).to_have_value("New. First. Last.", timeout=WAIT)
    dialog.get_by_role("button", name="Put into the text").click()
    expect(past(other).locator(".look-picture img")).to_have_js_property("naturalWidth", 40)
    name = Picture.objects.get().sha256
    text = f"New. First. Last.\n\n![Exports fell](picture:{name})"
    check_all_have(section, text, one, other)
    past(one).click()
    one.keyboard.press("Control+z")
    check_all_have(section, "New. First. Last.", one, other)


TABLE = "| A   | B   |\n| --- | --- |\n| 1   | 2   |"


@pytest.mark.parametrize("is_plain", [False, True])
def test_of_two_tables_of_the_same_words_the_one_that_was_opened_is_changed(
    desk, section, author, second_author, is_plain
):
    author.has_plain_text_box = is_plain
    author.save()
    texts = {"past": f"Top.\n\n{TABLE}\n\nBetween.\n\n{TABLE}"}
    save_section(section, texts, by=author, started_from=1)
    one, other = desk(author), desk(second_author)
    past(one).click()
    one.keyboard.press("Control+End")
    tools = one.get_by_role("toolbar", name="Formatting, Past")
    tools.get_by_role("button", name="Edit as table").click()
    dialog = one.locator("#table-dialog")
    past(other).click()
    other.keyboard.press("Control+Home")
    other.keyboard.type("New. ")
    expect(posted(one, "past")).to_have_value(f"New. {texts['past']}", timeout=WAIT)
    dialog.locator("input").last.fill("9")
    one.keyboard.press("Control+Enter")
    changed = TABLE.replace("2   |", "9   |")
    check_all_have(section, f"New. Top.\n\n{TABLE}\n\nBetween.\n\n{changed}", one, other)


def test_a_table_that_somebody_takes_away_is_not_written_over_its_twin(
    desk, section, author, second_author
):
    texts = {"past": f"{TABLE}\n\nBetween.\n\n{TABLE}"}
    save_section(section, texts, by=author, started_from=1)
    one, other = desk(author), desk(second_author)
    past(one).click()
    one.keyboard.press("Control+End")
    tools = one.get_by_role("toolbar", name="Formatting, Past")
    tools.get_by_role("button", name="Edit as table").click()
    dialog = one.locator("#table-dialog")
    past(other).click()
    other.keyboard.press("Control+End")
    for _line in range(3):
        other.keyboard.press("Shift+ArrowUp")
    other.keyboard.press("Delete")
    other.keyboard.press("Backspace")
    expect(state(other)).to_have_text("Saved", timeout=WAIT)
    text = posted(other, "past").input_value()
    expect(posted(one, "past")).to_have_value(text, timeout=WAIT)
    dialog.locator("input").last.fill("9")
    one.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_contain_text("changed")
    check_all_have(section, text, one, other)


def test_a_letter_that_is_picked_over_another_is_a_whole_one(desk, section, author, second_author):
    one, other = desk(author), desk(second_author)
    type_at_end(one, "\N{GRINNING FACE}")
    one.keyboard.press("Shift+ArrowLeft")
    one.keyboard.insert_text("\N{GRINNING FACE WITH SMILING EYES}")
    check_all_have(section, "First. Last.\N{GRINNING FACE WITH SMILING EYES}", one, other)
    one.keyboard.type("!")
    check_all_have(section, "First. Last.\N{GRINNING FACE WITH SMILING EYES}!", one, other)


def test_a_name_at_the_end_of_a_line_is_read_whole(desk, section, author, second_author):
    one = desk(author, viewport={"width": 390, "height": 800})
    other = desk(second_author)
    type_at_end(other, " Far out at the edge")
    name = one.locator(".caret-name")
    expect(name).to_be_visible()
    wait_until(
        one,
        """(() => {
          const name = document.querySelector(".caret-name").getBoundingClientRect();
          const field = document.querySelector(".cm-content").getBoundingClientRect();
          return name.left >= field.left && name.right <= field.right;
        })()""",
    )


# Opens a socket of its own from the page, says hello and sends what it is given; told is what came
# of it.
FOREIGN_CLIENT = """([path, messages]) => new Promise((resolve) => {
  const told = { refused: false, code: null };
  const socket = new WebSocket(new URL(path, location.href.replace("http", "ws")));
  socket.binaryType = "arraybuffer";
  socket.onopen = () => { for (const bytes of messages) socket.send(new Uint8Array(bytes)); };
  socket.onmessage = ({ data }) => {
    if (!new TextDecoder().decode(data).includes('"refused"')) return;
    told.refused = true;
    socket.close();
  };
  socket.onclose = ({ code }) => resolve({ ...told, code });
})"""


# Whatever the page does, the newest of its sockets can be spoken on.
REMEMBER_SOCKET = """
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...about) { super(...about); window.lastSocket = this; }
  };
"""
TOO_LARGE = b"\x01" + counted(b"\x01\x07\x01" + counted(b'"' + b"a" * 64 * 1024 + b'"'))
TOO_MANY = b"\x01" + counted(written(2000) + b"\x07\x01\x04null" * 2000)
NO_HELLO = bytes([102])


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (TOO_LARGE, "That was too much at once."),
        (TOO_MANY, "This page sent more than anybody can type."),
        (NO_HELLO, "The server could not read what this page sent."),
    ],
)
def test_a_page_that_goes_beyond_a_limit_says_so_in_words(
    message, sentence, browser, server, section, author
):
    context = browser.new_context()
    context.add_init_script(REMEMBER_SOCKET)
    let_in(context, server.address, author)
    page = context.new_page()
    page.goto(f"{server.address}/briefs/{section.brief.slug}/drafting/{KEY}/")
    expect(state(page)).to_have_text("Saved", timeout=WAIT)
    page.evaluate("bytes => window.lastSocket.send(new Uint8Array(bytes))", list(message))
    expect(state(page)).to_contain_text(sentence, timeout=WAIT)
    context.close()


OPEN_SOCKETS = """
  ([path, count]) => Promise.all(Array.from({ length: count }, () => new Promise((done) => {
    const socket = new WebSocket(path);
    socket.onopen = () => done();
    (window.kept ??= []).push(socket);
  })))
"""


def test_one_page_too_many_says_so_in_words(desk, section, author):
    one = desk(author)
    one.evaluate(OPEN_SOCKETS, [f"/live/{section.pk}/", MAX_SOCKETS_PER_PERSON - 1])
    page = one.context.new_page()
    page.goto(one.url)
    said = page.locator("[data-live-said]")
    expect(said).to_contain_text("You have too many pages open.", timeout=WAIT)
    expect(said).to_contain_text("Here you write by yourself")
    type_at_end(one, " Goes on.")
    check_all_have(section, "First. Last. Goes on.", one)


def test_a_viewer_who_writes_past_the_page_writes_nothing(
    desk, browser, server, section, author, viewer
):
    one = desk(author)
    context = browser.new_context()
    let_in(context, server.address, viewer)
    page = context.new_page()
    page.goto(f"{server.address}/briefs/{section.brief.slug}/drafting/{KEY}/")
    assert page.get_by_role("textbox", name="Past", exact=True).count() == 0
    text = SharedText(("past", "future"), client=77)
    hello = bytes([102]) + written(77) + counted(b"") + written(viewer.pk)
    change = b"\x00\x02" + counted(text.put({"past": "Smuggled in."}))
    path = f"/live/{section.pk}/"
    told = page.evaluate(FOREIGN_CLIENT, [path, [list(hello), list(change)]])
    assert told["refused"]
    type_at_end(one, " Goes on.")
    check_all_have(section, "First. Last. Goes on.", one)
    context.close()


def test_a_hostile_client_in_a_browser_harms_nobody(desk, section, author, second_author):
    one, other = desk(author), desk(second_author)
    hello = bytes([102]) + written(78) + counted(b"") + written(author.pk)
    path = f"/live/{section.pk}/"
    for message in (
        b"\xff\x00",
        b"\x00\x02" + counted(b"\x01\x01\xff\xff\xff\xff\x0f"),
        b"\x07" * 99,
    ):
        told = one.evaluate(FOREIGN_CLIENT, [path, [list(hello), list(message)]])
        assert told["refused"] or told["code"] in {4400, 4413}
    type_at_end(one, " Mine.")
    expect(posted(other, "past")).to_have_value("First. Last. Mine.", timeout=WAIT)
    type_at_end(other, " Yours.")
    check_all_have(section, "First. Last. Mine. Yours.", one, other)
