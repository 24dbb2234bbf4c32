import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.document.tree import AnswerNode, PictureNode, TextState
from briefs.export.markdown import write_markdown
from briefs.export.markdown_files import write_markdown_files
from tests.briefs.export.documents import make_document, make_section
from tests.briefs.importing.sources import ODD_TITLES
from tests.pictures import jpeg, png

DRAFT = "*DRAFT: working text, not approved.*"
PNG, JPEG, GONE = "a" * 64, "b" * 64, "c" * 64


def unpacked(document, **options) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(write_markdown_files(document, **options))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def with_section(title, number="1.1", key="goals/needs", text="Words."):
    document = make_document()
    section = make_section(key, title, AnswerNode("body", "", text), number=number)
    return replace(document, parts=(replace(document.parts[1], sections=(section,)),))


def test_each_section_is_a_file_and_the_index_lists_them_in_order():
    files = unpacked(make_document())
    names = ["index.md", "01-preface.md", "02-1.1-needs.md", "03-1.2-health.md"]
    assert list(files) == names
    index = files["index.md"].decode()
    assert index.startswith("---\ntitle: Belgium\n")
    assert index.endswith(
        f"\n# Belgium\n\n{DRAFT}\n\n- [Preface](01-preface.md)\n\n## 1. Goals\n\n"
        "- [1.1 Needs](02-1.1-needs.md)\n- [1.2 Health](03-1.2-health.md)\n"
    )
    marks = f"**UNCLASSIFIED**\n\n{DRAFT}"
    assert files["01-preface.md"].decode() == f"# Preface\n\n{marks}\n\nRelations are close.\n"
    needs = files["02-1.1-needs.md"].decode()
    assert needs.startswith(f"# 1.1 Needs\n\n{marks}\n\n## Past\n\n- Steel\n- Coal\n")


def test_each_file_is_marked_in_the_language_of_the_brief():
    files = unpacked(make_document(language="de"))
    line = "*ENTWURF: Arbeitstext, nicht freigegeben.*"
    assert all(f"\n\n{line}\n" in content.decode() for content in files.values())


def test_approved_text_has_no_mark_of_a_draft():
    files = unpacked(make_document(text=TextState.APPROVED))
    assert not any(b"DRAFT" in content for content in files.values())


def test_front_matter_may_be_left_out():
    document = make_document()
    whole = write_markdown(document)
    bare = write_markdown(document, has_front_matter=False)
    assert bare.startswith("# Belgium\n\n**UNCLASSIFIED**\n\n")
    assert whole.endswith("---\n\n" + bare.replace("**UNCLASSIFIED**\n\n", ""))
    assert whole.startswith("---\n")
    index = unpacked(document, has_front_matter=False)["index.md"].decode()
    assert index.startswith("# Belgium\n\n")


def test_the_same_document_gives_the_same_bytes_without_a_clock():
    assert write_markdown_files(make_document()) == write_markdown_files(make_document())
    with zipfile.ZipFile(io.BytesIO(write_markdown_files(make_document()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pictures_lie_beside_and_are_linked():
    text = f"![Exports](picture:{PNG}) and ![Map](picture:{JPEG})\n\n![Gone](picture:{GONE})"
    pictures = (
        PictureNode(JPEG, "image/jpeg", 40, 30, jpeg()),
        PictureNode(PNG, "image/png", 40, 30, png()),
        PictureNode("d" * 64, "image/png", 40, 30, png()),
    )
    files = unpacked(replace(make_document(text), pictures=pictures))
    preface = files["01-preface.md"].decode()
    assert f"![Exports](pictures/{PNG}.png) and ![Map](pictures/{JPEG}.jpg)" in preface
    assert f"![Gone](picture:{GONE})" in preface
    assert list(files)[-2:] == [f"pictures/{PNG}.png", f"pictures/{JPEG}.jpg"]
    assert files[f"pictures/{PNG}.png"] == png()


def test_words_that_look_like_a_picture_stay_words():
    text = f"Write picture:{PNG} for it."
    pictures = (PictureNode(PNG, "image/png", 40, 30, png()),)
    files = unpacked(replace(make_document(text), pictures=pictures))
    assert text in files["01-preface.md"].decode()


@pytest.mark.parametrize(
    ("title", "number", "key", "name"),
    [
        ("../../etc/passwd", "1.1", "goals/needs", "01-1.1-etcpasswd.md"),
        ("العلاقات", "1.1", "goals/needs", "01-1.1-needs.md"),
        ("***", "", "goals/-", "01-section.md"),
        ("CON", "../2", "goals/needs", "01-con.md"),
        ("Long " * 40, "1.1", "goals/needs", f"01-1.1-{'long-' * 12}".rstrip("-") + ".md"),
    ],
)
def test_a_name_is_safe_whatever_the_title(title, number, key, name):
    assert list(unpacked(with_section(title, number, key))) == ["index.md", name]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ODD_TITLES, min_size=1, max_size=12))
def test_every_section_of_any_title_has_its_own_plain_file(titles):
    document = make_document()
    sections = tuple(
        make_section(f"goals/s{at}", title, AnswerNode("body", "", title), number=f"1.{at}")
        for at, title in enumerate(titles)
    )
    files = unpacked(replace(document, parts=(replace(document.parts[1], sections=sections),)))
    names = list(files)[1:]
    assert len(names) == len(titles)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.") for name in names)
    index = files["index.md"].decode()
    assert all(f"]({name})" in index for name in names)


def test_more_than_99_sections_sort_by_name():
    document = make_document()
    sections = tuple(
        make_section(f"goals/s{at}", f"S{at}", number=f"1.{at}") for at in range(1, 121)
    )
    files = unpacked(replace(document, parts=(replace(document.parts[1], sections=sections),)))
    names = list(files)[1:]
    assert names == sorted(names)
    assert names[0] == "001-1.1-s1.md"
