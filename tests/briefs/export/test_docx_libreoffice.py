"""The file as another word processor sets it."""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefs.document.tree import AnswerNode, Document, PartNode, TextState
from briefs.export.docx.sheet import MARGIN_X
from briefs.export.docx.write import write_docx
from tests.briefs.export.documents import make_document, make_section
from tests.briefs.export.test_docx_comments import discussion
from tests.briefs.libreoffice import saved_by_libreoffice

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="soffice (LibreOffice) or pdftotext (poppler-utils) is not installed",
)

SENTENCE = (
    "The relations between both countries are close and rest on trade, on treaties and on trust. "
)
RICH = (
    "Close relations.[^1] Again.[^1]\n\n- one\n  - deeper\n- two\n\n3. third\n4. fourth\n\n"
    "> quoted\n\n| Year | Exports |\n|---|--:|\n| 2024 | 55[^2] |\n\n```\ncode\n```\n\n"
    "[^1]: The source.\n\n    - and a list\n\n[^2]: In a table."
)
ARABIC = "العلاقات وثيقة منذ عام 1949."
ODD = (
    "".join("  " * level + "- deep\n" for level in range(12))
    + "\n\n"
    + "| a " * 50
    + "|\n"
    + "|-" * 50
    + "|\n"
    + "| b " * 50
    + "|\n\n"
    + "W" * 300
    + '\n\n{ HYPERLINK "file:///c:" } =cmd|x </w:t>\n\n'
    + "".join(f"a[^{n}]\n\n[^{n}]: b[^{n + 1}]\n\n" for n in range(9))
)


def section(number: str, *paragraphs: str):
    text = "\n\n".join(paragraphs or ("Words.",))
    return make_section(
        f"p/{number}", f"Section {number}", AnswerNode("b", "", text), number=number
    )


def long_document() -> Document:
    parts = [
        PartNode(
            f"p{part}",
            part,
            f"Part {part}",
            tuple(section(f"{part}.{n}", *[SENTENCE * (3 + n)] * 4) for n in range(1, 7)),
        )
        for part in range(1, 5)
    ]
    return make_document(parts=tuple(parts))


def across_document() -> Document:
    words = "Phytosanitary certificates | Rehabilitation of terminals | Straightforward"
    table = "\n".join([f"| {words} | {words} | {words} |", "|---" * 9 + "|"])
    table += f"\n| {words} | {words} | {words} |" * 12
    return make_document(f"Before.\n\n{table}\n\nAfter.")


def wide_document() -> Document:
    head = "|" + " year |" * 16
    table = "\n".join([head, "|" + "---|" * 16, *["|" + " 12.5 million |" * 16] * 60])
    sections = tuple(section(f"1.{n}", SENTENCE, table, SENTENCE) for n in range(1, 9))
    return make_document(parts=(PartNode("p", 1, "Part 1", sections),))


FILES = {
    "working": lambda: write_docx(make_document()),
    "approved": lambda: write_docx(make_document(text=TextState.APPROVED)),
    "rich": lambda: write_docx(make_document(RICH)),
    "odd": lambda: write_docx(make_document(ODD, title="T" * 300, marking="M" * 60)),
    "long": lambda: write_docx(long_document()),
    "wide": lambda: write_docx(wide_document()),
    "across": lambda: write_docx(across_document()),
    "some": lambda: write_docx(
        make_document(
            parts=(
                PartNode("p2", 2, "Second", (section("2.3"), section("2.4"))),
                PartNode("p5", 5, "Fifth", (section("5.2"),)),
                PartNode("p6", 6, "Sixth", (section("6.1"),)),
            )
        )
    ),
    "persian": lambda: write_docx(
        make_document(f"{ARABIC}\n\n- {ARABIC}\n\n7. {ARABIC}", language="fa", title="بلجيكا")
    ),
    "changed": lambda: write_docx(
        make_document("Relations are very close.", discussions=(discussion("very close"),)),
        make_document("Relations were close."),
    ),
}


@dataclass
class Pages:
    """The text of each page, as it was laid out, without invisible characters; in points, where the
    words end on the right and how wide a page is."""

    texts: list[str]
    right: float
    width: float

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def page_of(self, heading: str) -> int | None:
        """Where a heading stands on a line of its own, counted from 1."""
        pattern = re.compile(rf"^\s*{heading}\s*$", re.MULTILINE)
        return next((n for n, text in enumerate(self.texts, 1) if pattern.search(text)), None)

    def contents(self) -> dict[str, int]:
        found = re.findall(r"^\s*(\S.*?)\s*\.{3,}\s*(\d+)$", "\n".join(self.texts), re.MULTILINE)
        return {" ".join(title.split()): int(page) for title, page in found}


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Pages]:
    """Every file in one run of LibreOffice."""
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    for name, write in FILES.items():
        (folder / f"{name}.docx").write_bytes(write())
    saved = saved_by_libreoffice(folder, "pdf")
    return {name: pages_of(saved / f"{name}.pdf") for name in FILES}


def pages_of(pdf: Path) -> Pages:
    text = "".join(c for c in words_of(pdf, "-layout") if unicodedata.category(c) != "Cf")
    boxes = words_of(pdf, "-bbox")
    right = max(float(end) for end in re.findall(r'xMax="([0-9.]+)"', boxes))
    width = float(re.findall(r'<page width="([0-9.]+)"', boxes)[0])
    return Pages(text.split("\f")[:-1], right, width)


def words_of(pdf: Path, form: str) -> str:
    run = subprocess.run(
        ["pdftotext", form, "-enc", "UTF-8", pdf, "-"], capture_output=True, check=True
    )
    return run.stdout.decode()


@pytest.mark.parametrize("name", FILES)
def test_libreoffice_refuses_nothing(pages, name):
    assert len(pages[name].texts) >= 3


def test_libreoffice_counts_the_headings_of_the_tree(pages):
    for heading in ["Preface", r"1\s+Goals", r"1\.1\s+Needs", r"1\.2\s+Health", "Clearance"]:
        assert pages["working"].page_of(heading)


def test_libreoffice_counts_some_sections_as_they_are_in_the_whole(pages):
    for heading in [r"2\s+Second", r"2\.3\s+Section 2\.3", r"2\.4\s+Section 2\.4", r"5\s+Fifth"]:
        assert pages["some"].page_of(heading)
    for heading in [r"5\.2\s+Section 5\.2", r"6\s+Sixth", r"6\.1\s+Section 6\.1"]:
        assert pages["some"].page_of(heading)


@pytest.mark.parametrize(("name", "count"), [("long", 4 + 24 + 1), ("wide", 1 + 8 + 1)])
def test_libreoffice_shows_contents_with_pages_that_are_nearly_right(pages, name, count):
    contents = pages[name].contents()
    assert len(contents) == count
    for title, page in contents.items():
        real = pages[name].page_of(title.replace(".", r"\.").replace(" ", r"\s+"))
        assert real
        assert abs(page - real) <= 1 + real // 6
    assert contents["1 Part 1"] == 3


@pytest.mark.parametrize("name", ["working", "across"])
def test_libreoffice_shows_header_and_footer_on_every_page(pages, name):
    texts = pages[name].texts
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "UNCLASSIFIED" in text
        assert "DRAFT" in text
        assert "CB/2025/014 · 24 November 2025" in text
    assert all("Belgium" in text.split("\n\n")[0] for text in texts[1:])


def test_libreoffice_breaks_no_word_of_a_wide_table_as_its_page_lies_across(pages):
    across = pages["across"]
    assert across.right > across.width  # which is that of the first page
    for word in ["Phytosanitary", "Rehabilitation", "Straightforward"]:
        # The head is bold, and the font that stands in for ours there is wider than it.
        assert across.words.count(word) >= 12 * 3
    assert [len(text.split()) > 20 for text in across.texts[2:-1]] == [False, True, True]


def test_libreoffice_shows_no_draft_in_approved_text(pages):
    assert "draft" not in pages["approved"].words.lower()


def test_libreoffice_sets_notes_at_the_foot_of_the_page(pages):
    page = next(text for text in pages["rich"].texts if "Close relations" in text)
    assert re.search(r"relations\.\s*1 Again\.\s*1", " ".join(page.split()))
    foot = page[page.index("code") :]
    assert re.search(r"1\s+The source\.", foot)
    assert re.search(r"2\s+In a table\.", foot)
    assert "and a list" in foot


def test_libreoffice_counts_lists_on_from_where_they_begin(pages):
    assert re.search(r"3\. third 4\. fourth", pages["rich"].words)


def test_libreoffice_shows_odd_text_as_it_was_typed(pages):
    words = pages["odd"].words
    assert '{ HYPERLINK "file:///c:" } =cmd|x </w:t>' in words
    assert words.count("deep") == 12
    assert "W" * 300 in words.replace(" ", "")


def test_libreoffice_mirrors_a_persian_brief(pages):
    page = pages["persian"].texts[-1]
    assert re.search(r"^Page \d of \d ", page, re.MULTILINE)
    assert re.search(r"  Clearance$", page, re.MULTILINE)


def test_libreoffice_keeps_the_marks_of_a_persian_brief_inside_its_margin(pages):
    margin = MARGIN_X / 20
    assert pages["persian"].right <= pages["persian"].width - margin + 1


def test_libreoffice_shows_words_that_came_and_went(pages):
    words = pages["changed"].words
    for word in ["are", "were", "very"]:
        assert word in words
