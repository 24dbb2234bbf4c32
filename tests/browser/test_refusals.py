"""Whoever is refused on a page of exporting stands at what is wrong, and Enter sends nothing
twice."""

import pytest
from playwright.sync_api import Locator, Page, expect

from briefs.models import Bundle, HouseStyle
from tests.browser.keyboard import Keyboard
from tests.browser.test_printing import open_page
from tests.factories import section_of, write


@pytest.fixture
def written(brief, author):
    write(section_of(brief, "goals/needs"), author, past="Words of the past.")
    return brief


def unlimited(field: Locator) -> Locator:
    field.evaluate("field => field.removeAttribute('maxlength')")
    return field


def hold_enter(page: Page, presses: int = 4) -> None:
    """A key that stays down repeats."""
    for _press in range(presses):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")


def test_a_refused_marking_has_the_focus(page: Page, live_server, written, manager):
    open_page(page, live_server, manager, "/briefs/belgium/export/")
    page.get_by_text("How it is printed").click()
    marking = unlimited(page.get_by_label("Marking"))
    marking.fill("x" * 61)
    marking.press("Enter")
    expect(page.get_by_text("at most 60 characters")).to_be_visible()
    expect(page.get_by_label("Marking")).to_be_focused()
    expect(page.get_by_label("Marking")).to_have_accessible_description(
        "Of this file alone. Only managers of the brief may change it. "
        "Ensure this value has at most 60 characters (it has 61)."
    )


def test_an_export_without_a_text_leads_to_the_choice(page: Page, live_server, written, author):
    open_page(page, live_server, author, "/briefs/belgium/export/")
    page.locator("[name=text]").evaluate_all("all => all.forEach((one) => { one.checked = false })")
    page.locator("[data-export]").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Download as PDF").press("Enter")
    expect(page.get_by_text("Choose the approved or the working text.")).to_be_visible()
    expect(page.get_by_label("Approved text")).to_be_focused()


def test_sections_that_are_gone_are_told_where_the_focus_is(
    page: Page, live_server, written, author
):
    open_page(page, live_server, author, "/briefs/belgium/export/")
    page.get_by_text("Only some sections").click()
    box = page.get_by_label("1.1 Needs")
    box.check()
    box.evaluate("box => { box.value = 'goals/gone' }")
    page.get_by_role("button", name="Download as PDF").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("aren’t in the brief any more")
    expect(page.get_by_role("alert")).to_be_focused()
    Keyboard(page).tab_to("Only some sections")


def test_a_book_without_a_title_leads_to_the_title(page: Page, live_server, written, manager):
    open_page(page, live_server, manager, "/bundles/")
    page.get_by_label("Format").select_option("book")
    page.get_by_role("button", name="Export 1 brief").press("Enter")
    expect(page.get_by_text("A book needs a title")).to_be_visible()
    expect(page.get_by_label("Title of the book")).to_be_focused()


def test_a_refused_bundle_is_told_where_the_focus_is(page: Page, live_server, written, manager):
    for _number in range(3):
        Bundle.objects.create(made_by=manager, file_format="pdf", text="working")
    open_page(page, live_server, manager, "/bundles/")
    page.get_by_role("button", name="Export 1 brief").press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "Others are still being made for you. Wait for them, or cancel."
    )
    expect(page.get_by_role("alert")).to_be_focused()
    Keyboard(page).tab_to("Format*")


def test_a_refused_colour_has_the_focus(page: Page, live_server, manager):
    open_page(page, live_server, manager, "/house-style/")
    page.get_by_label("Colour").fill("#ffff00")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_label("Colour")).to_be_focused()
    expect(page.locator("#div_id_colour")).to_contain_text("too light to be read on white")


def test_a_style_that_somebody_else_changed_is_told_where_the_focus_is(
    page: Page, live_server, manager
):
    open_page(page, live_server, manager, "/house-style/")
    HouseStyle.objects.create(
        version=1, organisation="Another", colour="#123456", changed_by=manager
    )
    page.get_by_label("Unit").fill("Directorate for Europe")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("changed the house style")
    expect(page.get_by_role("alert")).to_be_focused()
    Keyboard(page).tab_to("Organisation")


def test_a_refusal_of_sample_pages_looks_like_one_and_leaves_the_focus(
    page: Page, live_server, manager
):
    open_page(page, live_server, manager, "/house-style/")
    expect(page.locator(".printed img")).to_have_count(4)
    page.get_by_label("Colour").fill("#ffff00")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("too light to be read on white")
    expect(said).to_have_class("say is-changes")
    expect(page.get_by_label("Colour")).to_be_focused()
    page.get_by_label("Colour").fill("#000066")
    expect(said).to_have_text("")
    expect(said).not_to_have_class("say is-changes")


@pytest.mark.parametrize("path", ["/importing/", "/briefs/belgium/importing/"])
def test_a_file_that_can_not_be_read_leads_to_the_choice_of_one(
    page: Page, live_server, brief, superuser, path
):
    open_page(page, live_server, superuser, path)
    file = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 words"}
    page.get_by_label("File").set_input_files(file)
    page.locator("main form [type=submit]").press("Enter")
    expect(page.locator(".invalid-feedback")).to_be_visible()
    expect(page.get_by_label("File")).to_be_focused()


def test_a_report_that_is_out_of_date_says_so_once_where_the_focus_is(
    page: Page, live_server, brief, superuser
):
    open_page(page, live_server, superuser, "/importing/")
    file = {
        "name": "brief.md",
        "mimeType": "text/markdown",
        "buffer": b"# Chad\n\n## Preface\n\nWords.\n",
    }
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Subject").fill("Chad")
    page.get_by_role("button", name="Show where the text goes").press("Enter")
    page.locator("[name=sealed]").evaluate("field => { field.value = 'x' }")
    page.get_by_role("button", name="Make the brief").press("Enter")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_be_focused()


def test_a_bundle_is_asked_for_once_by_a_key_that_is_held_down(
    page: Page, live_server, written, manager
):
    open_page(page, live_server, manager, "/bundles/")
    page.get_by_role("button", name="Export 1 brief").focus()
    hold_enter(page)
    expect(page.get_by_role("heading", name="Exported briefs")).to_be_visible()
    assert Bundle.objects.count() == 1


def test_a_file_is_asked_for_once_by_a_key_that_is_held_down(
    page: Page, live_server, written, author
):
    open_page(page, live_server, author, "/briefs/belgium/export/")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.get_by_role("button", name="Word").focus()
    with page.expect_download():
        hold_enter(page, 20)
    assert len(sent) == 1


def test_a_second_press_does_not_cancel_the_first(page: Page, live_server, written, author):
    open_page(page, live_server, author, "/briefs/belgium/export/")
    page.get_by_role("button", name="Word").focus()
    with page.expect_download():
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")


def test_a_style_is_saved_once_by_two_presses(page: Page, live_server, manager):
    open_page(page, live_server, manager, "/house-style/")
    page.get_by_label("Organisation").fill("Ministry of Foreign Affairs")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Files that are made from now on look so.")).to_be_visible()
    assert HouseStyle.objects.get().version == 1
