"""The file as a whole: headings, numbers, contents, styles, what it says of itself."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
from django.conf import settings

from briefs.document.tree import AnswerNode, PartNode
from briefs.export.docx.write import write_docx
from tests.briefs.export.documents import make_document, make_section
from tests.briefs.export.word import (
    W,
    opened,
    paragraphs_of,
    part_of,
    parts_of,
    style_of,
    styled,
    words_in,
)


@pytest.fixture(scope="module")
def working() -> bytes:
    return write_docx(make_document())


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
    bookmarks = {one.get(f"{W}name", "") for one in document.iter(f"{W}bookmarkStart")}
    codes = "".join(one.text or "" for one in contents.iter(f"{W}instrText"))
    assert set(targets) <= bookmarks
    assert all(f"PAGEREF {target} " in codes for target in targets)
    assert "TOC " in codes


def test_docx_asks_nothing_when_it_is_opened(working):
    everything = b"".join(parts_of(working).values())
    assert b"updateFields" not in everything
    assert b"w:dirty" not in everything


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


def test_docx_names_each_bookmark_once_and_as_word_takes_it():
    document = part_of(write_docx(make_document()), "document")
    names = [one.get(f"{W}name", "") for one in document.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) > 10
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)
