"""Writing as a person does it: with keys, a reload, a second tab, and a session that ends."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actions import set_plain_text_box
from briefs.drafting.actions import save_section
from briefs.models import Section
from briefs.prompts import texts_now
from briefs.review.actions import withdraw_review
from tests.browser.fields import posted
from tests.browser.sign_in import let_in
from tests.browser.waiting import wait_until
from tests.factories import PASSWORD, put_in_review, section_of, write


@pytest.fixture
def needs(brief) -> Section:
    return section_of(brief, "goals/needs")


@pytest.fixture(params=["editor", "plain"])
def desk(request, page: Page, live_server, needs, author) -> Page:
    """The page of the section Needs, opened by its author, who writes in either kind of field."""
    set_plain_text_box(by=author, is_plain=request.param == "plain")
    let_in(page.context, live_server.url, author)
    page.goto(live_server.url + reverse("section_edit", args=[needs.brief.slug, needs.key]))
    return page


def test_a_key_saves(desk: Page, needs):
    desk.get_by_label("Past", exact=True).fill("Old ties.")
    expect(desk.get_by_text("Not saved yet; kept on this device")).to_be_visible()
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Saved as revision 1.")).to_be_visible()
    assert texts_now(needs) == {"past": "Old ties."}
    wait_until(desk, "localStorage.length === 0")


def test_unsaved_text_survives_a_reload(desk: Page, needs):
    desk.get_by_label("Past", exact=True).fill("Typed and not saved.")
    desk.reload()
    expect(posted(desk, "past")).to_have_value("")
    desk.get_by_role("button", name="Put it back").click()
    expect(posted(desk, "past")).to_have_value("Typed and not saved.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved as revision 1.")).to_be_visible()
    assert texts_now(needs) == {"past": "Typed and not saved."}


def test_nothing_is_typed_that_is_not_kept_while_older_text_is_on_offer(desk: Page):
    past = desk.get_by_label("Past", exact=True)
    past.fill("The kept words.")
    desk.reload()
    expect(past).not_to_be_editable()
    desk.get_by_role("button", name="Put it back").click()
    expect(posted(desk, "past")).to_have_value("The kept words.")
    past.fill("Other words.")
    desk.reload()
    desk.get_by_role("button", name="Put it back").click()
    expect(posted(desk, "past")).to_have_value("Other words.")


def test_text_that_was_joined_with_a_colleague_s_is_saved_and_not_offered_again(
    desk: Page, needs, author, second_author
):
    write(needs, author, past="The port is old. The road is new.")
    desk.reload()
    save_section(
        needs, {"past": "The port is very old. The road is new."}, by=second_author, started_from=1
    )
    desk.get_by_label("Past", exact=True).fill("The port is old. The road is quite new.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("joined with yours under: Past.")).to_be_visible()
    expect(desk.get_by_role("button", name="Put it back")).to_be_hidden()
    wait_until(desk, "localStorage.length === 0")
    expect(desk.get_by_label("Past", exact=True)).to_be_editable()


def test_leaving_is_warned_of_where_the_browser_keeps_no_copy(desk: Page):
    desk.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    desk.get_by_label("Past", exact=True).fill("Kept nowhere.")
    expect(desk.get_by_text("this browser can’t keep a copy, so save often")).to_be_visible()
    with desk.expect_event("dialog") as asked:
        desk.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_kept_text_can_be_thrown_away(desk: Page):
    desk.get_by_label("Past", exact=True).fill("Not wanted.")
    desk.reload()
    desk.get_by_role("button", name="Throw it away").click()
    desk.reload()
    expect(desk.get_by_role("button", name="Put it back")).to_be_hidden()


def test_kept_text_is_joined_with_what_a_colleague_wrote_meanwhile(
    page: Page, live_server, needs, author, second_author
):
    write(needs, author, past="The port is old. The road is new.")
    let_in(page.context, live_server.url, author)
    page.goto(live_server.url + reverse("section_edit", args=[needs.brief.slug, needs.key]))
    page.get_by_label("Past", exact=True).fill("The port is old. The road is quite new.")
    save_section(
        needs, {"past": "The port is very old. The road is new."}, by=second_author, started_from=1
    )
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("joined with yours under: Past.")).to_be_visible()
    assert texts_now(needs)["past"] == "The port is very old. The road is quite new."


def test_text_survives_an_expired_session(desk: Page, needs, author):
    desk.get_by_label("Past", exact=True).fill("Typed before the session ended.")
    Session.objects.all().delete()
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_label("E-mail").fill(author.email)
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    desk.get_by_role("button", name="Put it back").click()
    expect(posted(desk, "past")).to_have_value("Typed before the session ended.")


def test_a_late_save_keeps_the_text_on_the_page_and_on_the_device(desk: Page, needs, author):
    desk.get_by_label("Future", exact=True).fill("Late words.")
    put_in_review(needs, author, "Frozen.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("What you typed was not saved. Copy it from here.")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Future")).to_have_value("Late words.")
    assert desk.evaluate("Object.keys(localStorage).length") == 1
    desk.goto(desk.url)
    expect(desk.get_by_text("This device has kept text of yours")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Future")).to_have_value("Late words.")
    expect(desk.get_by_role("textbox", name="Past")).to_be_hidden()
    withdraw_review(needs, by=author, revision=1)
    desk.reload()
    desk.get_by_role("button", name="Put it back").click()
    expect(posted(desk, "future")).to_have_value("Late words.")


def test_what_was_put_forward_with_one_press_is_not_offered_as_unsaved(desk: Page, needs):
    desk.get_by_label("Past", exact=True).fill("Words.")
    desk.get_by_role("button", name="Save and ask for review").click()
    expect(desk.get_by_text("Put forward for review.")).to_be_visible()
    desk.goto(desk.url.replace("/review/", "/drafting/"))
    expect(desk.get_by_text("is in review")).to_be_visible()
    expect(desk.get_by_text("This device has kept text")).to_be_hidden()


def test_a_conflict_is_solved_on_the_page(desk: Page, needs, author, second_author):
    write(needs, second_author, past="Their first words.")
    desk.get_by_label("Past", exact=True).fill("My own words.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("heading", name="What Ben Author wrote, revision 1")).to_be_visible()
    expect(posted(desk, "past")).to_have_value("My own words.")
    desk.get_by_label("Past", exact=True).fill("Their first words. My own words.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved as revision 2.")).to_be_visible()
    assert texts_now(needs)["past"] == "Their first words. My own words."


def test_the_preview_opens_and_closes_without_losing_the_text(desk: Page):
    desk.get_by_label("Past", exact=True).fill("Some **bold** words.")
    desk.get_by_role("button", name="Preview").click()
    expect(desk.locator("strong", has_text="bold")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Past")).to_be_hidden()
    desk.get_by_role("button", name="Write").click()
    expect(desk.get_by_role("textbox", name="Past")).to_be_visible()
    expect(posted(desk, "past")).to_have_value("Some **bold** words.")


def test_the_length_is_counted_while_writing(desk: Page):
    desk.get_by_label("Past", exact=True).fill("One two three.")
    expect(desk.get_by_text("3 words", exact=True)).to_be_visible()


def test_marks_are_set_by_buttons_and_keys(desk: Page):
    field = desk.get_by_label("Past", exact=True)
    field.fill("word")
    field.press("Control+a")
    field.press("Control+b")
    expect(posted(desk, "past")).to_have_value("**word**")
    field.press("Control+z")
    expect(posted(desk, "past")).to_have_value("word")
    field.fill("")
    desk.get_by_role("toolbar", name="Formatting, Past").get_by_role(
        "button", name="Not known"
    ).click()
    expect(posted(desk, "past")).to_have_value("Not known: ")


def test_pages_turn_by_key(desk: Page, live_server):
    desk.keyboard.press("Alt+PageDown")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Health")
    desk.keyboard.press("Alt+PageUp")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Needs")


@pytest.fixture
def plain_desk(browser, live_server, needs, author):
    context = browser.new_context(java_script_enabled=False)
    let_in(context, live_server.url, author)
    page = context.new_page()
    page.goto(live_server.url + reverse("section_edit", args=[needs.brief.slug, needs.key]))
    yield page
    context.close()


def test_a_section_is_written_without_scripts(plain_desk: Page, needs):
    plain_desk.get_by_label("Past", exact=True).fill("Plain words.")
    plain_desk.get_by_role("button", name="Save", exact=True).click()
    expect(plain_desk.get_by_text("Saved as revision 1.")).to_be_visible()
    assert texts_now(needs) == {"past": "Plain words."}
