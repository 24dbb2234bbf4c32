"""Code of a Word file, which its style says."""

import pytest

from briefs.importing.docx.conversion import markdown_of
from tests.briefs.importing.docx.word_files import paragraph, plain, read_blocks, run, styled, word

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Code"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Pre"><w:name w:val="HTML Preformatted"/></w:style>'
)


def text_of(body: str) -> str:
    return markdown_of(word(body, styles=STYLES)).text


@pytest.mark.parametrize("style", ["Code", "Pre"])
def test_code_that_takes_several_paragraphs_is_one_block(style):
    body = plain("Before") + styled(style, "if x:") + styled(style, "    *y*") + plain("After")
    assert text_of(body) == "Before\n\n```\nif x:\n    *y*\n```\n\nAfter\n"


def test_a_fence_is_longer_than_any_in_the_code():
    [block] = read_blocks(text_of(styled("Code", "````\nx")))
    assert (block["kind"], block["text"].strip()) == ("code", "```` x")


def test_code_within_an_item_stays_in_it():
    style = '<w:pStyle w:val="Code"/>'
    item = styled("ListBullet", "one")
    [points] = read_blocks(
        text_of(
            item
            + paragraph(run("code"), style + '<w:ind w:left="360"/>')
            + item.replace("one", "2")
        )
    )
    assert [[each["kind"] for each in point] for point in points["items"]] == [
        ["paragraph", "code"],
        ["paragraph"],
    ]


def test_a_paragraph_in_bold_stays_text_as_code_has_no_marks():
    body = paragraph(run("x", "<w:b/>"), '<w:pStyle w:val="Code"/>')
    assert text_of(body) == "**x**\n"
