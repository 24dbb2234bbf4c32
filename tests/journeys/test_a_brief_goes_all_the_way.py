"""A real brief goes in, is written, sent back, signed off and comes out, each by its own people."""

import json
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import User
from tests.browser.sign_in import let_in

SEED = settings.BASE_DIR.parent / "shared" / "seeds" / "belgium.md"
CHANGED = "Trade in services grew faster than trade in goods."


@pytest.fixture
def open_as(browser: Browser, live_server):
    """A browser of somebody's own, at the first page."""
    contexts = []

    def open_page(user: User) -> Page:
        context = browser.new_context(accept_downloads=True)
        contexts.append(context)
        let_in(context, live_server.url, user)
        page = context.new_page()
        page.goto(live_server.url)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_brief_goes_all_the_way(open_as, manager, author, editor, tmp_path):
    call_command("load_brief_template")
    desk_of_manager = open_as(manager)
    import_the_seed(desk_of_manager)
    bring_in(desk_of_manager, author, "Author")
    bring_in(desk_of_manager, editor, "Editor")

    desk_of_author = open_as(author)
    write_and_ask_for_review(desk_of_author)

    desk_of_editor = open_as(editor)
    send_back(desk_of_editor)
    mend_and_ask_again(desk_of_author)
    approve(desk_of_editor)

    files = export_approved(desk_of_manager, tmp_path)
    check_files(files, editor)


def import_the_seed(page: Page) -> None:
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File").set_input_files(SEED)
    page.get_by_label("Country").select_option("BE")
    page.get_by_role("button", name="Show where the text goes").click()
    expect(page.get_by_role("heading", name="Beside the text")).to_be_visible()
    page.get_by_role("button", name="Make the brief").click()
    expect(page.get_by_role("heading", level=1, name="Belgium")).to_be_visible()


def bring_in(page: Page, user: User, role: str) -> None:
    page.goto(page.url.split("/briefs/")[0] + "/briefs/belgium/commissioning/members/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Role", exact=False).last.select_option(label=role)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text(user.name).first).to_be_visible()


def editor_of(page: Page, label: str) -> Locator:
    """The editor, once it has opened: a key pressed before that would reach the textarea."""
    field = page.get_by_label(label, exact=True)
    expect(field).to_have_attribute("contenteditable", "true")
    return field


def write_and_ask_for_review(page: Page) -> None:
    page.get_by_role("link", name="Belgium").first.click()
    page.get_by_role("link", name="Economic Interests").first.click()
    field = editor_of(page, "Trade Relationships")
    field.press("Control+End")
    field.press_sequentially("\n- Trade in services grew.")
    page.get_by_role("button", name="Save and ask for review").click()
    expect(page.get_by_text("In review").first).to_be_visible()


def send_back(page: Page) -> None:
    page.get_by_role("link", name="Economic Interests").first.click()
    page.get_by_label("Or say what must change").fill("Faster than what?")
    page.get_by_role("button", name="Request changes").click()
    expect(page.get_by_text("Changes requested").first).to_be_visible()


def mend_and_ask_again(page: Page) -> None:
    page.goto(page.url.split("/briefs/")[0])
    page.get_by_role("link", name="Economic Interests").first.click()
    if "/review/" in page.url:
        page.get_by_role("link", name="Economic Interests").first.click()
    field = editor_of(page, "Trade Relationships")
    field.press("Control+f")
    page.get_by_label("Find", exact=True).fill("Trade in services grew.")
    page.get_by_label("Replace with").fill(CHANGED)
    page.get_by_role("button", name="Replace all").click()
    expect(page.get_by_text("Replaced once")).to_be_visible()
    page.get_by_role("button", name="Save and ask for review").click()
    expect(page.get_by_text("In review").first).to_be_visible()


def approve(page: Page) -> None:
    page.goto(page.url.split("/briefs/")[0])
    page.get_by_role("link", name="Economic Interests").first.click()
    expect(page.get_by_text(CHANGED).first).to_be_visible()
    page.get_by_role("button", name="Approve revision 3").click()
    expect(page.get_by_text("Approved").first).to_be_visible()


def export_approved(page: Page, folder: Path) -> dict[str, Path]:
    page.goto(page.url.split("/briefs/")[0] + "/briefs/belgium/export/")
    page.get_by_label("Approved text").check()
    files = {}
    for name in ("Download as PDF", "Markdown", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        files[name] = folder / download.value.suggested_filename
        download.value.save_as(files[name])
    return files


def check_files(files: dict[str, Path], editor: User) -> None:
    markdown = files["Markdown"].read_text()
    assert "### 2.1 Economic Interests" in markdown
    assert CHANGED in markdown
    tree = json.loads(files["JSON"].read_text())
    sections = [section for part in tree["parts"] for section in part["sections"]]
    cleared = [section for section in sections if section["clearance"]]
    assert [section["title"] for section in cleared] == ["Economic Interests"]
    assert cleared[0]["clearance"]["approved_by"] == [editor.name]
    assert len(tree["parked"]) == 3
    with pikepdf.open(files["Download as PDF"]) as pdf:
        assert len(pdf.pages) > 2
        assert "Belgium" in str(pdf.docinfo["/Title"])
