"""Files and pages that a page's own script asks for: how far they are, giving up, following what is
typed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from background.worker import Worker
from briefs.bundling.actions import ask_for_bundle
from briefs.document.tree import Document, Fact, TextState
from briefs.export.actions import export_brief
from briefs.export.formats import ExportFormat
from briefs.export.html import write_html
from briefs.export.pdf import render
from briefs.models import Activity, HouseStyle
from tests.briefs.export.documents import make_document
from tests.browser.sign_in import let_in
from tests.browser.waiting import wait_until
from tests.factories import add_member, make_brief, section_of, write


@pytest.fixture
def written(brief, author):
    write(section_of(brief, "goals/needs"), author, past="Words of the past.")
    return brief


def open_page(page: Page, live_server, user, path: str) -> None:
    let_in(page.context, live_server.url, user)
    page.goto(f"{live_server.url}{path}")


def test_a_file_is_made_while_the_page_stays(page: Page, live_server, written, author):
    open_page(page, live_server, author, "/briefs/belgium/export/")
    page.get_by_label("Working text, marked DRAFT on every page").check()
    page.get_by_text("Only some sections").click()
    page.get_by_label("1.1 Needs").check()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download as PDF").click()
    assert downloading.value.suggested_filename == "belgium-working-excerpt.pdf"
    assert Path(downloading.value.path()).read_bytes().startswith(b"%PDF")
    expect(page.get_by_text("The file is made: belgium-working-excerpt.pdf")).to_be_visible()
    expect(page.get_by_role("button", name="Download as PDF")).to_be_focused()
    [act] = Activity.objects.filter(verb="brief_exported")
    assert act.detail["sections"] == ["goals/needs"]


def test_a_file_that_is_given_up_is_not_made(page: Page, live_server, written, author, monkeypatch):
    """The one worker is kept busy, so that the file waits for its turn."""
    free = render._pool()._free
    taken = [free.pop() for _worker in list(free)]
    try:
        open_page(page, live_server, author, "/briefs/belgium/export/")
        page.get_by_role("button", name="Download as PDF").click()
        expect(page.get_by_text(re.compile("Waiting: 1 file is made before yours"))).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Cancel")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Cancelled. No file was made.")).to_be_visible()
        wait_until(page, "!document.querySelector('[data-export] [type=submit]').disabled")
    finally:
        free.extend(taken)
    assert not Activity.objects.filter(verb="brief_exported").exists()


def test_a_refusal_stands_on_the_page(page: Page, live_server, written, manager):
    open_page(page, live_server, manager, "/briefs/belgium/export/")
    page.get_by_text("How it is printed").click()
    marking = page.get_by_label("Marking")
    marking.evaluate("field => field.removeAttribute('maxlength')")
    marking.fill("x" * 61)
    page.get_by_role("button", name="Download as PDF").click()
    expect(page.get_by_text("at most 60 characters")).to_be_visible()
    expect(page.get_by_label("Marking")).to_have_value("x" * 61)


def test_pages_of_a_section_follow_what_is_typed(page: Page, live_server, written, author):
    open_page(page, live_server, author, "/briefs/belgium/drafting/goals/needs/")
    page.get_by_text("As it is printed").click()
    picture = page.locator("[data-section-pages] img")
    expect(picture).to_have_count(1)
    expect(picture).to_have_attribute("alt", "Page 1 of 1")
    first = picture.get_attribute("src")
    page.locator(".cm-content").first.click()
    page.keyboard.type("More words. ")
    expect(picture).not_to_have_attribute("src", first or "")
    wait_until(page, "document.querySelector('[data-section-pages] img').naturalWidth > 500")


def test_a_picture_of_a_page_that_did_not_come_is_asked_for_anew(
    page: Page, live_server, written, author
):
    is_down = True

    def answer(route: Route) -> None:
        if is_down and route.request.resource_type == "image":
            route.abort()
        else:
            route.continue_()

    page.route(re.compile("/pages/"), answer)
    open_page(page, live_server, author, "/briefs/belgium/drafting/goals/needs/")
    page.get_by_text("As it is printed").click()
    picture = "document.querySelector('[data-section-pages] img')"
    wait_until(page, f"{picture}?.complete && !{picture}.naturalWidth")
    is_down = False
    page.get_by_text("As it is printed").click()
    page.get_by_text("As it is printed").click()
    wait_until(page, f"{picture}.naturalWidth > 500")


def test_the_house_style_is_seen_before_it_is_saved(page: Page, live_server, manager):
    open_page(page, live_server, manager, "/house-style/")
    pictures = page.locator(".printed img")
    expect(pictures).to_have_count(4)
    first = pictures.first.get_attribute("src")
    page.get_by_label("Organisation").fill("Ministry of Foreign Affairs")
    expect(pictures.first).not_to_have_attribute("src", first or "")
    assert not HouseStyle.objects.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Files that are made from now on look so.")).to_be_visible()
    assert HouseStyle.objects.get().organisation == "Ministry of Foreign Affairs"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_an_exported_web_page_is_open_to_everybody(
    page: Page, written, author, tmp_path, width, scheme
):
    text = "# A\n\n| Year | Exports |\n|---|--:|\n| 2024 | 55 |\n\nA note.[^1]\n\n[^1]: A source."
    write(section_of(written, "opening/preface"), author, text)
    exported = export_brief(written, ExportFormat.HTML, TextState.WORKING, by=author)
    file = tmp_path / "brief.html"
    file.write_bytes(exported.content)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not Axe().run(page).response["violations"]


def show(page: Page, tmp_path: Path, document: Document) -> None:
    file = tmp_path / "brief.html"
    file.write_text(write_html(document), encoding="utf-8")
    page.goto(file.as_uri())


def test_long_labels_of_facts_leave_room_for_their_values_on_a_narrow_screen(page: Page, tmp_path):
    facts = (Fact("Main trading partners in goods, by value of exports in 2023", "Germany"),)
    page.set_viewport_size({"width": 390, "height": 900})
    show(page, tmp_path, make_document(facts=facts))
    width = page.get_by_text("Germany").evaluate("value => value.getBoundingClientRect().width")
    assert width > 150


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_marking_is_printed_below_the_text_of_every_page(page: Page, tmp_path):
    show(page, tmp_path, make_document("Relations are close.\n\n" * 200))
    printed = page.pdf(prefer_css_page_size=True)
    command = ["pdftotext", "-bbox", "-", "-"]
    run = subprocess.run(command, input=printed, capture_output=True, check=True)
    sheets = run.stdout.decode().split("<page ")[1:]
    assert len(sheets) > 5
    for sheet in sheets:
        words = re.findall(r'xMin="(.*?)" yMin="(.*?)".*? yMax="(.*?)">(.*?)</word>', sheet)
        lowest = max(float(top) for _side, top, _bottom, word in words if word == "UNCLASSIFIED")
        others = [float(bottom) for *_corner, bottom, word in words if word != "UNCLASSIFIED"]
        assert max(others) < lowest
        assert min(float(side) for side, *_others in words) > 50


def test_labels_in_another_script_keep_to_the_side_of_an_arabic_page(page: Page, tmp_path):
    show(page, tmp_path, make_document(language="ar"))
    for label in (page.get_by_role("heading", name="Past"), page.get_by_text("Capital")):
        expect(label).to_have_css("text-align", "right")


def test_who_approved_what_is_read_in_lines_on_a_narrow_screen(page: Page, tmp_path):
    page.set_viewport_size({"width": 390, "height": 900})
    show(page, tmp_path, make_document())
    row = page.get_by_role("row", name="Edith Editor, Emil Editor")
    assert row.evaluate("row => row.getBoundingClientRect().height") < 60
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_bundle_is_followed_until_it_is_ready(page: Page, live_server, brief, manager, template):
    """It looked once, and stood there for ever at what it had seen then."""
    others = [make_brief(template, title=title) for title in ("Chad", "Chile")]
    for other in others:
        add_member(other, manager, "manager")
    bundle = ask_for_bundle([brief, *others], ExportFormat.MARKDOWN, TextState.WORKING, by=manager)
    open_page(page, live_server, manager, f"/bundles/{bundle.pk}/")
    worker = Worker()
    for done in (1, 2):
        worker.do_next()
        expect(page.get_by_text(f"{done} of 3 done.")).to_be_visible()
    while worker.do_next():
        pass
    expect(page.get_by_role("link", name="Download the ZIP file")).to_be_visible()
