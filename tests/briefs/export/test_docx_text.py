"""What people wrote, as Word's own paragraphs, lists, tables and notes."""

from dataclasses import replace

import pytest

from briefs.document.tree import AnswerNode, PartNode
from briefs.export.docx.write import write_docx
from tests.briefs.export.documents import make_document, make_picture, make_section
from tests.briefs.export.word import (
    WP,
    W,
    opened,
    paragraphs_of,
    part_of,
    parts_of,
    styled,
    words_in,
)

RICH = (
    "A *word* and **two**, [a link](https://example.org/a?b=1&c=2).[^1] Again.[^1]\n\n"
    "- one\n  - deeper\n    - deepest\n- two\n\n3. third\n4. fourth\n\n> quoted\n\n"
    "| Year | Exports |\n|---|--:|\n| 2024 | 55[^2] |\n\n```\ncode\n  more\n```\n\n"
    "`typed` and ~~struck~~,\\\nafter a break\n\n***\n\n"
    "![Map of the port](map.png)\n\n"
    "[^1]: The source.\n\n    - and a list\n\n[^2]: In a table."
)


@pytest.fixture(scope="module")
def rich() -> bytes:
    return write_docx(make_document(RICH))


@pytest.fixture(scope="module")
def working() -> bytes:
    return write_docx(make_document())


def test_docx_lists_are_words_own(rich):
    found = {}
    for paragraph in opened(rich).paragraphs:
        own = paragraph._p.pPr.numPr
        if own is not None and paragraph.style.name.startswith("List"):
            found[paragraph.text] = (paragraph.style.name, own.ilvl.val, own.numId.val)
    assert found["one"] == ("List Bullet", 0, 2)
    assert found["deeper"] == ("List Bullet 2", 1, 2)
    assert found["deepest"] == ("List Bullet 3", 2, 2)
    style, level, count = found["third"]
    assert (style, level) == ("List Number", 0)
    assert found["fourth"][2] == count
    [start] = [
        one.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")
        for one in part_of(rich, "numbering").iter(f"{W}num")
        if one.get(f"{W}numId") == str(count)
    ]
    assert start == "3"


def test_docx_marks_words_as_they_were_marked(rich):
    texts = [one for one in opened(rich).paragraphs if one.style.name == "Body Text"]
    runs = {run.text: run for one in texts for run in one.runs}
    assert runs["word"].italic
    assert runs["two"].bold
    assert runs["struck"].font.strike
    assert runs["typed"].style.name == "Inline Code"
    assert runs["typed"].style.font.name == "Consolas"


def test_docx_has_quotes_code_and_breaks(rich):
    assert styled(rich, "Quote") == ["quoted"]
    assert styled(rich, "Code") == ["code\n  more"]
    assert "typed and struck,\nafter a break" in styled(rich, "Body Text")


def test_docx_tables_repeat_their_head_and_keep_their_sides(rich):
    table = opened(rich).tables[2]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Year", "Exports"],
        ["2024", "55"],
    ]
    heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert heads == [True, False]
    assert table.style.name == "Brief Table"
    assert str(table.rows[1].cells[1].paragraphs[0].alignment) == "RIGHT (2)"


def test_docx_links_lead_where_they_led(rich):
    [link] = next(one for one in opened(rich).paragraphs if "a link" in one.text).hyperlinks
    assert (link.text, link.address) == ("a link", "https://example.org/a?b=1&c=2")


def test_docx_notes_are_words_own_wherever_they_stand(rich):
    notes = part_of(rich, "footnotes").findall(f"{W}footnote")[2:]
    said = [[words.strip() for _style, words in paragraphs_of(one)] for one in notes]
    assert said == [["The source.", "and a list"], ["In a table."]]
    references = [
        one.get(f"{W}id") for one in part_of(rich, "document").iter(f"{W}footnoteReference")
    ]
    assert references == ["1", "2"]


def test_docx_refers_to_a_note_twice_without_repeating_it(rich):
    document = part_of(rich, "document")
    codes = [one.text.strip() for one in document.iter(f"{W}instrText") if "NOTEREF" in one.text]
    assert codes == [r"NOTEREF _Note1 \f \h"]
    assert "_Note1" in [one.get(f"{W}name", "") for one in document.iter(f"{W}bookmarkStart")]


def test_docx_says_a_note_within_a_note_behind_it():
    content = write_docx(make_document("a[^1] b[^2]\n\n[^1]: outer[^2]\n\n[^2]: inner[^1]"))
    notes = part_of(content, "footnotes").findall(f"{W}footnote")[2:]
    said = [[words.strip() for _style, words in paragraphs_of(one)] for one in notes]
    assert said == [["outer[2]", "[2] inner1"]]
    assert "b[2]" in styled(content, "Body Text")[0]


def test_docx_shows_pictures_with_their_description_within_the_text():
    wide, small = make_picture(3000, 300), make_picture(40, 40, "JPEG")
    text = (
        f"![A wide map](picture:{wide.sha256}) ![Dot](picture:{small.sha256}) "
        f"![Dot again](picture:{small.sha256})\n\n![Lost](picture:{'0' * 64})\n\n"
        f"| a |\n|---|\n| ![In a cell](picture:{wide.sha256}) |\n\n"
        f"x[^1]\n\n[^1]: ![In a note](picture:{small.sha256})"
    )
    content = write_docx(make_document(text, pictures=(wide, small)))
    shown = [
        (one.find(f"{WP}docPr").get("descr"), one.find(f"{WP}extent").get("cx"))
        for one in part_of(content, "document").iter(f"{WP}inline")
    ]
    section = opened(content).sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    in_sources = "In a note"
    assert [alt for alt, _width in shown] == [
        *("A wide map", "Dot", "Dot again", "In a cell"),
        in_sources,
    ]
    assert int(shown[0][1]) == room
    assert int(shown[1][1]) == 40 * 9525
    assert int(shown[3][1]) < room
    assert "[Lost]" in words_in(part_of(content, "document"))
    parts = parts_of(content)
    media = {name: part for name, part in parts.items() if name.startswith("word/media/")}
    assert sorted(media.values()) == sorted([wide.content, small.content])
    assert b"media/" in parts["word/_rels/footnotes.xml.rels"]


def test_docx_says_which_way_texts_run():
    text = "العلاقات وثيقة مع NATO منذ 1949.\n\nThe word سلام means peace, שלום too."
    content = write_docx(make_document(text))
    arabic, english = [one for one in opened(content).paragraphs if one.style.name == "Body Text"][
        :2
    ]
    assert arabic._p.pPr.find(f"{W}bidi") is not None
    assert english._p.pPr.find(f"{W}bidi") is None
    sides = [(run.text, bool(run.font.rtl)) for run in arabic.runs]
    assert sides == [
        ("العلاقات وثيقة مع ", True),
        ("NATO", False),
        (" منذ 1949.", True),
    ]
    [hebrew] = [run for run in english.runs if run.text == "שלום"]
    assert hebrew._r.rPr.find(f"{W}lang").get(f"{W}bidi") == "he-IL"
    assert [run.text for run in english.runs if run.font.rtl] == ["سلام", "שלום"]


def test_docx_of_an_arabic_brief_is_mirrored():
    text = "| السنة | الصادرات |\n|---|--:|\n| 2024 | 55 |"
    content = write_docx(make_document(text, language="ar", title="بلجيكا"))
    document = part_of(content, "document")
    assert document.find(f".//{W}sectPr/{W}bidi") is not None
    assert all(
        table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in document.iter(f"{W}tbl")
    )
    cell = next(one for one in document.iter(f"{W}p") if words_in(one) == "الصادرات")
    # Word means the other side by it in a paragraph from right to left.
    assert cell.find(f"{W}pPr/{W}jc").get(f"{W}val") == "left"
    language = part_of(content, "styles").find(f".//{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}bidi") == "ar-SA"


def test_docx_keeps_a_title_from_left_to_right_in_order_among_others():
    made = make_document(language="ar")
    assert styled(write_docx(made), "Heading 2") == ["\u200eNeeds\u200e", "\u200eHealth\u200e"]
    assert "Needs" in styled(write_docx(replace(made, language="en")), "Heading 2")


@pytest.mark.parametrize(
    ("tag", "text", "complex_text"),
    [
        ("pt-BR", "pt-BR", "ar-SA"),
        ("pt", "pt-PT", "ar-SA"),
        ("fr", "fr-FR", "ar-SA"),
        ("sw", "sw-KE", "ar-SA"),
        ("sr-Latn", "sr-Latn-RS", "ar-SA"),
        ("hi", "hi-IN", "hi-IN"),
        ("th", "th-TH", "th-TH"),
        ("fa", "en-GB", "fa-IR"),
        ("ckb", "en-GB", "ckb-IQ"),
        ("ja", "en-GB", "ar-SA"),
        ("xx", "xx", "ar-SA"),
        ("?", "en-GB", "ar-SA"),
    ],
)
def test_docx_names_the_language_of_its_text(tag, text, complex_text):
    language = part_of(write_docx(make_document(language=tag)), "styles").find(f".//{W}lang")
    assert language.get(f"{W}val") == text
    assert language.get(f"{W}bidi") == complex_text


@pytest.mark.parametrize(
    ("tag", "language", "font"),
    [
        ("zh", "zh-CN", "Microsoft YaHei"),
        ("zh-Hant", "zh-TW", "Microsoft JhengHei"),
        ("zh-HK", "zh-HK", "Microsoft JhengHei"),
        ("ja", "ja-JP", "Yu Gothic"),
        ("ko", "ko-KR", "Malgun Gothic"),
        ("fr", None, "Microsoft YaHei"),
    ],
)
def test_docx_names_a_font_for_chinese_characters(tag, language, font):
    runs = part_of(write_docx(make_document(language=tag)), "styles").find(f".//{W}rPrDefault")
    assert runs.find(f".//{W}rFonts").get(f"{W}eastAsia") == font
    assert runs.find(f".//{W}lang").get(f"{W}eastAsia") == language


def test_docx_lists_its_sources_each_once_with_the_sections_that_cite_them():
    note = "x[^1]\n\n[^1]: *Trade figures*, [2025](https://example.org).\n\n    Second paragraph."
    parts = (
        PartNode(
            "p",
            1,
            "Part",
            (
                make_section("p/a", "A", AnswerNode("b", "", note), number="1.1"),
                make_section("p/b", "B", AnswerNode("b", "", note), number="1.2"),
                make_section("p/c", "C", AnswerNode("b", "", "x[^1]\n\n[^1]: More."), number="1.3"),
            ),
        ),
    )
    content = write_docx(make_document(parts=parts))
    said = [(one.style.name, one.text) for one in opened(content).paragraphs]
    at = said.index(("Heading 1", "Sources"))
    assert said[at + 1 : at + 5] == [
        ("List Number", "Trade figures, 2025. (1.1, 1.2)"),
        ("List Continue", "Second paragraph."),
        ("List Number", "More. (1.3)"),
        ("Heading 1", "Clearance"),
    ]
    lines = paragraphs_of(part_of(content, "document"))
    assert any(style == "TOC1" and words.startswith("Sources\t") for style, words in lines)


def test_docx_without_notes_has_no_sources(working):
    assert "Sources" not in words_in(part_of(working, "document"))


def test_docx_leaves_the_room_below_a_list_after_its_last_line():
    content = write_docx(make_document("1. First\n2. Second\n   - deeper\n\nAfter."))
    spaces = {
        words_in(one): one.find(f"{W}pPr/{W}spacing") is not None
        for one in part_of(content, "document").iter(f"{W}p")
    }
    assert [spaces[words] for words in ("First", "Second", "deeper")] == [False, False, True]


def test_docx_sets_a_picture_that_stands_alone_in_the_middle():
    picture = make_picture(40, 30)
    shown = f"![Port](picture:{picture.sha256})"
    content = write_docx(make_document(f"{shown}\n\nIn {shown} a line.", pictures=(picture,)))
    sides = [
        one.find(f"{W}pPr/{W}jc") is not None
        for one in part_of(content, "document").iter(f"{W}p")
        if one.find(f".//{WP}docPr") is not None
    ]
    assert sides == [True, False]


def test_docx_sets_a_table_of_many_columns_in_tiny_letters_close_to_each_other():
    def table(columns: int) -> bytes:
        rows = ["| a " * columns, "|---" * columns, "| 12.5 " * columns]
        return write_docx(make_document("\n".join(f"{row}|" for row in rows)))

    assert f"{W}tblCellMar" not in {one.tag for one in part_of(table(10), "document").iter()}
    assert f"{W}tblCellMar" in {one.tag for one in part_of(table(25), "document").iter()}
    assert ("TableTextTiny", "12.5") in paragraphs_of(part_of(table(25), "document"))
    assert opened(table(25)).styles["Table Text Tiny"].font.size.pt == 5.5
