"""Whatever is typed into Word says the same once it is Markdown, wherever it stands."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefs.importing.docx.conversion import markdown_of
from briefs.importing.lines import BlockKind, blocks_of
from tests.briefs.document.markdownish import LINE
from tests.briefs.importing.docx.word_files import paragraph, read_blocks, run, word

_XML = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t"
)
_SIGNS = st.text(st.sampled_from("*_`[](){}<>#+-.!|~^&;:=\\/ab1 \t\u00a0"), max_size=30)
WORDS = st.one_of(_SIGNS, st.text(_XML, max_size=40), LINE).map(
    lambda text: (
        "".join(each for each in text if each == "\t" or each.isprintable() or each > "~")
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )
)
SETTINGS = st.sampled_from(
    ["", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:strike/>", "<w:b/><w:dstrike/>"]
)
RUNS = st.lists(st.tuples(WORDS, SETTINGS), min_size=1, max_size=6)


def shown(text):
    """Words as they are read: with blanks for tabs, and none at the ends."""
    return unicodedata.normalize("NFC", text.replace("\t", " ").strip()).strip()


def words_of(inlines):
    return "".join(
        each if isinstance(each, str) else each.get("text") or words_of(each.get("inlines", []))
        for each in inlines
    )


def converted(content, **parts):
    return markdown_of(word(content + paragraph(run("End")), **parts)).text


def of_one_paragraph(text):
    *before, end = read_blocks(text)
    assert end == {"kind": "paragraph", "inlines": ["End"]}
    return before


@settings(max_examples=500)
@given(RUNS)
@example([("a", "<w:b/>"), ("b", "<w:i/>")])
@example([("---", "")])
@example([("[a](http://x.y)", "")])
@example([("# a", "<w:b/>")])
def test_a_paragraph_says_the_same(runs):
    text = converted(paragraph("".join(run(*each) for each in runs)))
    meant = shown("".join(words for words, _setting in runs))
    if not meant:
        assert text == "End\n"
        return
    [block] = of_one_paragraph(text)
    assert block["kind"] == "paragraph"
    assert words_of(block["inlines"]) == meant
    kinds = [each.kind for each in blocks_of(text.split("\n"), 0, text.count("\n"))]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


@given(WORDS, WORDS)
@example("a", "b")
@example("1.", "- x")
def test_lines_of_one_paragraph_say_the_same(one, two):
    text = converted(paragraph(f"{run(one)}<w:r><w:br/></w:r>{run(two)}"))
    lines = [shown(each) for each in (one, two) if shown(each)]
    if not lines:
        assert text == "End\n"
        return
    [block] = of_one_paragraph(text)
    broken = [{"kind": "break"}] if len(lines) == 2 else []
    assert block["kind"] == "paragraph"
    assert [each for each in block["inlines"] if not isinstance(each, str)] == broken
    assert "".join(each for each in block["inlines"] if isinstance(each, str)) == "".join(lines)


@given(WORDS)
@example("C #")
@example("1. Overview")
@example("Why *this*?")
def test_a_heading_says_the_same(words):
    text = converted(paragraph(run(words), '<w:outlineLvl w:val="1"/>'))
    blocks = blocks_of(text.split("\n"), 0, text.count("\n"))
    if not shown(words):
        assert text == "End\n"
        return
    assert (blocks[0].kind, blocks[0].level) == (BlockKind.HEADING, 2)
    [block] = read_blocks(f"x {blocks[0].text}")
    assert words_of(block["inlines"]) == f"x {shown(words)}"


@given(WORDS)
@example("# a")
@example("- a")
def test_a_point_and_a_quote_say_the_same(words):
    text = converted(
        paragraph(run(words), '<w:pStyle w:val="ListBullet"/>')
        + paragraph(run(words), '<w:pStyle w:val="Quote"/>')
    )
    if not shown(words):
        assert text == "End\n"
        return
    points, quote = of_one_paragraph(text)
    [[point]] = points["items"]
    [quoted] = quote["blocks"]
    assert points["kind"] == "bullet_list"
    assert words_of(point["inlines"]) == words_of(quoted["inlines"]) == shown(words)


@given(WORDS, WORDS)
@example("a|b", "\\|")
@example("---", ":-:")
def test_a_table_says_the_same(one, two):
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(run(each))}</w:tc>" for each in row) + "</w:tr>"
        for row in (("One", one), ("Two", two), (two, one))
    )
    [table] = of_one_paragraph(converted(f"<w:tbl>{rows}</w:tbl>"))
    found = [[words_of(cell) for cell in row] for row in (table["head"], *table["rows"])]
    assert found == [
        ["One", shown(one)],
        ["Two", shown(two)],
        [shown(two), shown(one)],
    ]


@given(WORDS, WORDS)
@example("(b)", ": c")
@example("!", "# d")
def test_a_note_says_the_same(after, words):
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    text = converted(
        paragraph(mark + run(after)),
        footnotes=f'<w:footnote w:id="2">{paragraph(run(words))}</w:footnote>',
    )
    if not shown(words):
        return
    [block] = of_one_paragraph(text)
    note, *others = block["inlines"]
    [noted] = note["blocks"]
    assert words_of(noted["inlines"]) == shown(words)
    assert words_of(others).strip() == shown(after)
