"""Comments as a person makes them: from a selected passage, by mouse and by keyboard, beside a text
that is being written."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from briefs.commenting.actions import add_comment, resolve_comment
from briefs.models import Comment, Section
from tests.browser.fields import posted
from tests.browser.sign_in import let_in
from tests.factories import put_in_review, section_of, write

TEXT = "Old ties hold.\n\nExports to the region **fell** by five percent. More follows."
SELECT = """(words) => {
  const text = document.querySelector("[data-prompt]");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const [first, last] = words;
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const from = node.data.indexOf(first);
    if (from >= 0) range.setStart(node, from);
    const to = node.data.indexOf(last);
    if (to >= 0) range.setEnd(node, to + last.length);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
MARKED = """() => [...CSS.highlights.get("commented")].map((range) => range.toString())"""


@pytest.fixture
def faults(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def review(brief, author) -> Section:
    return put_in_review(section_of(brief, "goals/needs"), author, TEXT)


@pytest.fixture
def open_page(faults, page: Page, live_server):
    def opened(user, name: str, section: Section) -> Page:
        let_in(page.context, live_server.url, user)
        page.goto(live_server.url + reverse(name, args=[section.brief.slug, section.key]))
        return page

    return opened


def test_a_selected_passage_is_commented_on(open_page, review, editor, faults):
    page = open_page(editor, "section_review", review)
    page.evaluate(SELECT, ["Exports", "five percent"])
    page.get_by_role("button", name="Comment on this passage").click()
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    page.keyboard.type("Says who?")
    page.locator("#comment-form").get_by_role("button", name="Comment").click()
    thread = page.get_by_role("article", name="Comment by Edith Editor")
    expect(thread).to_contain_text("Exports to the region fell by five percent")
    comment = Comment.objects.get()
    assert comment.quote == "Exports to the region fell by five percent"
    assert (comment.before, comment.prompt_key) == ("Old ties hold. ", "past")
    assert page.evaluate(MARKED) == ["Exports to the region fell by five percent"]
    assert page.url.endswith("/review/goals/needs/")
    assert faults == []


def test_by_keyboard_alone(open_page, review, editor):
    page = open_page(editor, "section_review", review)
    page.evaluate(SELECT, ["More", "follows"])
    page.keyboard.press("Control+Alt+m")
    page.keyboard.type("When?")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Comment by Edith Editor")).to_be_visible()
    assert Comment.objects.get().quote == "More follows"


def test_the_quote_leads_to_its_passage(open_page, review, editor):
    add_comment(review, "Says who?", by=editor, prompt_key="past", quote="region fell by")
    page = open_page(editor, "section_review", review)
    page.get_by_role("button", name="region fell by").click()
    assert page.evaluate("getSelection().toString()") == "region fell by"


def test_the_quote_leads_into_the_field_that_is_written_in(open_page, brief, author):
    section = write(section_of(brief, "goals/needs"), author, past=TEXT)
    add_comment(section, "Says who?", by=author, prompt_key="past", quote="region fell by")
    page = open_page(author, "section_edit", section)
    page.get_by_role("button", name="region fell by").click()
    expect(page.get_by_role("textbox", name="Past", exact=True)).to_be_focused()
    page.keyboard.type("coast rose by")
    expect(posted(page, "past")).to_have_value(
        "Old ties hold.\n\nExports to the coast rose by five percent. More follows."
    )


def test_beside_unsaved_text_a_comment_leaves_that_alone(open_page, brief, author, faults):
    section = write(section_of(brief, "goals/needs"), author, past="Old.")
    page = open_page(author, "section_edit", section)
    past = page.get_by_role("textbox", name="Past", exact=True)
    past.click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+End")
    tools = page.get_by_role("toolbar", name="Formatting, Past")
    tools.get_by_role("button", name="Comment").click()
    expect(page.get_by_label("Passage")).to_have_value("Old.")
    past.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Not saved.")
    page.get_by_label("Comment", exact=True).fill("Says who?")
    page.locator("#comment-form").get_by_role("button", name="Comment").click()
    expect(page.get_by_role("article", name="Comment by Ada Author")).to_be_visible()
    expect(posted(page, "past")).to_have_value("Old. Not saved.")
    assert Comment.objects.get().quote == "Old."
    assert faults == []


def test_replying_and_resolving_keep_what_was_begun_elsewhere(open_page, review, author, editor):
    comment = add_comment(review, "Says who?", by=editor)
    page = open_page(author, "section_review", review)
    page.get_by_label("Comment", exact=True).fill("Begun.")
    thread = page.get_by_role("article", name="Comment by Edith Editor")
    thread.get_by_text("Reply", exact=True).first.click()
    thread.get_by_label("Reply").fill("The bank.")
    thread.get_by_role("button", name="Reply").click()
    expect(thread).to_contain_text("The bank.")
    thread.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("1 resolved comment")).to_be_visible()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Begun.")
    comment.refresh_from_db()
    assert comment.is_resolved


def test_a_refusal_stands_in_the_panel(open_page, review, author, editor):
    comment = add_comment(review, "Says who?", by=editor)
    page = open_page(author, "section_review", review)
    resolve_comment(comment, by=editor)
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("This comment is resolved already.")).to_be_visible()


def test_without_a_connection_nothing_is_lost(open_page, review, author):
    page = open_page(author, "section_review", review)
    page.get_by_label("Comment", exact=True).fill("Says who?")
    page.context.set_offline(True)
    page.locator("#comment-form").get_by_role("button", name="Comment").click()
    expect(page.get_by_text("did not reach the server")).to_be_visible()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Says who?")
    page.context.set_offline(False)
    page.locator("#comment-form").get_by_role("button", name="Comment").click()
    expect(page.get_by_role("article", name="Comment by Ada Author")).to_be_visible()
    assert Comment.objects.count() == 1


def test_a_name_is_completed(open_page, review, author, editor):
    page = open_page(author, "section_review", review)
    field = page.get_by_label("Comment", exact=True)
    field.click()
    page.keyboard.type("Ask @edi")
    expect(page.get_by_role("option", name="Edith Editor")).to_be_visible()
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @Edith Editor ")
    page.keyboard.type("or @a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.locator("#comment-form").get_by_role("button", name="Comment").click()
    expect(page.get_by_role("article", name="Comment by Ada Author")).to_be_visible()
    assert list(Comment.objects.get().mentioned.all()) == [editor]


def test_without_a_script_a_comment_is_made(browser, live_server, review, editor):
    context = browser.new_context(java_script_enabled=False)
    let_in(context, live_server.url, editor)
    page = context.new_page()
    page.goto(live_server.url + reverse("section_review", args=[review.brief.slug, review.key]))
    page.get_by_label("Comment", exact=True).fill("Says who?")
    page.get_by_label("About").select_option("Past")
    page.get_by_label("Passage").fill("More follows")
    page.locator("#comment-form").get_by_role("button", name="Comment").click()
    expect(page.get_by_role("article", name="Comment by Edith Editor")).to_be_visible()
    assert page.url.split("#")[0].endswith("/review/goals/needs/")
    assert Comment.objects.get().position == TEXT.replace("**", "").replace("\n\n", " ").index(
        "More"
    )
    context.close()


@pytest.mark.parametrize("name", ["section_review", "section_edit", "comment_list"])
def test_axe_finds_nothing(open_page, review, author, editor, name):
    first = add_comment(review, "Says who?", by=editor, prompt_key="past", quote="region fell by")
    add_comment(review, "Gone.", by=editor, prompt_key="past", quote="no such passage")
    resolve_comment(add_comment(review, "Done.", by=editor), by=author)
    page = open_page(author, name, review)
    page.get_by_text("1 resolved comment").click()
    page.locator(f"#comment-{first.pk} summary").click()
    page.get_by_label("Reply").first.fill("@")
    page.keyboard.type("e")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
