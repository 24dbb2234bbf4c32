"""Deciding and looking back as a person does it: with keys, on a phone, after the session ended."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from briefs.commissioning.actions import add_own_section
from briefs.models import Section
from briefs.review.actions import request_review, withdraw_review
from tests.browser.sign_in import let_in
from tests.factories import PASSWORD, approve, put_in_review, section_of, send_back, write

LONG = "word " * 60 + "end."


@pytest.fixture
def decided(preface, author, editor) -> Section:
    """In review with two changes, a folded paragraph and an approval that no longer counts."""
    approve(preface, author, editor, f"The port is old.\n\n{LONG}\n\nA list:\n\n- one\n- two")
    return put_in_review(preface, author, f"The port is new.\n\n{LONG}\n\nA list:\n\n- one\n- 2")


def address(live_server, name: str, section: Section, *more: object) -> str:
    return str(live_server.url) + reverse(name, args=[section.brief.slug, section.key, *more])


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit(
    browser: Browser, live_server, decided, author, editor, manager, width, scheme
):
    author.name = "Donaudampfschifffahrtsgesellschaftskapitän " * 3
    author.save()
    title = "The question of " + "very " * 35
    own = add_own_section(decided.brief, title.strip(), part=decided.part, by=manager)
    for number in range(30):
        write(own, author, f"{'unbreakable' * 20} number {number}.")
    sent_back = send_back(section_of(decided.brief, "goals/health"), author, editor)
    empty = section_of(decided.brief, "goals/needs")
    paths = [
        *(address(live_server, "section_review", row) for row in (decided, own, sent_back, empty)),
        *(address(live_server, "section_history", row) for row in (decided, own, empty)),
        address(live_server, "section_compare", decided),
        address(live_server, "section_compare", own),
        address(live_server, "section_compare", own) + "?from=99&to=x",
        address(live_server, "revision_detail", decided, 1),
        address(live_server, "section_restore", decided, 1),
        address(live_server, "section_restore", own, 1),
    ]
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    let_in(context, live_server.url, editor)
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if "Policy" in said.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    for path in paths:
        page.goto(path)
        results = Axe().run(page)
        if results.violations_count:
            found.append(f"{path}: {results.generate_report()}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{path} is wider than the window")
    assert found == []


@pytest.fixture
def review(page: Page, live_server, decided, editor) -> Page:
    let_in(page.context, live_server.url, editor)
    page.goto(address(live_server, "section_review", decided))
    return page


def test_keys_step_through_the_changes(review: Page):
    expect(review.locator(".change.current")).to_have_count(0)
    for key, current in [("j", "c1"), ("j", "c2"), ("j", "c1"), ("k", "c2"), ("k", "c1")]:
        review.keyboard.press(key)
        expect(review.locator(".change.current")).to_have_attribute("id", current)
    review.get_by_role("button", name="Next change").click()
    expect(review.locator(".change.current")).to_have_attribute("id", "c2")
    expect(review.locator("#c2")).to_be_focused()


def test_a_key_typed_in_the_comment_is_a_letter(review: Page):
    review.get_by_label("Or say what must change").type("jk")
    expect(review.get_by_label("Or say what must change")).to_have_value("jk")
    expect(review.locator(".change.current")).to_have_count(0)


def test_a_comment_outlives_an_ended_session(review: Page, editor, decided):
    review.get_by_label("Or say what must change").fill("Which port?")
    Session.objects.all().delete()
    review.get_by_role("button", name="Request changes").click()
    review.get_by_label("E-mail").fill(editor.email)
    review.get_by_label("Password").fill(PASSWORD)
    review.get_by_role("button", name="Sign in").click()
    expect(review.get_by_label("Or say what must change")).to_have_value("Which port?")
    review.get_by_role("button", name="Request changes").click()
    expect(review.get_by_text("Sent back with your words.")).to_be_visible()
    assert decided.sign_offs.get(decision="changes_requested").comment == "Which port?"
    assert review.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("button", ["Request changes", "Approve revision 2"])
def test_a_comment_outlives_a_request_that_was_withdrawn(review: Page, author, decided, button):
    review.get_by_label("Or say what must change").fill("Which port?")
    withdraw_review(decided, by=author, revision=2)
    review.get_by_role("button", name=button).click()
    expect(review.get_by_text("There is nothing to decide")).to_be_visible()
    request_review(decided, by=author, revision=2)
    review.goto(review.url.removesuffix("request-changes/").removesuffix("approve/"))
    expect(review.get_by_label("Or say what must change")).to_have_value("Which port?")


def test_the_difference_is_read_and_approved_by_keyboard(review: Page, decided):
    review.get_by_role("button", name="Approve revision 2").focus()
    review.keyboard.press("Enter")
    expect(review.get_by_text("Revision 2 is approved.")).to_be_visible()
    assert section_of(decided.brief, decided.key).state == "approved"


def test_two_revisions_are_chosen_and_compared(page: Page, live_server, preface, author):
    for text in ("One.", "Two.", "Three."):
        write(preface, author, text)
    let_in(page.context, live_server.url, author)
    page.goto(address(live_server, "section_history", preface))
    page.get_by_label("Compare from revision 1").check()
    page.get_by_role("button", name="Compare the two chosen").click()
    expect(page.locator(".diff del")).to_have_text("One")
    expect(page.locator(".diff ins")).to_have_text("Three")


def test_pages_work_without_script(browser: Browser, live_server, decided, editor):
    context = browser.new_context(java_script_enabled=False)
    let_in(context, live_server.url, editor)
    page = context.new_page()
    page.goto(address(live_server, "section_review", decided))
    expect(page.get_by_role("button", name="Next change")).to_be_hidden()
    page.get_by_role("link", name="Change 2/2").click()
    assert page.url.endswith("#c2")
    page.get_by_role("button", name="Approve revision 2").click()
    expect(page.get_by_text("Revision 2 is approved.")).to_be_visible()
