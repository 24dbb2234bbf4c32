"""Tables that lie across the page: which they are, and how Word has them."""

import pytest
from docx.enum.section import WD_ORIENT

from briefs.document.blocks import parse
from briefs.document.look import Look
from briefs.document.tree import AnswerNode, PartNode
from briefs.export.across import is_across
from briefs.export.docx.write import write_docx
from briefs.importing.docx.conversion import markdown_of
from tests.briefs.export.documents import make_document, make_section
from tests.briefs.export.word import opened, parts_of

UPRIGHT, ACROSS = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE


def table(columns: int, word: str = "Pharmaceutical", rows: int = 12) -> str:
    row = f"| {word} " * columns + "|\n"
    return row + "|---" * columns + "|\n" + row * rows


@pytest.mark.parametrize(
    ("columns", "word", "lies"),
    [
        (9, "Pharmaceutical", True),
        (9, "12.5", False),
        (11, "a", True),
        (10, "a", False),
        (5, "Donaudampfschifffahrtsgesellschaft", False),
        (6, "Donaudampfschifffahrtsgesellschaft", True),
        (9, "Directorate-General", True),
        (9, "two of a few", False),
        (8, "\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd" * 4, False),
    ],
)
def test_a_table_lies_across_when_it_would_break_words(columns, word, lies):
    [block] = parse(table(columns, word))
    assert block["kind"] == "table"
    assert is_across(block) is lies


def lie(document) -> list[WD_ORIENT]:
    return [section.orientation for section in opened(write_docx(document)).sections]


def test_docx_lays_a_wide_table_across_and_turns_back():
    content = write_docx(make_document(f"Before.\n\n{table(9)}\n\nAfter."))
    sections = list(opened(content).sections)
    assert [section.orientation for section in sections] == [UPRIGHT, ACROSS, UPRIGHT]
    [before, across, after] = sections
    assert (across.page_width, across.page_height) == (before.page_height, before.page_width)
    assert (after.page_width, after.page_height) == (before.page_width, before.page_height)
    for section in sections:
        assert "Belgium" in section.header.paragraphs[-1].text
        assert "CB/2025/014" in section.footer.paragraphs[0].text
    assert [one.different_first_page_header_footer for one in sections] == [True, False, False]
    parts = parts_of(content)
    tab = b'<w:tab w:val="right" w:pos="13436"/>'
    assert tab in parts["word/header3.xml"]
    assert tab in parts["word/footer2.xml"]
    assert b"header3.xml" in parts["[Content_Types].xml"]
    [wide] = [one for one in opened(content).tables if len(one.columns) == 9]
    assert sum(column.width.twips for column in wide.columns) == 13_436


def test_docx_without_a_wide_table_has_one_section():
    content = write_docx(make_document(table(9, "12.5")))
    assert len(opened(content).sections) == 1
    assert "word/header3.xml" not in parts_of(content)


@pytest.mark.parametrize(
    ("answer", "turns"),
    [
        (f"{table(9)}\n\n{table(11)}", [UPRIGHT, ACROSS, UPRIGHT]),
        (f"{table(9)}\n\nBetween.\n\n{table(9)}", [UPRIGHT, ACROSS] * 2 + [UPRIGHT]),
        ("- " + table(9).replace("\n", "\n  "), [UPRIGHT]),
        ("> " + table(9).strip().replace("\n", "\n> "), [UPRIGHT]),
    ],
)
def test_docx_turns_no_empty_page(answer, turns):
    assert lie(make_document(answer)) == turns


def test_docx_that_begins_and_ends_with_a_wide_table_has_nothing_but_its_pages():
    section = make_section("p/s", "Needs", AnswerNode("a", "", table(9)), number="1.1")
    look = Look(has_cover=False, has_contents=False, has_clearance=False)
    parts = (PartNode("p", 1, "Goals", (section,)),)
    assert lie(make_document(parts=parts, look=look)) == [ACROSS]


def test_docx_has_headings_on_the_page_of_their_table():
    answers = (AnswerNode("past", "Past", table(12)), AnswerNode("future", "Future", "A line."))
    section = make_section("goals/needs", "Needs", *answers, number="1.1")
    document = make_document(parts=(PartNode("goals", 1, "Goals", (section,)),))
    pages: list[list[str]] = [[]]
    for paragraph in opened(write_docx(document)).paragraphs:
        pages[-1].append(paragraph.text)
        if paragraph._p.xpath("w:pPr/w:sectPr"):
            pages.append([])
    [_front, across, after] = pages
    assert [word for word in across if word] == ["Goals", "Needs", "Past"]
    assert "Future" in after


def test_docx_keeps_upright_what_came_or_went():
    """Whoever rejects it has no page that lies across left."""
    old, new = make_document("Words."), make_document(f"Words.\n\n{table(9)}")
    assert len(opened(write_docx(new, old)).sections) == 1


def test_a_table_that_lies_across_comes_back_from_word():
    answer = f"Before.\n\n{table(9)}\n\nAfter."
    assert "| Pharmaceutical " * 9 in markdown_of(write_docx(make_document(answer))).text
