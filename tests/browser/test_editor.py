"""The editor as a person uses it: lists, toolbar, pastes, tables, finding, and the way to a plain
text box and back."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.actions import set_plain_text_box
from briefs.models import Section
from briefs.prompts import texts_now
from tests.browser.fields import posted
from tests.browser.sign_in import let_in
from tests.factories import section_of, write

CLIPBOARD = Path(__file__).parent.parent / "js" / "clipboard"
PASTE = """([types, shift]) => {
  const clipboardData = new DataTransfer();
  for (const [type, text] of Object.entries(types)) clipboardData.setData(type, text);
  const target = document.activeElement;
  if (shift) {
    target.dispatchEvent(new KeyboardEvent("keydown", { key: "V", ctrlKey: true, shiftKey: true }));
  }
  target.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
TABLE = "| Year | Trade |\n| ---- | ----: |\n| 2024 |     5 |"


@pytest.fixture
def needs(brief) -> Section:
    return section_of(brief, "goals/needs")


@pytest.fixture
def faults(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def desk(faults, page: Page, live_server, needs, author) -> Page:
    """The page of the section Needs, opened by its author."""
    let_in(page.context, live_server.url, author)
    page.goto(live_server.url + reverse("section_edit", args=[needs.brief.slug, needs.key]))
    return page


@pytest.fixture
def past(desk: Page) -> Locator:
    return desk.get_by_role("textbox", name="Past", exact=True)


def write_into(desk: Page, field: Locator, text: str) -> None:
    field.click()
    desk.keyboard.insert_text(text)
    expect(posted(desk, "past")).to_have_value(text)


def paste(desk: Page, *, html: str = "", plain: str = "", shift: bool = False) -> None:
    types = {"text/html": html, "text/plain": plain}
    desk.evaluate(PASTE, [{name: text for name, text in types.items() if text}, shift])


def accessibility_faults(page: Page) -> str:
    results = Axe().run(page)
    return str(results.generate_report()) if results.violations_count else ""


def test_a_list_goes_on_and_ends_and_goes_deeper(desk: Page, past: Locator):
    past.click()
    desk.keyboard.type("- one\ntwo")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.keyboard.type("three")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    desk.keyboard.type("After.")
    expect(posted(desk, "past")).to_have_value("- one\n  - two\n- three\nAfter.")


def test_tab_leaves_the_field_outside_a_list_and_after_escape_within_one(desk: Page, past: Locator):
    future = desk.get_by_role("textbox", name="Future", exact=True)
    past.click()
    desk.keyboard.type("words")
    desk.keyboard.press("Tab")
    expect(past).not_to_be_focused()
    past.click()
    desk.keyboard.type("\n- item")
    desk.keyboard.press("Tab")
    expect(past).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Tab")
    expect(past).not_to_be_focused()
    future.focus()
    desk.keyboard.press("Shift+Tab")
    expect(
        desk.get_by_role("toolbar", name="Formatting, Future").get_by_role("button").first
    ).to_be_focused()


def test_the_toolbar_is_one_stop_with_arrows_inside(desk: Page, past: Locator):
    past.click()
    desk.keyboard.press("Alt+F10")
    tools = desk.get_by_role("toolbar", name="Formatting, Past")
    expect(tools.get_by_role("button", name="Bold")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(tools.get_by_role("button", name="Italic")).to_be_focused()
    desk.keyboard.press("End")
    expect(tools.get_by_role("button", name="Not known")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(tools.get_by_role("button", name="Bold")).to_be_focused()
    assert tools.locator("button[tabindex='0']").count() == 1
    desk.keyboard.press("Escape")
    expect(past).to_be_focused()


def test_buttons_and_keys_set_what_they_say(desk: Page, past: Locator):
    write_into(desk, past, "one")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+i")
    expect(posted(desk, "past")).to_have_value("*one*")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("a.example")
    expect(posted(desk, "past")).to_have_value("*[one](https://a.example)*")
    desk.keyboard.press("Control+End")
    tools = desk.get_by_role("toolbar", name="Formatting, Past")
    tools.get_by_role("button", name="Footnote").click()
    desk.keyboard.type("A note.")
    expect(posted(desk, "past")).to_have_value("*[one](https://a.example)*[^1]\n\n[^1]: A note.")


def test_the_editor_is_named_and_described(desk: Page, past: Locator):
    expect(past).to_have_attribute("aria-multiline", "true")
    expect(past).to_have_attribute("spellcheck", "true")
    expect(past).to_have_attribute("lang", "en")
    expect(past).to_have_accessible_description(
        "0 words Asked for: points Guidance for Past. "
        "If it is not known, write Not known: and why. In a list, Tab indents; "
        "to leave the field, press Esc and then Tab. Alt F10 leads to the buttons."
    )
    desk.locator("label", has_text="Past").click()
    expect(past).to_be_focused()


def test_a_mistake_is_said_with_its_field(desk: Page, past: Locator):
    write_into(desk, past, "Not known:")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Say why it is not known")).to_be_visible()
    expect(past).to_have_attribute("aria-invalid", "true")
    said = past.evaluate("(it) => it.getAttribute('aria-describedby').split(' ')[0]")
    expect(desk.locator(f"#{said}")).to_contain_text("Say why it is not known")


def test_a_paste_from_word_is_markdown_and_says_what_it_left_out(
    desk: Page, past: Locator, faults, needs
):
    past.click()
    paste(desk, html=(CLIPBOARD / "word.htm").read_text(), plain="Economic ties")
    notice = desk.get_by_role("status").filter(has_text="Pasted without")
    expect(notice).to_have_text(
        "Pasted without colours and a picture. "
        "Headings stand in bold, as a brief’s headings come from its outline."
    )
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved as revision 1.")).to_be_visible()
    saved = texts_now(needs)["past"]
    assert saved.startswith("**Economic ties**\n\n**Trade** grew by *5 %* in 2024[^1].")
    assert "- Goods\n  - Steel\n  - Grain\n- Services\n\n1. First\n2. Second" in saved
    assert faults == []


def test_a_paste_of_a_web_page_runs_and_loads_nothing(desk: Page, past: Locator, faults):
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    past.click()
    paste(desk, html=(CLIPBOARD / "web-page.htm").read_text())
    expect(desk.get_by_text("Pasted without 3 links that lead to no web page")).to_be_visible()
    assert "javascript:" not in posted(desk, "past").input_value()
    assert [url for url in asked if "favicon" not in url] == []
    assert faults == []


def test_a_plain_paste_stays_plain_and_loses_what_no_text_may_hold(desk: Page, past: Locator):
    past.click()
    paste(desk, html="<b>x</b>", plain="**x** a\u0000b\r\nc", shift=True)
    expect(posted(desk, "past")).to_have_value("**x** ab\nc")


def test_cutting_nothing_takes_nothing(desk: Page, past: Locator):
    write_into(desk, past, "one line")
    desk.keyboard.press("Control+x")
    desk.keyboard.type("!")
    expect(posted(desk, "past")).to_have_value("one line!")


def test_an_address_pasted_on_words_makes_a_link(desk: Page, past: Locator):
    write_into(desk, past, "report")
    desk.keyboard.press("Control+a")
    paste(desk, html="<a href='https://a.example/x'>x</a>", plain="https://a.example/x")
    expect(posted(desk, "past")).to_have_value("[report](https://a.example/x)")


def test_a_table_is_edited_as_a_table(desk: Page, past: Locator):
    write_into(desk, past, f"Before.\n\n{TABLE}\n\nAfter.")
    past.get_by_text("2024").click()
    desk.get_by_role("button", name="Edit as table").click()
    dialog = desk.get_by_role("dialog", name="Table")
    expect(dialog.get_by_label("Heading of column 1")).to_be_focused()
    assert accessibility_faults(desk) == ""
    for key in ["ArrowDown", "ArrowRight", "Enter"]:
        desk.keyboard.press(key)
    expect(dialog.get_by_text("A row was added.")).to_be_visible()
    expect(dialog.get_by_label("Row 2, Trade")).to_be_focused()
    desk.keyboard.type("1|7")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.type("2025")
    dialog.get_by_label("Align this column").select_option(label="Centred")
    dialog.get_by_role("button", name="Put into the text").click()
    expect(posted(desk, "past")).to_have_value(
        "Before.\n\n"
        "| Year | Trade |\n| :--: | ----: |\n| 2024 |     5 |\n| 2025 |  1\\|7 |"
        "\n\nAfter."
    )
    expect(past).to_be_focused()
    desk.keyboard.press("Control+z")
    expect(posted(desk, "past")).to_have_value(f"Before.\n\n{TABLE}\n\nAfter.")


def test_a_new_table_is_put_where_the_cursor_is(desk: Page, past: Locator):
    write_into(desk, past, "Words.")
    desk.get_by_role("toolbar", name="Formatting, Past").get_by_role("button", name="Table").click()
    dialog = desk.get_by_role("dialog", name="Table")
    desk.keyboard.type("Year")
    dialog.get_by_role("button", name="Remove column").click()
    desk.keyboard.press("ArrowDown")
    dialog.get_by_role("button", name="Remove row").click()
    dialog.get_by_role("button", name="Put into the text").click()
    expect(posted(desk, "past")).to_have_value("Words.\n\n|     |\n| --- |\n|     |")


def test_a_changed_table_is_not_thrown_away_by_one_key(desk: Page, past: Locator):
    write_into(desk, past, TABLE)
    desk.get_by_role("button", name="Edit as table").click()
    dialog = desk.get_by_role("dialog", name="Table")
    desk.keyboard.type("s")
    desk.keyboard.press("Escape")
    expect(dialog.get_by_text("Press Esc again")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(posted(desk, "past")).to_have_value(TABLE)


@pytest.fixture
def panel(desk: Page, past: Locator) -> Locator:
    """The panel that finds, opened from the start of two fields with ports in them."""
    write_into(desk, past, "The port. A port.")
    desk.get_by_role("textbox", name="Future", exact=True).click()
    desk.keyboard.insert_text("No Port.")
    past.click()
    desk.keyboard.press("Control+Home")
    desk.keyboard.press("Control+f")
    panel = desk.get_by_role("search", name="Find and replace in this section")
    panel.get_by_label("Find", exact=True).fill("port")
    return panel


def test_words_are_found_from_field_to_field(desk: Page, panel: Locator):
    expect(panel.get_by_text("1 of 3, in “Past”")).to_be_visible()
    assert accessibility_faults(desk) == ""
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    expect(panel.get_by_text("3 of 3, in “Future”")).to_be_visible()
    panel.get_by_label("Capital and small letters differ").check()
    expect(panel.get_by_text("of 2, in “Past”")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_words_are_replaced_in_all_fields_and_undone_in_each(
    desk: Page, past: Locator, panel: Locator
):
    panel.get_by_label("Replace with").fill("harbour")
    panel.get_by_role("button", name="Replace all").click()
    expect(panel.get_by_text("3 replaced")).to_be_visible()
    expect(posted(desk, "past")).to_have_value("The harbour. A harbour.")
    expect(posted(desk, "future")).to_have_value("No harbour.")
    panel.get_by_role("button", name="Replace all").click()
    expect(panel.get_by_text("Not found in this section")).to_be_visible()
    past.click()
    desk.keyboard.press("Control+z")
    expect(posted(desk, "past")).to_have_value("The port. A port.")
    expect(posted(desk, "future")).to_have_value("No harbour.")


def test_what_is_found_is_brought_into_sight(desk: Page, past: Locator):
    write_into(desk, past, "needle\n" + "\n" * 90 + "end")
    desk.keyboard.press("Control+f")
    desk.get_by_label("Find", exact=True).fill("needle")
    desk.keyboard.press("Enter")
    expect(desk.locator(".found-now")).to_be_in_viewport()
    expect(desk.get_by_label("Find", exact=True)).to_be_focused()


def test_a_page_is_where_it_is_taken_at_once(desk: Page, past: Locator):
    """A page that still glides carries the button away from under the pointer."""
    write_into(desk, past, "line\n" * 90)
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    desk.wait_for_function("scrollY > 500")
    assert desk.evaluate("() => { scrollTo(0, 0); return scrollY; }") == 0


def test_one_place_is_replaced_and_the_next_is_gone_to(desk: Page, past: Locator):
    write_into(desk, past, "a b a")
    desk.keyboard.press("Control+Home")
    desk.keyboard.press("Control+f")
    panel = desk.get_by_role("search")
    panel.get_by_label("Find", exact=True).fill("a")
    panel.get_by_label("Replace with").fill("aa")
    desk.keyboard.press("Enter")
    expect(posted(desk, "past")).to_have_value("aa b a")
    expect(panel.get_by_text("3 of 3")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(posted(desk, "past")).to_have_value("aa b aa")


def test_plain_text_boxes_are_chosen_without_losing_a_word_and_stay_chosen(
    desk: Page, past: Locator, author
):
    write_into(desk, past, "Not saved.")
    desk.get_by_role("button", name="Use plain text boxes instead").click()
    expect(past).to_have_value("Not saved.")
    expect(desk.get_by_text("Not saved yet; kept on this device")).to_be_visible()
    assert desk.locator(".cm-editor").count() == 0
    assert desk.locator("script[src*=section_editor]").count() == 0
    author.refresh_from_db()
    assert author.has_plain_text_box
    desk.get_by_role("button", name="Use the editor instead").click()
    expect(desk.locator(".cm-editor")).to_have_count(2)
    expect(posted(desk, "past")).to_have_value("Not saved.")


def test_the_plain_text_box_has_the_same_tools(desk: Page, past: Locator, author):
    set_plain_text_box(by=author, is_plain=True)
    desk.reload()
    past.fill("one\ntwo")
    past.press("Control+a")
    tools = desk.get_by_role("toolbar", name="Formatting, Past")
    tools.get_by_role("button", name="Numbered").click()
    expect(past).to_have_value("1. one\n2. two")
    past.press("Control+z")
    expect(past).to_have_value("one\ntwo")
    past.press("Control+f")
    desk.get_by_label("Find", exact=True).fill("o")
    desk.get_by_label("Replace with").fill("0")
    desk.get_by_role("button", name="Replace all").click()
    expect(desk.get_by_text("2 replaced")).to_be_visible()
    expect(past).to_have_value("0ne\ntw0")
    assert accessibility_faults(desk) == ""


def test_in_a_plain_text_box_a_table_goes_where_the_cursor_is(desk: Page, past: Locator, author):
    set_plain_text_box(by=author, is_plain=True)
    desk.reload()
    past.fill("Before.\n\nAfter.")
    past.press("Control+Home")
    past.press("End")
    table = desk.get_by_role("toolbar", name="Formatting, Past").get_by_role("button", name="Table")
    table.click()
    desk.keyboard.type("Year")
    desk.get_by_role("button", name="Put into the text").click()
    expect(past).to_have_value(re.compile(r"^Before\.\n\n\| Year[^A]+\n\nAfter\.$"))
    past.press("Control+Home")
    past.press("End")
    table.click()
    desk.keyboard.press("Escape")
    desk.keyboard.type(" More.")
    expect(past).to_have_value(re.compile(r"^Before\. More\.\n"))


def test_the_marks_of_a_text_show_and_what_is_no_mark_does_not(desk: Page, needs, author, faults):
    write(needs, author, past="**bold** and *italic*\n\n# no heading <b>no tag</b>\n\n> quote")
    desk.reload()
    expect(desk.locator(".look-strong", has_text="bold")).to_be_visible()
    expect(desk.locator(".look-quote")).to_have_text("> quote")
    line = desk.locator(".cm-line", has_text="no heading")
    assert line.locator("span").count() == 0
    weight = desk.get_by_text("bold", exact=True).evaluate(
        "(it) => getComputedStyle(it).fontWeight"
    )
    assert weight == "700"
    assert faults == []


def test_the_editor_s_script_is_asked_for_on_this_page_alone(desk: Page, live_server, needs):
    assert desk.locator("script[src*=section_editor]").count() == 1
    desk.goto(live_server.url + reverse("section_history", args=[needs.brief.slug, needs.key]))
    assert desk.locator("script[src*=section_editor]").count() == 0
