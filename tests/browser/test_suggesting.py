"""Suggesting other words: selected in the text, written differently, accepted or declined."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from briefs.models import Section
from briefs.prompts import texts_now
from briefs.suggesting.actions import Proposal, make_suggestion
from tests.browser.sign_in import let_in
from tests.factories import put_in_review, section_of

TEXT = "Old ties hold.\n\nExports to the region **fell** by five percent. More follows."


@pytest.fixture
def review(brief, author) -> Section:
    return put_in_review(section_of(brief, "goals/needs"), author, TEXT)


@pytest.fixture
def open_page(page: Page, live_server):
    def opened(user, name: str, section: Section) -> Page:
        let_in(page.context, live_server.url, user)
        page.goto(live_server.url + reverse(name, args=[section.brief.slug, section.key]))
        return page

    return opened


def select(page: Page, words: str) -> None:
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector("[data-prompt]"), 4);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
          }
        }""",
        words,
    )


@pytest.mark.parametrize("by_key", [False, True])
def test_from_selected_words_to_an_accepted_suggestion(open_page, review, editor, author, by_key):
    page = open_page(editor, "section_review", review)
    select(page, "Exports to the region")
    if by_key:
        page.keyboard.press("Control+Alt+g")
    else:
        page.locator(".on-selection").get_by_role("button", name="Suggest other words").click()
    words = page.get_by_label("As you would write it")
    expect(words).to_have_value("Exports to the region")
    words.fill("Exports to **all** regions")
    page.get_by_label("Why").fill("As the bank says.")
    page.get_by_role("button", name="Suggest this").click()
    expect(page.get_by_role("heading", name="1 suggestion waits for an answer")).to_be_visible()
    assert texts_now(review)["past"] == TEXT

    page = open_page(author, "section_review", review)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted: the text is revision 2 now.")).to_be_visible()
    assert texts_now(review)["past"] == TEXT.replace("the region", "**all** regions")


def test_it_is_declined_with_a_reason(open_page, review, editor, author):
    make_suggestion(review, Proposal("past", 0, "Old", "New"), by=editor, revision=1)
    page = open_page(author, "section_review", review)
    page.locator("summary", has_text="Decline").press("Enter")
    page.get_by_label("Why not").fill("They are old.")
    page.get_by_role("button", name="Decline it").click()
    page.get_by_text("1 answered suggestion").click()
    expect(page.get_by_text("They are old.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(open_page, page, review, editor, author, manager, width):
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    make_suggestion(review, Proposal("past", 0, "Old", long), by=editor, revision=1)
    make_suggestion(review, Proposal("past", 4, "ties", "bonds"), by=manager, revision=1)
    page.set_viewport_size({"width": width, "height": 900})
    for user, name in [
        (author, "section_review"),
        (editor, "suggestion_list"),
        (editor, "suggestion_add"),
    ]:
        shown = open_page(user, name, review)
        results = Axe().run(shown)
        assert not results.violations_count, results.generate_report()
        assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
