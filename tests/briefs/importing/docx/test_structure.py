import pytest

from briefs.importing.docx.conversion import markdown_of
from tests.briefs.importing.docx.word_files import paragraph, plain, run, styled, word

BOLD = "<w:b/>"


def text_of(body, **parts):
    return markdown_of(word(body, **parts)).text


def style(key, name, more=""):
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'


BASED = '<w:basedOn w:val="{}"/>'
OUTLINE = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'


@pytest.mark.parametrize(
    ("styles", "line"),
    [
        ("", "Words"),
        (style("S", "heading 1"), "# Words"),
        (style("S", "heading 6"), "###### Words"),
        (style("S", "heading 9"), "###### Words"),
        (style("S", "Heading 3"), "### Words"),
        (style("S", "Überschrift 2"), "## Words"),
        (style("S", "Titre 2"), "## Words"),
        (style("S", "Заголовок 4"), "#### Words"),
        (style("S", "見出し 1"), "# Words"),
        (style("S", "Title"), "# Words"),
        (style("S", "Titre"), "# Words"),
        (style("S", "Department section", OUTLINE.format(1)), "## Words"),
        (style("S", "Mine", BASED.format("H")) + style("H", "heading 2"), "## Words"),
        (
            style("S", "Not", BASED.format("H") + OUTLINE.format(9)) + style("H", "heading 2"),
            "Words",
        ),
        (
            style("S", "Mine", BASED.format("T")) + style("T", "Mine too", BASED.format("S")),
            "Words",
        ),
        (style("S", "Mine", BASED.format("S")), "Words"),
        (style("S", "Mine", BASED.format("Nowhere")), "Words"),
        (style("S", "Quote"), "> Words"),
        (style("S", "Intense Quote"), "> Words"),
        (style("S", "Zitat"), "> Words"),
        (style("S", "Mine", "<w:rPr><w:b/></w:rPr>"), "**Words**"),
        (
            style("S", "Mine", BASED.format("B")) + style("B", "B", "<w:rPr><w:b/></w:rPr>"),
            "**Words**",
        ),
        (style("S", "Subtitle", "<w:rPr><w:i/></w:rPr>"), "Words"),
        (style("S", "caption", "<w:rPr><w:b/><w:i/></w:rPr>"), "Words"),
        (style("S", "Quote", "<w:rPr><w:i/></w:rPr>"), "> Words"),
        (style("S", "heading 1", "<w:rPr><w:b/></w:rPr>"), "# Words"),
        (style("S", "heading x", "<w:pPr><w:outlineLvl w:val='x'/></w:pPr>"), "Words"),
    ],
)
def test_a_paragraph_is_what_its_style_says(styles, line):
    assert text_of(styled("S", "Words"), styles=styles) == f"{line}\n"


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("Heading2", "## Words"),
        ("Title", "# Words"),
        ("berschrift1", "Words"),
        ("Quote", "> Words"),
    ],
)
def test_a_style_that_the_file_does_not_define_is_known_by_its_key(key, line):
    assert text_of(styled(key, "Words")) == f"{line}\n"


def test_a_paragraph_may_have_an_outline_level_of_its_own():
    level = '<w:outlineLvl w:val="{}"/>'
    assert text_of(paragraph(run("A"), level.format(2))) == "### A\n"
    body = paragraph(run("A"), f'<w:pStyle w:val="Heading1"/>{level.format(9)}')
    assert text_of(body) == "A\n"


def test_below_a_title_headings_are_one_level_deeper():
    body = styled("Title", "Belgium") + styled("Heading1", "Goals") + styled("Heading6", "Deep")
    assert text_of(body) == "# Belgium\n\n## Goals\n\n###### Deep\n"


def test_what_stands_above_the_title_is_in_bold_nowhere():
    above = paragraph(run("Country brief", BOLD))
    assert text_of(above + styled("Title", "A")) == "Country brief\n\n# A\n"
    table = f"<w:tbl><w:tr><w:tc>{above}</w:tc><w:tc>{above}</w:tc></w:tr></w:tbl>"
    text = text_of(table + styled("Title", "A"))
    assert text == "| Country brief | Country brief |\n| --- | --- |\n\n# A\n"
    assert text_of(above + styled("Heading1", "A")) == "**Country brief**\n\n# A\n"


def test_a_title_of_two_paragraphs_is_one_line():
    body = styled("Title", "Belgium:") + styled("Title", "an analysis") + plain("a")
    assert text_of(body) == "# Belgium: an analysis\n\na\n"


def test_a_title_below_a_heading_moves_nothing():
    assert text_of(styled("Heading1", "Goals") + styled("Title", "B")) == "# Goals\n\n# B\n"


def test_the_default_style_is_that_of_a_paragraph_without_one():
    default = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
    assert text_of(plain("A"), styles=f"{default}<w:rPr><w:b/></w:rPr></w:style>") == "**A**\n"


def test_a_heading_has_no_bold_and_no_line_breaks():
    body = paragraph(
        f"{run('1. Big', BOLD)}<w:r><w:br/></w:r>{run(' goals')}", '<w:pStyle w:val="Heading1"/>'
    )
    assert text_of(body) == "# 1. Big  goals\n"


def test_a_heading_without_words_is_none():
    assert text_of(styled("Heading1", " ") + plain("A")) == "A\n"


def test_a_line_in_bold_stays_one():
    assert text_of(paragraph(run("Needs:", BOLD)) + plain("A")) == "**Needs:**\n\nA\n"


def test_quotes_side_by_side_are_one():
    assert text_of(styled("Quote", "A") + styled("Quote", "B") + plain("C")) == "> A\n>\n> B\n\nC\n"


def test_contents_headers_and_footers_are_left_out():
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    told = '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    body = (
        styled("TOCHeading", "Contents")
        + paragraph(field.format("begin") + told + field.format("separate") + run("1 Goals 3"))
        + paragraph(run("2 Needs 4") + field.format("end"), '<w:pStyle w:val="TOC1"/>')
        + plain("Text")
    )
    styles = style("TOCHeading", "TOC Heading", BASED.format("H1")) + style("H1", "heading 1")
    header = {"word/header1.xml": "<w:hdr/>"}
    found = markdown_of(word(body, styles=styles, more=header))
    assert found.text == "Text\n"
    assert found.remarks == ("The table of contents was left out.",)


def test_contents_in_a_control_are_left_out_and_other_controls_are_text():
    def control(inside, gallery=""):
        part = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>'
        properties = f"<w:sdtPr>{part if gallery else ''}</w:sdtPr>"
        return f"<w:sdt>{properties}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    body = control(plain("Goals 3"), "Table of Contents") + control(
        paragraph(control(run("In control")))
    )
    found = markdown_of(word(body))
    assert found.text == "In control\n"
    assert found.remarks == ("The table of contents was left out.",)


def test_a_file_without_text_is_refused():
    with pytest.raises(Exception, match="There is no text in the Word file"):
        markdown_of(word(plain(" ")))
