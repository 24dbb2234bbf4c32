"""Lines from side to side, as Word and other programs draw them."""

import pytest

from briefs.importing.docx.conversion import markdown_of
from tests.briefs.importing.docx.word_files import paragraph, plain, run, word


def text_of(middle: str) -> str:
    return markdown_of(word(plain("a") + middle + plain("b"))).text


def bordered(side: str, line: str, words: str = "") -> str:
    border = f'<w:pBdr><w:{side} w:val="{line}"/></w:pBdr>'
    return paragraph(run(words) if words else "", border)


@pytest.mark.parametrize("side", ["bottom", "top"])
def test_the_border_of_an_empty_paragraph_is_a_rule(side):
    assert text_of(bordered(side, "single")) == "a\n\n***\n\nb\n"


@pytest.mark.parametrize(
    "middle", [bordered("bottom", "nil"), bordered("bottom", "none"), bordered("left", "single")]
)
def test_another_border_or_none_is_no_rule(middle):
    assert text_of(middle) == "a\n\nb\n"


def test_a_border_of_words_is_no_rule():
    assert text_of(bordered("bottom", "single", "c")) == "a\n\nc\n\nb\n"


def test_a_shape_that_is_made_for_it_is_a_rule():
    shape = '<v:rect xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/>'
    assert text_of(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>") == "a\n\n***\n\nb\n"


def test_a_rule_in_a_cell_is_nothing():
    cell = f"<w:tc>{bordered('bottom', 'single')}{plain('c')}</w:tc><w:tc>{plain('d')}</w:tc>"
    result = markdown_of(word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    assert (result.text, result.remarks) == ("| c | d |\n| --- | --- |\n", ())
