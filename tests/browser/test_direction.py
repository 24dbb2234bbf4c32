"""A brief from right to left among pages from left to right."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_printing import open_page
from tests.factories import section_of, write

TABLE = "| سال | صادرات |\n|---|--:|\n| ۱۴۲۳ | {} |"
HISTORY = "/briefs/belgium/history/opening/preface/"


@pytest.fixture
def persian(brief, author, editor):
    section = section_of(brief, "opening/preface")
    write(section, author, "روابط گرم بود.\n\n" + TABLE.format("۴۸"))
    return write(section, editor, "روابط بسیار سرد بود.\n\n" + TABLE.format("۴۹"))


def box(place: Locator) -> dict[str, float]:
    found = place.bounding_box()
    assert found
    return dict(found)


@pytest.mark.parametrize("width", [390, 1440])
def test_changes_of_a_persian_text_run_from_right_to_left(
    page: Page, live_server, persian, editor, width
):
    """Rows of numbers hold no letter that says so, and what is said to those who listen is
    English."""
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, live_server, editor, f"{HISTORY}compare/?from=1&to=2")
    passages = page.locator(".diff .src-text")
    assert passages.count() > 2
    for passage in passages.all():
        expect(passage).to_have_css("direction", "rtl")
    for hidden in page.locator(".diff .src-text .visually-hidden").all():
        expect(hidden).to_have_css("direction", "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_who_wrote_a_persian_text_is_told_without_turning_it(
    page: Page, live_server, persian, editor
):
    open_page(page, live_server, editor, f"{HISTORY}2/authors/")
    expect(page.locator(".reading .src-text")).to_have_css("direction", "rtl")


def test_a_persian_table_stands_on_the_right_and_its_columns_are_even(
    page: Page, live_server, persian, editor
):
    open_page(page, live_server, editor, f"{HISTORY}2/")
    wrap, table = box(page.locator(".table-wrap")), box(page.locator(".table-wrap table"))
    assert wrap["x"] + wrap["width"] == pytest.approx(table["x"] + table["width"], abs=1)
    for cell in page.locator(".table-wrap :is(th, td)").all():
        expect(cell).to_have_css("text-align", "right")
