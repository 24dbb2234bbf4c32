import pytest

from briefs.importing.docx.conversion import markdown_of
from tests.briefs.importing.docx.word_files import paragraph, plain, read_blocks, run, styled, word


def level(at, form, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}</w:lvl>'
    )


def definition(key, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def number(key, shared, more=""):
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{shared}"/>{more}</w:num>'


NUMBERING = (
    definition("1", level(0, "bullet"), level(1, "bullet"), level(2, "decimal"))
    + definition("2", level(0, "decimal"), level(1, "lowerLetter"), level(2, "none"))
    + definition("3", level(0, "decimal", start=4), level(1, "bullet"))
    + number("1", "1")
    + number("2", "2")
    + number("3", "3")
    + number("4", "2", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    + number("5", "2")
    + number("6", "2", f'<w:lvlOverride w:ilvl="0">{level(0, "bullet")}</w:lvlOverride>')
)


def point(text, key, at=0, properties=""):
    place = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{key}"/></w:numPr>'
    return paragraph(run(text, properties), place)


def text_of(body, numbering=NUMBERING, **parts):
    return markdown_of(word(body, numbering=numbering, **parts)).text


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ([("A", 1, 0), ("B", 1, 1), ("C", 1, 0)], "- A\n  - B\n- C\n"),
        ([("A", 2, 0), ("B", 2, 0), ("C", 2, 1)], "1. A\n2. B\n   1. C\n"),
        ([("A", 2, 0), ("B", 2, 1), ("C", 2, 0), ("D", 2, 1)], "1. A\n   1. B\n2. C\n   1. D\n"),
        ([("A", 3, 0), ("B", 3, 1), ("C", 3, 0)], "4. A\n   - B\n5. C\n"),
        ([("A", 1, 0), ("B", 1, 2)], "- A\n  1. B\n"),
        ([("A", 1, 2), ("B", 1, 0)], "1. A\n- B\n"),
        ([("A", 2, 0), ("B", 5, 0)], "1. A\n2. B\n"),
        ([("A", 2, 0), ("B", 4, 0), ("C", 4, 0)], "1. A\n1) B\n2) C\n"),
        ([("A", 1, 0), ("B", 3, 0)], "- A\n4. B\n"),
        ([("A", 2, 2)], "A\n"),
        ([("A", 6, 0)], "- A\n"),
        ([("A", 1, 99)], "- A\n"),
        ([("A", 77, 0)], "A\n"),
        ([("A", 0, 0)], "A\n"),
    ],
)
def test_points_stand_under_each_other_as_word_shows_them(points, text):
    assert text_of("".join(point(*each) for each in points)) == text


def test_a_deeper_list_that_begins_elsewhere_than_at_one_is_a_list_to_every_reader():
    more = definition("9", level(0, "bullet"), level(1, "decimal", start=3)) + number("9", "9")
    text = text_of(point("A", 9) + point("B", 9, 1), more)
    assert text == "- A\n\n  3. B\n"
    [[_a, inner]] = read_blocks(text)[0]["items"]
    assert (inner["kind"], inner["start"]) == ("ordered_list", 3)


def test_a_list_goes_on_counting_behind_a_paragraph():
    body = point("A", 2) + plain("Between") + point("B", 2)
    assert text_of(body) == "1. A\n\nBetween\n\n2. B\n"


def test_letters_become_numbers_and_that_is_said():
    found = markdown_of(word(point("A", 2) + point("B", 2, 1), numbering=NUMBERING))
    sentence = "1 point with a letter or Roman number has an Arabic number now."
    assert found.remarks == (sentence,)


def test_a_line_break_stays_within_its_point():
    body = paragraph(
        f"{run('A')}<w:r><w:br/></w:r>{run('- B')}", '<w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    assert text_of(body) == "- A  \n  \\- B\n"


def test_numbering_comes_from_a_style_and_its_level_too():
    styles = (
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Points"/><w:pPr><w:numPr>'
        '<w:numId w:val="8"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Deep"/>'
        '<w:basedOn w:val="P"/></w:style>'
    )
    numbering = number("8", "8") + definition(
        "8", level(0, "bullet"), level(1, "decimal", more='<w:pStyle w:val="Q"/>')
    )
    body = styled("P", "A") + styled("Q", "B")
    assert text_of(body, numbering, styles=styles) == "- A\n  1. B\n"
    taken_out = paragraph(run("C"), '<w:pStyle w:val="P"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert text_of(taken_out, numbering, styles=styles) == "C\n"


def test_a_further_paragraph_of_a_point_stays_in_it():
    styles = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="List Continue"/></w:style>'
    body = point("A", 1) + point("B", 1, 1) + styled("C", "# More") + point("D", 1) + plain("E")
    text = text_of(body, styles=styles)
    assert text == "- A\n  - B\n\n    # More\n- D\n\nE\n".replace("# More", "\\# More")
    [[_a, inner], _d] = read_blocks(text)[0]["items"]
    assert [each["kind"] for each in inner["items"][0]] == ["paragraph", "paragraph"]
    assert text_of(styled("C", "A"), styles=styles) == "A\n"


def test_styles_for_bullets_need_no_numbering():
    body = styled("ListBullet", "A") + styled("ListBullet2", "B") + styled("ListBullet", "C")
    assert markdown_of(word(body)).text == "- A\n  - B\n- C\n"


def test_a_definition_may_lead_through_a_list_style():
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = NUMBERING + definition("7", more='<w:numStyleLink w:val="L"/>') + number("7", "7")
    assert text_of(point("A", 7), numbering, styles=styles) == "1. A\n"


def test_definitions_that_lead_round_in_a_circle_are_none():
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr>'
        '<w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    )
    numbering = definition("7", more='<w:numStyleLink w:val="L"/>') + number("7", "7")
    assert text_of(point("A", 7), numbering, styles=styles) == "A\n"


def test_automatic_numbers_of_headings_are_no_text():
    heading = paragraph(
        run("Goals"), '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="2"/></w:numPr>'
    )
    assert text_of(heading) == "# Goals\n"
    bold = point("Needs", 2, 0, "<w:b/>")
    assert text_of(plain("A") + bold + plain("B")) == "A\n\n**Needs**\n\nB\n"
    assert text_of(bold + bold) == "1. **Needs**\n2. **Needs**\n"
    assert text_of(point("Needs", 1, 0, "<w:b/>")) == "- **Needs**\n"


def test_a_huge_number_is_cut_to_what_markdown_takes():
    numbering = definition("1", level(0, "decimal", start="9" * 30)) + number("1", "1")
    assert text_of(point("A", 1), numbering) == "999999999. A\n"
