import io
import re
import shutil
import subprocess
import sys
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from briefs.document.tree import (
    AnswerNode,
    Fact,
    PartNode,
    TextState,
)
from briefs.export.pdf.content import Book
from briefs.export.pdf.render import Rendered, render_book, render_pdf
from briefs.export.pdf.worker import PAGES
from tests.briefs.document.markdownish import TEXT
from tests.briefs.export.documents import make_document, make_section

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def opened(rendered: Rendered) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(rendered.pdf))


def pages_of(rendered: Rendered) -> list[str]:
    """The text of each page, as another program reads it, without invisible characters."""
    run = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"],
        input=rendered.pdf,
        capture_output=True,
        check=True,
    )
    text = "".join(c for c in run.stdout.decode() if unicodedata.category(c) != "Cf")
    return text.split("\f")[:-1]


def text_of(rendered: Rendered) -> str:
    return " ".join(" ".join(pages_of(rendered)).split())


def structure_of(pdf: pikepdf.Pdf) -> list[str]:
    """The types of all tagged elements in reading order, by their standard names."""
    names: list[str] = []
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})

    def walk(element) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            names.append(str(roles.get(str(element.S), element.S)))
            walk(element.get("/K"))

    walk(pdf.Root.StructTreeRoot.K)
    return names


@pytest.fixture(scope="module")
def working() -> Rendered:
    return render_pdf(make_document())


@pytest.fixture(scope="module")
def approved() -> Rendered:
    return render_pdf(make_document(text=TextState.APPROVED))


@pytest.fixture(scope="module")
def rich() -> Rendered:
    return render_pdf(
        make_document(
            "A *word* and **two**, [a link](https://example.org/a).[^1]\n\n"
            "- one\n  - deeper\n- two\n\n1. first\n2. second\n\n> quoted\n\n"
            "| Year | Exports |\n|---|--:|\n| 2024 | 55 |\n\n```\ncode\n```\n\n"
            "`typed` and ~~struck~~,\\\nafter a break\n\n***\n\n"
            "![Map of the port](map.png)\n\n[^1]: The source."
        )
    )


def test_pdf_says_that_it_is_tagged_and_in_which_language(working):
    with opened(working) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert "/StructTreeRoot" in pdf.Root


def test_pdf_has_its_title_in_the_window_and_in_the_metadata(working):
    with opened(working) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Belgium"
            assert metadata["dc:creator"] == ["Ada Author, Ben Author"]


def test_pdf_carries_both_conformance_marks(working):
    assert working.conformance == ("a-2a", "ua-1")
    with opened(working) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"


def test_pdf_of_rich_text_tags_what_it_is(rich):
    assert rich.conformance == ("a-2a", "ua-1")
    with opened(rich) as pdf:
        kinds = structure_of(pdf)
    for kind in ["/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/TOC", "/TOCI"]:
        assert kind in kinds
    for kind in ["/BlockQuote", "/Link", "/Note", "/Code"]:
        assert kind in kinds


def test_pdf_headings_skip_no_level(rich):
    with opened(rich) as pdf:
        levels = [int(kind[2]) for kind in structure_of(pdf) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pdf_bookmarks_carry_the_numbers_of_the_tree(working):
    with opened(working) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [
            item.title for item in next(i for i in outline.root if "Goals" in i.title).children
        ]
    assert titles == ["Contents", "Preface", "1 Goals", "Clearance"]
    assert below == ["1.1 Needs", "1.2 Health"]


def test_pdf_embeds_every_font(working):
    with opened(working) as pdf:
        fonts = [
            font.DescendantFonts[0].FontDescriptor
            for page in pdf.pages
            for font in page.Resources.Font.values()
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


@needs_pdftotext
def test_pdf_cover_holds_what_a_reader_asks_first(working):
    cover = pages_of(working)[0]
    for words in [
        "Country brief",
        "UNCLASSIFIED",
        "Belgium",
        "Kingdom of Belgium",
        "At a glance",
        "Brussels",
        "CB/2025/014",
        "24 November 2025",
        "Draft: working text",
        "Ada Author, Ben Author",
    ]:
        assert words in cover


@needs_pdftotext
def test_pdf_contents_name_the_page_on_which_a_section_stands(working):
    pages = pages_of(working)
    for title in ["Preface", "1.1\\s+Needs", "1.2\\s+Health", "Clearance"]:
        found = re.search(rf"^\s*{title}[ .]+(\d+)$", pages[1], re.MULTILINE)
        assert found
        assert re.search(rf"^\s*{title}$", pages[int(found[1]) - 1], re.MULTILINE)


@needs_pdftotext
def test_pdf_pages_carry_number_marking_and_running_section(working):
    pages = pages_of(working)
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "UNCLASSIFIED" in page
    assert re.search(r"Belgium +UNCLASSIFIED +DRAFT +Preface", pages[2])
    assert re.search(r"Belgium +UNCLASSIFIED +DRAFT +Clearance", pages[-1])


@needs_pdftotext
def test_pdf_of_working_text_is_marked_draft_on_every_page(working):
    assert all("DRAFT" in page for page in pages_of(working))


@needs_pdftotext
def test_pdf_of_approved_text_is_nowhere_marked_draft(approved):
    assert "draft" not in text_of(approved).lower()
    assert "Approved text" in pages_of(approved)[0]


@needs_pdftotext
def test_pdf_clearance_table_names_revision_approvers_and_date(working):
    page = pages_of(working)[-1]
    assert re.search(r"Section +Revision +Approved by +Date", page)
    assert re.search(r"1\.1 Needs +3 +Edith Editor, Emil Editor +5 October 2025", page)
    assert re.search(r"1\.2 Health +– +Not yet approved +–", page)
    assert "1 of 3 sections are approved as they stand here." in page


@needs_pdftotext
def test_pdf_says_where_nothing_is_written(working, approved):
    assert re.search(r"1\.2 Health Nothing is written here yet\.", text_of(working))
    assert re.search(r"1\.2 Health Not yet approved\.", text_of(approved))


@needs_pdftotext
def test_pdf_leaves_out_text_without_a_place(working):
    assert "stray line" not in text_of(working)


@needs_pdftotext
def test_pdf_shows_a_picture_by_its_description_and_a_note_on_its_page(rich):
    text = text_of(rich)
    assert "[Map of the port]" in text
    assert "The source." in pages_of(rich)[2]


MARKUP = r'#read("/etc/passwd") *bold* $x^2$ <a> @b \ // no = H <script>alert(1)</script> #panic()'


@needs_pdftotext
def test_pdf_shows_markup_of_any_kind_as_it_was_typed():
    rendered = render_pdf(
        make_document(
            f"```\n{MARKUP}\n```",
            title=f"T {MARKUP}",
            subject=f"S {MARKUP}",
            facts=(Fact(f"L {MARKUP}", f"V {MARKUP}"),),
            marking="#M *m*",
            parts=(
                PartNode(
                    "p",
                    1,
                    f"P {MARKUP}",
                    (
                        make_section(
                            "p/s", MARKUP, AnswerNode("a", f"A {MARKUP}", "x"), number="1.1"
                        ),
                    ),
                ),
            ),
        )
    )
    words = re.sub(r"\s", "", text_of(rendered))
    typed = re.sub(r"\s", "", MARKUP)
    assert words.count(typed) >= 6
    assert "root:" not in words


@needs_pdftotext
def test_pdf_replaces_what_no_font_draws_and_says_so():
    rendered = render_pdf(
        make_document("a\x00b\ud800c\ue000d \U00013000 \ufeff\u200b\u202ae", title="T\x00\ud800")
    )
    assert rendered.conformance == ("a-2a", "ua-1")
    assert rendered.replaced == ("\x00", "\ud800", "\ue000", "\ufffd", "\U00013000")
    assert "a□b□c□d □ e" in text_of(rendered)


@needs_pdftotext
def test_pdf_draws_other_scripts_and_mirrors_a_brief_in_persian():
    rendered = render_pdf(make_document("روابط نزدیک است.", language="fa", title="بلژیک"))
    assert rendered.replaced == ()
    assert rendered.conformance == ("a-2a", "ua-1")
    with opened(rendered) as pdf:
        assert str(pdf.Root.Lang) == "fa"
    page = pages_of(rendered)[1]
    assert re.search(r"^Page 2 of 4 ", page, re.MULTILINE)
    assert re.search(r" Contents$", page, re.MULTILINE)


@needs_pdftotext
def test_pdf_lets_no_long_word_run_off_the_page():
    word = "https://example.org/?" + "q" * 300
    rendered = render_pdf(
        make_document(
            f"Text {word}\n\n- {word}\n\n> {word}\n\n`{word}`",
            title="W" * 200,
            subject="S" * 200,
            facts=(Fact("L" * 80, "V" * 300),),
            text=TextState.APPROVED,
        )
    )
    run = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=rendered.pdf, capture_output=True, check=True
    )
    edges = [float(edge) for edge in re.findall(r'xMax="([0-9.]+)"', run.stdout.decode())]
    assert len(edges) > 100
    assert max(edges) < 595
    assert text_of(rendered).replace(" ", "").count("q" * 300) == 4


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("pt-BR", "pt-BR"), ("zh-Hant", "zh"), ("sr_Latn_RS", "sr-RS"), ("", "en"), ("?", "en")],
)
def test_pdf_language_is_always_a_valid_one(tag, expected):
    with opened(render_pdf(make_document(language=tag))) as pdf:
        assert str(pdf.Root.Lang) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a[^1] b[^1]\n\n[^1]:",
        "a[^1]\n\n[^1]: b[^2] c[^2]\n\n[^2]:",
        "a[^1] b[^2]\n\n[^1]:\n\n[^2]: c[^1]",
    ],
)
def test_pdf_is_made_with_a_note_that_says_nothing(text):
    assert render_pdf(make_document(text)).conformance == ("a-2a", "ua-1")


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * level + "- a\n" for level in range(30)),
        ">" * 40 + " a",
        "".join("  " * level + "- a\n\n" for level in range(12)),
        "*a **b " * 30 + "x" + "** c*" * 30,
        "".join(f"a[^{n}]\n\n[^{n}]: b[^{n + 1}]\n\n" for n in range(30)) + "[^30]: c",
        "a[^1] b[^1]\n\n[^1]: c[^1]",
        "| a[^1] | b |\n|---|---|\n" + "| x[^1] | b |\n" * 100 + "\n[^1]: c",
        "| *[a](https://a.example)* | b |\n|---|---|\n" + "| x | b |\n" * 100,
        "x" * 20_000,
        "[a](https://example.org/" + "x" * 9_000 + ")",
        "| " * 60 + "|\n" + "|-" * 60 + "|\n",
        "999999999. a\n\n- \n\n0. b",
    ],
    ids=range(12),
)
def test_pdf_of_odd_text_keeps_both_standards(text):
    assert render_pdf(make_document(text)).conformance == ("a-2a", "ua-1")


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
def test_pdf_of_any_text_keeps_both_standards(text):
    assert render_pdf(make_document(text)).conformance == ("a-2a", "ua-1")


def test_pdf_of_an_old_or_undated_brief_is_made(working):
    for day in [date(1, 1, 1), date(9999, 12, 31), None]:
        assert render_pdf(make_document(date=day, modified_at=None)).conformance == ("a-2a", "ua-1")


def test_pdf_of_the_same_document_has_the_same_bytes(working):
    render_pdf(make_document("Another text."), is_anew=True)
    assert render_pdf(make_document(), is_anew=True).pdf == working.pdf


def test_pdf_of_the_same_document_has_the_same_bytes_in_another_process(working, tmp_path):
    script = (
        "import sys, django; django.setup()\n"
        "from briefs.export.pdf.render import render_pdf\n"
        "from tests.briefs.export.documents import make_document\n"
        "sys.stdout.buffer.write(render_pdf(make_document(), is_anew=True).pdf)\n"
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
    assert run.stdout == working.pdf


def test_pdf_without_fonts_says_what_to_do(settings, tmp_path):
    settings.PDF_FONTS_DIR = tmp_path
    with pytest.raises(Exception, match="make setup"):
        render_pdf(make_document())


def test_pdf_fonts_have_the_square_that_stands_for_others():
    assert any(Path(settings.PDF_FONTS_DIR).glob("*.ttf"))
    assert render_pdf(make_document("□")).replaced == ()


def test_head_and_foot_of_a_page_hold_nothing_of_the_text():
    # They are part of how all text is set: with a whole brief in them, one word sets it all anew.
    source = (PAGES / "look.typ").read_text()
    on_pages = source[source.index("#let grown-pages(") :]
    [shown] = re.findall(r"let shown = \((.*?)\n  \)", on_pages, re.DOTALL)
    assert not {"parts", "sources", "discussions"} & set(re.findall(r"\w+", shown))
    lines = [line for line in on_pages.splitlines() if "context" in line and "page" in line]
    assert [line.split(":")[0].strip() for line in lines[:2]] == ["header", "footer"]
    for line in lines[:2]:
        assert not re.search(r"\bbrief\b|\bdata\b", line), line


@needs_pdftotext
def test_pdf_gives_long_labels_of_facts_the_room_that_they_need():
    facts = (
        Fact("Population (estimate, 1 January 2024)", "11.7 million"),
        Fact("Head of the federal government", "Bart De Wever"),
    )
    cover = pages_of(render_pdf(make_document(facts=facts)))[0]
    assert re.search(r"Population \(estimate, 1 January 2024\) +11\.7 million\n", cover)


@needs_pdftotext
def test_pdf_sets_short_facts_two_in_a_row_in_any_script():
    facts = tuple(Fact(f"Численность {number}", "11,7 млн") for number in range(6))
    cover = pages_of(render_pdf(make_document(facts=facts)))[0]
    assert re.search(r"Численность 0 +11,7 млн +Численность 1 +11,7 млн\n", cover)


@needs_pdftotext
def test_pdf_keeps_a_small_table_on_one_page():
    table = "| Year | Exports |\n|---|--:|\n" + "| 2024 | 55 |\n" * 8
    for lines in range(18, 30):
        text = "\n\n".join(["A line."] * lines) + f"\n\n{table}"
        counts = [page.count("2024") for page in pages_of(render_pdf(make_document(text)))]
        assert set(counts) == {0, 8}, lines


@needs_pdftotext
def test_pdf_of_a_book_has_arabic_titles_at_the_side_of_the_others():
    arabic = make_document(slug="be-ar", title="بلجيكا", language="ar")
    book = render_book([make_document(), arabic], Book("Briefs"))
    command = ["pdftotext", "-bbox", "-f", "2", "-l", "2", "-", "-"]
    run = subprocess.run(command, input=book.pdf, capture_output=True, check=True)
    words = re.findall(r'xMin="([\d.]+)".*?>(.*?)</word>', run.stdout.decode())
    (english,) = [float(side) for side, word in words if word == "Belgium"]
    others = [float(side) for side, word in words if re.search("[\u0600-\u06ff]", word)]
    assert others
    assert max(others) < english + 60


@needs_pdftotext
def test_pdf_of_a_book_says_the_name_of_a_brief_once_above_its_first_page():
    book = render_book([make_document()], Book("Briefs"))
    head = pages_of(book)[2].strip().splitlines()[0]
    assert head.split() == ["Belgium", "UNCLASSIFIED", "DRAFT"]


@needs_pdftotext
def test_pdf_breaks_no_word_of_where_a_source_is_cited():
    notes = [f"Word.[^1]\n\n[^1]: {'A source ' * 9}{'x' * length}" for length in range(1, 30)]
    sections = [
        make_section(f"opening/{number}", "Considerations", AnswerNode("body", "", note))
        for number, note in enumerate(notes)
    ]
    part = PartNode("opening", None, "", tuple(sections))
    text = text_of(render_pdf(make_document(parts=(part,))))
    assert text.count("(Considerations)") == len(notes)


@needs_pdftotext
def test_pdf_sets_a_language_without_spaces_as_wide_as_its_words_are():
    thai = "ความสัมพันธ์ระหว่างสองประเทศมีความใกล้ชิดและตั้งอยู่บนความร่วมมือด้านการค้า การป้องกันประเทศ และวัฒนธรรม"
    command = ["pdftotext", "-bbox", "-f", "3", "-l", "3", "-", "-"]
    pdf = render_pdf(make_document(f"- {thai}", language="th")).pdf
    run = subprocess.run(command, input=pdf, capture_output=True, check=True)
    words = re.findall(r'xMin="([\d.]+)".*?xMax="([\d.]+)".*?>(.*?)</word>', run.stdout.decode())
    gaps = [
        float(right[0]) - float(left[1])
        for left, right in pairwise(words)
        if re.search("[\u0e00-\u0e7f]", left[2] + right[2])
    ]
    assert max(gaps) < 10


@needs_pdftotext
def test_pdf_sets_code_in_a_wide_table_as_small_as_the_words_around():
    columns = 24
    cells = "| `typed` " + "| word " * (columns - 1) + "|\n"
    table = "| a " * columns + "|\n" + "|---" * columns + "|\n" + cells
    pdf = render_pdf(make_document(table)).pdf
    command = ["pdftotext", "-bbox", "-", "-"]
    run = subprocess.run(command, input=pdf, capture_output=True, check=True)
    found = re.findall(r'yMin="([\d.]+)".*?yMax="([\d.]+)">(typed|word)<', run.stdout.decode())
    heights = {word: float(bottom) - float(top) for top, bottom, word in found}
    assert heights["typed"] == pytest.approx(heights["word"], rel=0.1)


@needs_pdftotext
def test_pdf_has_headings_on_the_page_of_a_table_that_lies_across():
    table = "| a " * 12 + "|\n" + "|---" * 12 + "|\n" + "| word " * 12 + "|\n"
    answers = (AnswerNode("past", "Past", table), AnswerNode("future", "Future", "A line."))
    section = make_section("goals/needs", "Needs", *answers, number="1.1")
    part = PartNode("goals", 1, "Goals", (section,))
    pages = pages_of(render_pdf(make_document(parts=(part,))))
    (across,) = [page for page in pages if page.count("word") == 12]
    assert [words in across for words in ("Goals", "Needs", "Past")] == [True] * 3
    (after,) = [page for page in pages if "A line." in page]
    assert "Future" in after
    assert len(pages) == 5
