"""What people type must come out as they typed it, whatever Word or XML might read in it."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.document.look import House, Look
from briefs.document.tree import AnswerNode, DiscussionNode, Document, Fact, PartNode, Reply
from briefs.export.docx.write import written_docx
from tests.briefs.export.documents import CLEARED, make_document, make_section
from tests.briefs.export.word import W, opened, part_of, parts_of, words_in

MARKUP = (
    '</w:t></w:r><w:r/> <w:t >x</w:t> & &amp; <!DOCTYPE x> ]]> { HYPERLINK "file:///c:" } '
    "=cmd|'/c calc'!A0 \" w:x=\"1 <?xml?>"
)


def everywhere(words: str) -> Document:
    """A document that says these words wherever somebody may write."""
    cleared = make_section("p/s", words, AnswerNode("a", words, words), number="1.1")
    return make_document(
        words,
        title=words,
        subject=f"S{words}",
        reference=words,
        marking=words,
        facts=(Fact(words, words),),
        prepared_by=(words,),
        changes=(words,),
        parts=(PartNode("p", 1, words, (cleared, make_section("p/t", words, number="1.2"))),),
        look=Look(house=House(words, words)),
        discussions=(
            DiscussionNode("p/s", "a", words, False, (Reply(words, CLEARED.approved_at, words),)),
            DiscussionNode(
                "p/s", "a", "no" + words, True, (Reply("A", CLEARED.approved_at, words),)
            ),
        ),
    )


def parsed(content: bytes) -> list[ET.Element]:
    """Every part, read as XML, without which no program opens the file."""
    return [
        ET.fromstring(part)
        for name, part in parts_of(content).items()
        if name.endswith((".xml", ".rels"))
    ]


def letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_docx_of_any_text_is_well_formed_and_says_all_of_it(text):
    content = written_docx(everywhere(text)).docx
    parsed(content)
    said = words_in(part_of(content, "document"))
    for block in re.split(r"\s+", text):
        assert letters(block) in letters(said)


@settings(max_examples=150, deadline=None)
@given(st.text("ab*_`~[](){}<>&|\\!^:#-+.1\n \tאب", max_size=120))
def test_docx_of_any_markdown_is_well_formed(text):
    for since in (None, make_document("- a\n\n| a |\n|---|\n| b |\n\nc[^1]\n\n[^1]: d")):
        content = written_docx(make_document(text), since).docx
        parsed(content)
        opened(content)


def test_docx_shows_markup_of_any_kind_as_it_was_typed():
    content = written_docx(everywhere(MARKUP)).docx
    parsed(content)
    shown = "".join(
        re.sub(r"\s", "", words_in(part_of(content, part)))
        for part in ("document", "header1", "footer1", "comments")
    )
    typed = re.sub(r"\s", "", MARKUP)
    assert shown.count(typed) >= 14
    codes = {
        one.text.split()[0]
        for part in ("document", "header1", "footer1", "footnotes")
        for one in part_of(content, part).iter(f"{W}instrText")
    }
    assert codes <= {"TOC", "PAGEREF", "STYLEREF", "PAGE", "NUMPAGES"}


def test_docx_replaces_what_no_file_can_hold_and_says_so():
    written = written_docx(
        make_document("a\ud800b\ufffec", title="T\x00\x0b\x1f\uffff", prepared_by=("A\x07",))
    )
    assert written.replaced == ("\x00", "\x07", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff")
    parsed(written.docx)
    assert opened(written.docx).core_properties.author == "A\ufffd"
    assert "a\ufffdb\ufffdc" in words_in(part_of(written.docx, "document"))


def test_docx_of_ordinary_text_replaces_nothing():
    text = "Tabs\tand\u00a0blanks, \u200b, \u202e, 中文, emoji 🇧🇪, \U0001fffe."
    assert written_docx(make_document(text)).replaced == ()


@pytest.mark.parametrize(
    ("href", "is_link"),
    [
        ("https://example.org/a%20b?c=1&d=2#e", True),
        ("https://example.org/ünïcode", True),
        ("https://xn--bcher-kva.example/", True),
        ("mailto:a@example.org?subject=x", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("http:", False),
        ("https:///nowhere", False),
        ("https://[::1", False),
        ("https://user@example.org/", False),
        ("https://example.org/" + "x" * 3000, False),
    ],
)
def test_docx_links_only_where_word_can_go(href, is_link):
    content = written_docx(make_document(f"See [there](<{href}>).")).docx
    parsed(content)
    targets = re.findall(
        r'Target="([^"]*)" TargetMode="External"',
        parts_of(content)["word/_rels/document.xml.rels"].decode(),
    )
    assert bool(targets) == is_link
    assert all(re.fullmatch(r"[!-~]+", target) for target in targets)
    assert "there" in words_in(part_of(content, "document"))


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * level + "- a\n" for level in range(30)),
        "".join("   " * level + "1. a\n" for level in range(12)),
        ">" * 40 + " a",
        "".join(f"a[^{n}]\n\n[^{n}]: b[^{n + 1}]\n\n" for n in range(30)) + "[^30]: c",
        "a[^1] b[^1]\n\n[^1]: c[^1]",
        "| a[^1] | b |\n|---|---|\n" + "| x[^1] | b |\n" * 100 + "\n[^1]: c",
        "x" * 20_000,
        "| " * 50 + "|\n" + "|-" * 50 + "|\n" + "| y " * 50 + "|\n",
        "999999999. a\n\n- \n\n0. b",
        "- ```\n  code\n  ```\n- > quote\n- | a |\n  |---|\n  | b |",
        "| a |\n|---|\n\n| b |\n|---|",
        "[](https://example.org/) ![](x.png)",
        "[^1]\n\n[^1]:",
    ],
    ids=range(13),
)
def test_docx_of_odd_text_is_well_formed(text):
    content = written_docx(make_document(text), make_document("b\n\n" + text)).docx
    parsed(content)
    opened(content)


def test_docx_parts_a_table_that_is_too_wide_for_word():
    head = "".join(f"| h{n} " for n in range(100)) + "|\n" + "|-" * 100 + "|\n"
    content = written_docx(make_document(head + "".join(f"| c{n} " for n in range(100)) + "|")).docx
    tables = opened(content).tables[2:-1]
    assert [len(table.columns) for table in tables] == [60, 40]
    assert [table.rows[1].cells[-1].text for table in tables] == ["c59", "c99"]


def test_docx_keeps_two_tables_apart():
    content = written_docx(make_document("| a |\n|---|\n\n| b |\n|---|")).docx
    body = part_of(content, "document").find(f"{W}body")
    tags = [child.tag for child in body]
    assert (f"{W}tbl", f"{W}tbl") not in list(pairwise(tags))
    assert tags.count(f"{W}tbl") == 5


def test_docx_ends_every_cell_with_a_paragraph():
    content = written_docx(make_document("| a |\n|---|\n| |", facts=(Fact("a", ""),))).docx
    for cell in part_of(content, "document").iter(f"{W}tc"):
        assert list(cell)[-1].tag == f"{W}p"


def test_docx_writes_numbers_that_word_cannot_count():
    content = written_docx(make_document("40000. far\n40001. out")).docx
    lines = [one.text for one in opened(content).paragraphs]
    assert "40000.\tfar" in lines
    assert "40001.\tout" in lines


def test_docx_lets_a_row_go_on_over_the_page_that_is_higher_than_one():
    content = written_docx(
        make_document(f"| a | b |\n|---|---|\n| {'words ' * 2000} | b |\n| c | d |")
    )
    rows = opened(content.docx).tables[2].rows
    kept = [row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]
    assert kept == [True, False, True]
