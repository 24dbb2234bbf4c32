"""What stands on the pages besides the sections."""

from dataclasses import replace

import pytest

from briefs.document.look import House, Look, Paper
from briefs.document.tree import AnswerNode, EditionMark, Fact, PartNode, TextState
from briefs.export.docx.write import write_docx
from tests.briefs.export.documents import CLEARED, make_document, make_picture, make_section
from tests.briefs.export.word import (
    WP,
    W,
    opened,
    paragraphs_of,
    part_of,
    parts_of,
    style_of,
    styled,
    words_in,
)


@pytest.fixture(scope="module")
def working() -> bytes:
    return write_docx(make_document())


def test_docx_without_contents_or_clearance_has_neither():
    look = Look(has_contents=False, has_clearance=False)
    content = write_docx(make_document(look=look))
    said = words_in(part_of(content, "document"))
    assert "Contents" not in said
    assert "Clearance" not in said


def test_docx_without_a_cover_begins_with_the_text():
    look = Look(has_cover=False, has_contents=False)
    content = write_docx(make_document(look=look))
    document = part_of(content, "document")
    first = document.find(f"{W}body/{W}p")
    assert words_in(first) == "Preface"
    assert first.find(f"{W}pPr/{W}pageBreakBefore") is None
    assert document.find(f".//{W}titlePg") is None


def test_docx_cover_holds_what_a_reader_asks_first(working):
    tables = opened(working).tables
    assert [[cell.text for cell in row.cells] for row in tables[0].rows] == [
        ["Capital", "Brussels"]
    ]
    assert [[cell.text for cell in row.cells] for row in tables[1].rows] == [
        ["Reference", "CB/2025/014"],
        ["Date", "24 November 2025"],
        ["Status", "Draft: working text"],
        ["Prepared by", "Ada Author, Ben Author"],
    ]
    lines = [one.text for one in opened(working).paragraphs]
    assert lines[0] == "Country brief\tUNCLASSIFIED   DRAFT"
    assert "At a glance" in lines


def test_docx_is_in_the_name_and_colour_of_the_house():
    logo = make_picture(400, 100)
    house = House("Ministry of Examples", "Western desk", "#7a1f2b", logo.sha256)
    content = write_docx(make_document(look=Look(house=house), pictures=(logo,)))
    lines = [one.text for one in opened(content).paragraphs]
    assert "Ministry of Examples" in lines
    assert "Western desk" in lines
    assert str(opened(content).styles["Heading 1"].font.color.rgb) == "7A1F2B"
    [drawing] = part_of(content, "document").iter(f"{WP}docPr")
    assert drawing.get("descr") == "Ministry of Examples"


@pytest.mark.parametrize("colour", ["", "red", "#12345", '#1f3a5f"/><w:x'])
def test_docx_takes_its_own_colour_for_what_is_none(colour):
    content = write_docx(make_document(look=Look(house=House(colour=colour))))
    assert str(opened(content).styles["Heading 1"].font.color.rgb) == "1F3A5F"


@pytest.mark.parametrize(("paper", "width"), [(Paper.A4, 11906), (Paper.LETTER, 12240)])
def test_docx_is_set_for_its_paper(paper, width):
    content = write_docx(
        make_document("| Year | Exports |\n|---|--:|\n| 2024 | 55 |", look=Look(paper=paper))
    )
    section = opened(content).sections[0]
    assert section.page_width.twips == width
    room = width - section.left_margin.twips - section.right_margin.twips
    for table in part_of(content, "document").iter(f"{W}tbl"):
        columns = [int(one.get(f"{W}w")) for one in table.iter(f"{W}gridCol")]
        assert sum(columns) == room


def running(content: bytes, part: str) -> list[str]:
    return [words for _style, words in paragraphs_of(part_of(content, part))]


def test_docx_pages_carry_title_marking_reference_and_number(working):
    assert running(working, "header1") == ["UNCLASSIFIED   DRAFT", "Belgium\t"]
    assert running(working, "footer1") == [
        "CB/2025/014 · 24 November 2025\tPage 1 of 1",
        "UNCLASSIFIED   DRAFT",
    ]
    codes = [
        one.text.strip()
        for part in ("header1", "footer1")
        for one in part_of(working, part).iter(f"{W}instrText")
    ]
    assert codes == ["STYLEREF 1", "PAGE", "NUMPAGES"]
    section = opened(working).sections[0]
    assert section.header.paragraphs[1].text == "Belgium\t"
    assert section.different_first_page_header_footer


def test_docx_of_an_edition_names_it_on_every_page():
    edition = EditionMark(2, make_document().date)
    content = write_docx(make_document(edition=edition, text=TextState.APPROVED))
    assert running(content, "footer1")[0].startswith("CB/2025/014 · Edition 2 · 24 November 2025")


def test_docx_without_marking_has_no_line_for_it():
    content = write_docx(make_document(marking="", text=TextState.APPROVED))
    assert running(content, "header1") == ["Belgium\t"]


def test_docx_without_a_heading_looks_none_up():
    look = Look(has_clearance=False)
    content = write_docx(make_document(parts=(), look=look))
    assert b"STYLEREF" not in parts_of(content)["word/header1.xml"]


def test_docx_of_working_text_is_marked_draft_across_every_page(working):
    for part in ("header1", "header2"):
        assert b'string="DRAFT"' in parts_of(working)[f"word/{part}.xml"]


def test_docx_of_approved_text_is_nowhere_marked_draft():
    content = write_docx(make_document(text=TextState.APPROVED))
    assert not [name for name, part in parts_of(content).items() if b"draft" in part.lower()]


def test_docx_clearance_table_names_revision_approvers_and_date(working):
    table = opened(working).tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Section", "Revision", "Approved by", "Date"],
        ["Preface", "3", "Not yet approved", "–"],
        ["1.1 Needs", "3", "Edith Editor, Emil Editor", "5 October 2025"],
        ["1.2 Health", "–", "Not yet approved", "–"],
    ]


def test_docx_lists_what_changed_since_an_earlier_edition():
    content = write_docx(make_document(changes=("1.1 Needs: changed", "1.2 Health: new")))
    said = [(one.style.name, one.text) for one in opened(content).paragraphs]
    at = said.index(("Heading 1", "What changed"))
    assert said[at + 1 : at + 3] == [
        ("List Bullet", "1.1 Needs: changed"),
        ("List Bullet", "1.2 Health: new"),
    ]


def test_docx_says_why_a_text_was_released_that_was_not_clear():
    section = make_section(
        "goals/needs", "Needs", AnswerNode("body", "", "Words."), number="1.1", clearance=CLEARED
    )
    section = replace(section, released_because="The visit is tomorrow.")
    content = write_docx(make_document(parts=(PartNode("goals", 1, "Goals", (section,)),)))
    [note] = styled(content, "Editorial Note")
    assert "The visit is tomorrow." in note


def table_widths(content: bytes) -> list[int]:
    """Of the first table."""
    table = next(part_of(content, "document").iter(f"{W}tbl"))
    return [int(one.get(f"{W}w", "")) for one in table.iter(f"{W}gridCol")]


def test_docx_cover_gives_long_labels_of_facts_the_room_that_they_need():
    short, long = "Capital", "Population (estimate, 1 January 2024)"
    label, value = table_widths(write_docx(make_document(facts=(Fact(long, "11.7 million"),))))
    assert label > len(long) * 100
    assert value > label
    label, value = table_widths(write_docx(make_document(facts=(Fact(short, "Brussels"),))))
    assert label < value / 2


def test_docx_cover_has_a_long_marking_on_a_line_of_its_own():
    marking = "RESTRICTED – FOR OFFICIAL USE ONLY – NOT FOR PUBLICATION ABC"
    lines = [one.text for one in opened(write_docx(make_document(marking=marking))).paragraphs]
    assert lines[:2] == ["Country brief", f"{marking}   DRAFT"]


def test_docx_in_arabic_keeps_the_order_of_values_in_another_script():
    fact = Fact("Population", "11.7 million")
    content = write_docx(make_document(language="ar", facts=(fact, Fact("العاصمة", "بروكسل"))))
    lines = [words for _style, words in paragraphs_of(part_of(content, "document"))]
    assert "\u200e11.7 million\u200e" in lines
    assert "بروكسل" in lines


def test_docx_has_no_empty_space_above_a_heading_that_begins_a_page(working):
    begun = [
        one.find(f"{W}pPr/{W}spacing").get(f"{W}before")
        for one in part_of(working, "document").iter(f"{W}p")
        if style_of(one) == "Heading1" and one.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert begun == ["0", "0"]
