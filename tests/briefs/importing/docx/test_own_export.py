"""A brief goes out as a Word file and comes in again: the same answers, and nothing else."""

import re
from dataclasses import replace

import pytest

from briefs.document.outline import Outline
from briefs.document.tree import Document
from briefs.document.words import plain
from briefs.export.docx.write import write_docx
from briefs.importing.docx.conversion import markdown_of
from briefs.importing.reading import read_file
from briefs.importing.report import Reading
from tests.briefs.export.word import parts_of
from tests.briefs.importing.docx.own_documents import (
    DOCUMENTS,
    NESTED,
    TEXTS,
    answered,
    full,
    partly,
)
from tests.briefs.importing.docx.word_files import zipped
from tests.briefs.importing.stored import OUTLINE
from tests.briefs.libreoffice import needs_libreoffice, saved_by_libreoffice

LEFT_OUT = (
    "The cover, contents, sources and clearance table that Chancery wrote were left out: they are "
    "made anew."
)


def words_of(texts: dict[tuple[str, str], str]) -> dict[tuple[str, str], list[str]]:
    return {key: re.findall(r"[^\W_]+", plain(text)) for key, text in texts.items() if text}


def assert_is_the_same(document: Document, outline: Outline, reading: Reading) -> None:
    written = {
        (section.key, answer.key): answer.text
        for section in document.sections
        for answer in section.answers
        if not section.is_own
    }
    read = {(answer.section, answer.prompt): answer.text for answer in reading.answers}
    assert words_of(read) == words_of(written)
    own = [section for section in document.sections if section.is_own]
    assert [each.title for each in reading.own_sections] == [each.title for each in own]
    assert (reading.loose, reading.oddities) == ((), ())
    header = reading.header
    for name in ("title", "subject", "country", "language", "reference", "marking", "date"):
        assert getattr(header, name) == getattr(document, name)
    assert header.facts == tuple((fact.label, fact.value) for fact in document.facts)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_exported_comes_back(name):
    document, asked = DOCUMENTS[name]()
    content = write_docx(document)
    assert_is_the_same(document, asked, read_file(content, asked))
    others = [each for each in markdown_of(content).remarks if "picture" not in each]
    assert others == [LEFT_OUT]


def test_of_what_changed_since_the_newer_text_comes_back():
    old, new = partly(OUTLINE), answered(OUTLINE, ["", *TEXTS])
    assert_is_the_same(new, OUTLINE, read_file(write_docx(new, old), OUTLINE))


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> dict[str, bytes]:
    """Every file as LibreOffice saves it, in one run."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for name, make in DOCUMENTS.items():
        (folder / f"{name}.docx").write_bytes(write_docx(make()[0]))
    saved = saved_by_libreoffice(folder)
    return {name: (saved / f"{name}.docx").read_bytes() for name in DOCUMENTS}


@needs_libreoffice
@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_libreoffice_saved_comes_back(name, saved):
    document, asked = DOCUMENTS[name]()
    assert_is_the_same(document, asked, read_file(saved[name], asked))


@needs_libreoffice
def test_libreoffice_keeps_what_is_in_what(saved):
    reading = read_file(saved["nested"], OUTLINE)
    assert reading.answers[0].text == NESTED


def test_what_is_in_what_comes_back():
    reading = read_file(write_docx(answered(OUTLINE, [NESTED])), OUTLINE)
    assert reading.answers[0].text == NESTED


def edited(document: Document, *changes: tuple[str, str]) -> Reading:
    """A file of ours read after somebody wrote other words in it."""
    parts = parts_of(write_docx(document))
    markup = parts["word/document.xml"].decode()
    for old, new in changes:
        assert f">{old}<" in markup
        markup = markup.replace(f">{old}<", f">{new}<", 1)
    return read_file(zipped({**parts, "word/document.xml": markup.encode()}), OUTLINE)


def test_blocks_come_back_as_they_are():
    document = full(OUTLINE)
    reading = read_file(write_docx(document), OUTLINE)
    read = [answer.text for answer in reading.answers]
    assert any(text.startswith("```\ncode\n  # more\n\n- of `it`\n```\n\n") for text in read)
    assert any("| Year | Exports |\n| --- | --: |\n| 2024 | 55 \\| 6[^" in text for text in read)
    assert any("\n\n**Ends in bold**\n\n1. **One point alone**" in text for text in read)


def test_an_answer_written_over_the_sentence_that_stands_for_it_is_an_answer():
    document = partly(OUTLINE)
    before = {(each.section, each.prompt) for each in edited(document).answers}
    reading = edited(document, ("Nothing is written here yet.", "Now it is."))
    [added] = [each for each in reading.answers if (each.section, each.prompt) not in before]
    assert added.text == "Now it is."
    assert reading.loose == ()


def test_what_is_changed_on_the_cover_is_not_lost():
    reading = edited(
        full(OUTLINE), ("Belgium: the “near” &amp; 1. other", "Belgique"), ("Brussels", "Bruges")
    )
    assert reading.header.title == "Belgique"
    assert reading.header.subject == "Kingdom of Belgium"
    [loose] = reading.loose
    assert (loose.section, loose.text.split("\n")[0]) == (None, "| Capital: seat | **Bruges** |")


def test_a_source_that_is_changed_stands_below_its_heading_and_in_no_answer():
    document = full(OUTLINE)
    reading = edited(document, (", Data, https://example.org/data.", ", Data, 2024."))
    [own] = reading.own_sections
    assert (own.title, own.text[:2]) == ("Sources", "1.")
    assert "Data, 2024." in own.text
    last = reading.answers[-1].text
    assert "Data, 2024." not in last


def test_a_file_without_our_properties_is_read_as_any():
    parts = parts_of(write_docx(full(OUTLINE)))
    del parts["docProps/custom.xml"]
    made = markdown_of(zipped(parts))
    assert LEFT_OUT not in made.remarks
    assert not made.text.startswith("---")
    assert "Clearance" in made.text


def test_a_file_of_another_template_is_read_freely():
    reading = read_file(write_docx(full(OUTLINE)), replace(OUTLINE, key="other"))
    assert "another template" in reading.oddities[0].sentence
    assert reading.header.title == full(OUTLINE).title


def test_a_property_is_one_line_of_the_header_whatever_it_says():
    parts = parts_of(write_docx(full(OUTLINE)))
    lines = parts["docProps/custom.xml"].replace(b"country: BE", b"country: BE&#13;---&#10;# Other")
    reading = read_file(zipped({**parts, "docProps/custom.xml": lines}), OUTLINE)
    assert (reading.header.country, reading.loose) == ("", ())
    assert reading.header.facts[0] == ("Capital: seat", "Brussels")


def test_no_property_is_longer_than_word_takes():
    properties = parts_of(write_docx(full(OUTLINE)))["docProps/custom.xml"].decode()
    said = re.findall(r"<vt:lpwstr>([^<]*)", properties)
    assert max(map(len, said)) == 250
