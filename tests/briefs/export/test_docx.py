import hashlib
import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from PIL import Image

from briefs.document.look import House, Look, Paper
from briefs.document.tree import AnswerNode, EditionMark, PartNode, PictureNode, TextState
from briefs.export.docx.write import write_docx
from tests.briefs.export.documents import CLEARED, make_document, make_section
from tests.briefs.export.word import (
    WP,
    W,
    opened,
    paragraphs_of,
    part_of,
    parts_of,
    style_of,
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


def picture(width: int, height: int, kind: str = "PNG") -> PictureNode:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(stream, kind)
    content = stream.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    return PictureNode(sha256, f"image/{kind.lower()}", width, height, content)


@pytest.fixture(scope="module")
def rich() -> bytes:
    return write_docx(make_document(RICH))


@pytest.fixture(scope="module")
def working() -> bytes:
    return write_docx(make_document())


def styled(content: bytes, style: str) -> list[str]:
    return [one.text for one in opened(content).paragraphs if one.style.name == style]


def test_docx_names_its_headings_and_text_by_the_styles_that_word_knows(working):
    said = [(one.style.name, one.text) for one in opened(working).paragraphs if one.text]
    body = said[said.index(("Heading 1", "Preface")) :]
    assert body == [
        ("Heading 1", "Preface"),
        ("Body Text", "Relations are close."),
        ("Heading 1", "Goals"),
        ("Heading 2", "Needs"),
        ("Heading 3", "Past"),
        ("List Bullet", "Steel"),
        ("List Bullet", "Coal"),
        ("Heading 3", "Future"),
        ("Body Text", "Not known: no figures yet."),
        ("Heading 2", "Health"),
        ("Editorial Note", "Nothing is written here yet."),
        ("Heading 1", "Clearance"),
        ("Body Text", "1 of 3 sections are approved as they stand here."),
    ]
    assert styled(working, "Title") == ["Belgium"]
    assert styled(working, "Subtitle") == ["Kingdom of Belgium"]


@pytest.mark.parametrize(
    "name",
    [
        *("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Quote", "Caption"),
        *("List Bullet", "List Bullet 2", "List Number", "List Number 3", "Header", "Footer"),
        *("footnote text", "footnote reference", "toc 1", "toc 2", "Brief Table", "Hyperlink"),
    ],
)
def test_docx_has_the_style(working, name):
    assert name in [style.name for style in opened(working).styles]


def numbers_of(content: bytes) -> list[tuple[str, str]]:
    """The number that Word counts for each heading, with its words."""
    numbering = part_of(content, "numbering")
    starts = {
        one.get(f"{W}numId"): {
            override.get(f"{W}ilvl"): override.find(f"{W}startOverride").get(f"{W}val")
            for override in one.iter(f"{W}lvlOverride")
        }
        for one in numbering.iter(f"{W}num")
    }
    counts, begun, found = [0, 0], set(), []
    for paragraph in part_of(content, "document").iter(f"{W}p"):
        style = style_of(paragraph)
        if style not in ("Heading1", "Heading2"):
            continue
        level = int(style[-1]) - 1
        own = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        count = "1" if own is None else own.get(f"{W}val")
        if count == "0":
            found.append(("", words_in(paragraph)))
            continue
        for each, start in starts[count].items():
            if (count, each) not in begun and int(each) <= level:
                begun.add((count, each))
                counts[int(each)] = int(start) - (int(each) == level)
        counts[level] += 1
        if level == 0:
            counts[1] = 0
        found.append((".".join(map(str, counts[: level + 1])), words_in(paragraph)))
    return found


def test_docx_counts_headings_as_the_tree_does(working):
    assert numbers_of(working) == [
        ("", "Preface"),
        ("1", "Goals"),
        ("1.1", "Needs"),
        ("1.2", "Health"),
        ("", "Clearance"),
    ]


def test_docx_of_some_sections_keeps_their_numbers():
    def section(number: str):
        return make_section(f"p/{number}", f"S{number}", AnswerNode("b", "", "x"), number=number)

    content = write_docx(
        make_document(
            parts=(
                PartNode("p2", 2, "P2", (section("2.3"), section("2.4"))),
                PartNode("p3", 3, "P3", (section("3.1"), section("3.7"))),
                PartNode("p4", 4, "P4", (section("4.1"),)),
                PartNode("p9", 9, "P9", (section("annex"),)),
            )
        )
    )
    assert numbers_of(content)[:-2] == [
        ("2", "P2"),
        ("2.3", "S2.3"),
        ("2.4", "S2.4"),
        ("3", "P3"),
        ("3.1", "S3.1"),
        ("3.7", "S3.7"),
        ("4", "P4"),
        ("4.1", "S4.1"),
        ("9", "P9"),
    ]
    assert numbers_of(content)[-2] == ("", "annex\tSannex")


def test_docx_links_its_numbers_to_the_heading_styles(working):
    shape = part_of(working, "numbering").find(f"{W}abstractNum")
    linked = [
        (level.find(f"{W}pStyle").get(f"{W}val"), level.find(f"{W}lvlText").get(f"{W}val"))
        for level in shape.findall(f"{W}lvl")[:2]
    ]
    assert linked == [("Heading1", "%1"), ("Heading2", "%1.%2")]


def test_docx_contents_are_filled_and_lead_to_the_headings(working):
    document = part_of(working, "document")
    contents = document.find(f"{W}body/{W}sdt")
    lines = [words for style, words in paragraphs_of(contents) if style.startswith("TOC")]
    assert [re.sub(r"\t\d+$", "\t#", line) for line in lines] == [
        "Contents",
        "Preface\t#",
        "1\tGoals\t#",
        "1.1\tNeeds\t#",
        "1.2\tHealth\t#",
        "Clearance\t#",
    ]
    targets = [one.get(f"{W}anchor", "") for one in contents.iter(f"{W}hyperlink")]
    bookmarks = {one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")}
    codes = "".join(one.text for one in contents.iter(f"{W}instrText"))
    assert set(targets) <= bookmarks
    assert all(f"PAGEREF {target} " in codes for target in targets)
    assert "TOC " in codes


def test_docx_asks_nothing_when_it_is_opened(working):
    everything = b"".join(parts_of(working).values())
    assert b"updateFields" not in everything
    assert b"w:dirty" not in everything


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
    logo = picture(400, 100)
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
    content = write_docx(make_document(RICH, look=Look(paper=paper)))
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
    assert runs["typed"].font.name == "Consolas"


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
    assert "_Note1" in [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]


def test_docx_says_a_note_within_a_note_behind_it():
    content = write_docx(make_document("a[^1] b[^2]\n\n[^1]: outer[^2]\n\n[^2]: inner[^1]"))
    notes = part_of(content, "footnotes").findall(f"{W}footnote")[2:]
    said = [[words.strip() for _style, words in paragraphs_of(one)] for one in notes]
    assert said == [["outer[2]", "[2] inner1"]]
    assert "b[2]" in styled(content, "Body Text")[0]


def test_docx_shows_pictures_with_their_description_within_the_text():
    wide, small = picture(3000, 300), picture(40, 40, "JPEG")
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
    assert [alt for alt, _width in shown] == ["A wide map", "Dot", "Dot again", "In a cell"]
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


@pytest.mark.parametrize(
    ("tag", "expected"), [("pt-BR", "pt-BR"), ("fr", "fr-FR"), ("sw", "sw"), ("?", "en-GB")]
)
def test_docx_names_the_language_of_its_text(tag, expected):
    language = part_of(write_docx(make_document(language=tag)), "styles").find(f".//{W}lang")
    assert language.get(f"{W}val") == expected


def test_docx_says_what_it_is(working):
    said = opened(working).core_properties
    assert (said.title, said.author) == ("Belgium", "Ada Author; Ben Author")
    assert said.modified == datetime(2025, 11, 20, 12, tzinfo=UTC)


def test_docx_of_an_undated_brief_says_no_date():
    content = write_docx(make_document(date=None, modified_at=None))
    assert b"dcterms" not in parts_of(content)["docProps/core.xml"].replace(b"xmlns:dcterms", b"")


def test_docx_of_the_same_document_has_the_same_bytes(working):
    assert write_docx(make_document()) == working
    with zipfile.ZipFile(io.BytesIO(working)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_docx_of_the_same_document_has_the_same_bytes_in_another_process(working, tmp_path):
    script = (
        "import sys, django; django.setup()\n"
        "from briefs.export.docx.write import write_docx\n"
        "from tests.briefs.export.documents import make_document\n"
        "sys.stdout.buffer.write(write_docx(make_document()))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env={
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CHANCERY_TEST_FOLDER": str(tmp_path),
            "TZ": "Pacific/Auckland",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "7",
        },
        capture_output=True,
        check=True,
    )
    assert run.stdout == working


def test_docx_leaves_out_text_without_a_place(working):
    assert "stray line" not in words_in(part_of(working, "document"))


def test_docx_says_why_a_text_was_released_that_was_not_clear():
    section = make_section(
        "goals/needs", "Needs", AnswerNode("body", "", "Words."), number="1.1", clearance=CLEARED
    )
    section = replace(section, released_because="The visit is tomorrow.")
    content = write_docx(make_document(parts=(PartNode("goals", 1, "Goals", (section,)),)))
    [note] = styled(content, "Editorial Note")
    assert "The visit is tomorrow." in note
