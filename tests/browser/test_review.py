"""A review read by keyboard: from change to change, to the decision, to a comment on a change."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from briefs.models import Comment, Section, SignOff
from tests.browser.sign_in import let_in
from tests.factories import approve, put_in_review, section_of

LONG = "Exports to the region fell by five percent in the last year of the plan."
MIDDLE = "Something else stands between the two, and it is a paragraph of some length, too."
OLD = f"{LONG}\n\n{MIDDLE} {MIDDLE}\n\n| a | b |\n|---|---|\n| 1 | 2 |"
NEW = f"{MIDDLE} New. {MIDDLE}\n\n| a | b |\n|---|---|\n| 1 | 3 |\n\n{LONG}\n\n- one\n- two"


@pytest.fixture
def review(brief, author, editor) -> Section:
    section = section_of(brief, "opening/preface")
    approve(section, author, editor, OLD)
    put_in_review(section_of(brief, "goals/health"), author, "Words.")
    return put_in_review(section, author, NEW)


@pytest.fixture
def page_of_review(page: Page, live_server, review, editor) -> Page:
    let_in(page.context, live_server.url, editor)
    address = reverse("section_review", args=[review.brief.slug, review.key])
    page.goto(live_server.url + address)
    return page


def test_by_keys_from_change_to_change_and_to_the_decision(page_of_review, brief):
    page = page_of_review
    page.keyboard.press("j")
    expect(page.locator("#c1")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#c2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#c1")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#approve")).to_be_focused()
    assert SignOff.objects.count() == 1
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Review: Health")).to_be_visible()


def test_keys_do_nothing_where_somebody_types(page_of_review):
    field = page_of_review.get_by_label("Comment", exact=True)
    field.click()
    page_of_review.keyboard.type("jank")
    expect(field).to_have_value("jank")
    expect(page_of_review.get_by_role("heading", name="Review: Preface")).to_be_visible()


def test_a_change_is_commented_on(page_of_review, editor):
    page = page_of_review
    page.get_by_role("link", name="Comment on change 2").click()
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    page.keyboard.type("Why?")
    page.locator("#comment-form").get_by_role("button", name="Comment").click()
    expect(page.get_by_role("article", name="Comment by Edith Editor")).to_contain_text("New.")
    assert Comment.objects.get().quote == f"{MIDDLE} New. {MIDDLE}"


def test_it_is_read_as_it_was_typed_when_asked(page_of_review):
    page = page_of_review
    page.get_by_label("Show", exact=True).select_option("As it was typed, with its marks")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("| 1 | ")).to_be_visible()


def test_axe_finds_nothing_among_changes(page_of_review):
    results = Axe().run(page_of_review)
    assert results.violations_count == 0, results.generate_report()
