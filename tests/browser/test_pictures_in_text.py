"""Pictures in the text as a person puts them there: chosen, pasted and dropped, in the editor and
in a plain text box."""

import base64
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.actions import set_plain_text_box
from briefs.models import Picture, Section
from briefs.prompts import texts_now
from tests.browser.fields import posted
from tests.browser.sign_in import let_in
from tests.factories import put_in_review, section_of
from tests.pictures import jpeg, png

BRING = """([kind, type, files, plain, html]) => {
  const transfer = new DataTransfer();
  for (const [name, mime, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type: mime }));
  }
  if (plain) transfer.setData("text/plain", plain);
  if (html) transfer.setData("text/html", html);
  const target = document.activeElement;
  const box = target.getBoundingClientRect();
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true })
    : new DragEvent(type, {
        dataTransfer: transfer, bubbles: true, cancelable: true,
        clientX: box.left + 1, clientY: box.top + 30 });
  return (kind === "stray" ? document.body : target).dispatchEvent(event);
}"""
NAME = r"[0-9a-f]{64}"


@pytest.fixture
def needs(brief) -> Section:
    return section_of(brief, "goals/needs")


@pytest.fixture
def faults(page: Page) -> list[str]:
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def desk(faults, page: Page, live_server, needs, author) -> Page:
    let_in(page.context, live_server.url, author)
    page.goto(live_server.url + reverse("section_edit", args=[needs.brief.slug, needs.key]))
    return page


@pytest.fixture
def past(desk: Page) -> Locator:
    return desk.get_by_role("textbox", name="Past", exact=True)


def dialog(desk: Page) -> Locator:
    return desk.get_by_role("dialog", name="Put a picture into the text")


def bring(desk: Page, kind: str, *files: bytes, plain: str = "", html: str = "") -> bool:
    """Pastes or drops files where the focus is. False: the page has taken them itself."""
    named = [
        (f"{n}.png", "image/png", base64.b64encode(file).decode()) for n, file in enumerate(files)
    ]
    return desk.evaluate(BRING, [kind, "drop", named, plain, html])


def say_and_put(desk: Page, alt: str) -> None:
    dialog(desk).get_by_label("What the picture shows").fill(alt)
    dialog(desk).get_by_role("button", name="Put into the text").click()


def test_one_is_chosen_and_stands_where_the_cursor_is(desk: Page, past, needs, faults):
    past.click()
    desk.keyboard.type("Before")
    tools = desk.get_by_role("toolbar", name="Formatting, Past")
    tools.get_by_role("button", name="Picture").click()
    dialog(desk).get_by_label("Picture", exact=True).set_input_files(
        {"name": "trade.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    expect(dialog(desk).locator("canvas")).to_be_visible()
    say_and_put(desk, "Exports fell")
    expect(dialog(desk)).to_be_hidden()
    expect(past).to_be_focused()
    expect(posted(desk, "past")).to_have_value(
        re.compile(rf"^Before\n\n!\[Exports fell\]\(picture:{NAME}\)$")
    )
    expect(past.locator(".look-picture img")).to_have_js_property("naturalWidth", 40)
    desk.keyboard.type(" and after")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved as revision 1.")).to_be_visible()
    name = Picture.objects.get().sha256
    assert texts_now(needs)["past"] == f"Before\n\n![Exports fell](picture:{name}) and after"
    assert faults == []


def test_it_is_one_step_of_undo(desk: Page, past):
    past.click()
    desk.keyboard.type("Words.")
    bring(desk, "paste", png())
    say_and_put(desk, "Exports fell")
    expect(posted(desk, "past")).to_have_value(re.compile("picture:"))
    desk.keyboard.press("Control+z")
    expect(posted(desk, "past")).to_have_value("Words.")


def test_several_that_are_dropped_are_asked_about_one_after_the_other(desk: Page, past):
    past.click()
    assert not bring(desk, "drop", png(), png(colour="red"), png(colour="green"))
    expect(dialog(desk).get_by_role("status")).to_have_text("Picture 1 of 3")
    say_and_put(desk, "One")
    expect(dialog(desk).get_by_role("status")).to_have_text("Picture 2 of 3")
    dialog(desk).get_by_role("button", name="Leave it out").click()
    expect(dialog(desk).get_by_role("status")).to_have_text("Picture 3 of 3")
    say_and_put(desk, "Three")
    expect(posted(desk, "past")).to_have_value(
        re.compile(rf"^!\[One\]\(picture:{NAME}\)\n\n!\[Three\]\(picture:{NAME}\)$")
    )


def test_it_works_in_a_plain_text_box(page: Page, live_server, needs, author):
    set_plain_text_box(by=author, is_plain=True)
    let_in(page.context, live_server.url, author)
    page.goto(live_server.url + reverse("section_edit", args=[needs.brief.slug, needs.key]))
    past = page.get_by_role("textbox", name="Past", exact=True)
    past.fill("Words.")
    past.press("End")
    assert not bring(page, "paste", png())
    say_and_put(page, "Exports fell")
    expect(past).to_have_value(re.compile(rf"^Words\.\n\n!\[Exports fell\]\(picture:{NAME}\)$"))
    past.press("Control+z")
    expect(past).to_have_value("Words.")


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(desk: Page, past, faults):
    past.click()
    bring(desk, "paste", b"no picture at all")
    put = dialog(desk).get_by_role("button", name="Put into the text")
    put.click()
    expect(dialog(desk).get_by_text("Say what the picture shows.")).to_be_visible()
    say_and_put(desk, "Exports fell")
    expect(dialog(desk).get_by_text("not a PNG or JPEG picture")).to_be_visible()
    expect(dialog(desk).get_by_label("What the picture shows")).to_have_value("Exports fell")
    file = dialog(desk).get_by_label("Picture", exact=True)
    file.set_input_files(
        {"name": "big.png", "mimeType": "image/png", "buffer": bytes(5 * 1024 * 1024 + 1)}
    )
    expect(dialog(desk).get_by_text("more than 5 MB")).to_be_visible()
    file.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": png()})
    put.click()
    expect(posted(desk, "past")).to_have_value(re.compile("Exports fell"))
    assert faults == []


def test_without_a_connection_the_dialog_stays_and_sends_it_later(desk: Page, past):
    past.click()
    bring(desk, "paste", png())
    desk.context.set_offline(True)
    say_and_put(desk, "Exports fell")
    expect(dialog(desk).get_by_text("did not reach the server")).to_be_visible()
    desk.context.set_offline(False)
    dialog(desk).get_by_role("button", name="Put into the text").click()
    expect(posted(desk, "past")).to_have_value(re.compile("Exports fell"))


def test_after_signing_out_elsewhere_the_dialog_says_so(desk: Page, past):
    past.click()
    bring(desk, "paste", png())
    desk.context.clear_cookies()
    say_and_put(desk, "Exports fell")
    expect(dialog(desk).get_by_text("did not reach the server")).to_be_visible()
    expect(dialog(desk).get_by_label("What the picture shows")).to_have_value("Exports fell")


def test_in_a_section_that_went_into_review_the_reason_is_said(desk: Page, past, needs, author):
    past.click()
    bring(desk, "paste", png())
    put_in_review(needs, author, "Words.")
    say_and_put(desk, "Exports fell")
    expect(dialog(desk).get_by_text("This section is in review")).to_be_visible()


def test_escape_warns_before_a_description_is_thrown_away(desk: Page, past):
    past.click()
    bring(desk, "paste", png())
    dialog(desk).get_by_label("What the picture shows").fill("Exports")
    desk.keyboard.press("Escape")
    expect(dialog(desk).get_by_role("status")).to_contain_text("Press Esc again")
    desk.keyboard.press("Escape")
    expect(dialog(desk)).to_be_hidden()
    expect(past).to_be_focused()
    expect(posted(desk, "past")).to_have_value("")


def test_text_that_comes_with_a_picture_of_itself_is_text(desk: Page, past):
    past.click()
    bring(desk, "paste", png(), plain="Trade", html="<b>Trade</b>")
    expect(posted(desk, "past")).to_have_value("**Trade**")
    expect(dialog(desk)).to_be_hidden()


def test_a_file_dropped_beside_the_fields_does_not_open_in_place_of_the_page(desk: Page, past):
    past.click()
    assert not bring(desk, "stray", png())
    expect(dialog(desk)).to_be_hidden()


def test_the_dialog_is_accessible(desk: Page, past):
    past.click()
    bring(desk, "paste", png())
    dialog(desk).get_by_role("button", name="Put into the text").click()
    results = Axe().run(desk)
    assert results.violations_count == 0, results.generate_report()


def test_a_picture_that_the_brief_does_not_have_is_said(desk: Page, past):
    past.click()
    desk.keyboard.insert_text(f"![Chart](picture:{'a' * 64})")
    expect(past).to_contain_text("This brief has no such picture")
