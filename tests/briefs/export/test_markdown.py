"""The file that comes out. That it comes back is in tests/briefs/importing/test_any_text.py."""

import datetime as dt
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from briefs.document.blocks import parse
from briefs.document.html import to_html
from briefs.document.tree import AnswerNode, Document, Fact, PartNode, TextState
from briefs.document.tree import SectionNode as Section
from briefs.export.markdown import write_markdown
from briefs.importing.reading import read_brief
from tests.briefs.export.documents import make_document
from tests.briefs.importing.seed import outline, seed
from tests.briefs.importing.stored import OUTLINE, document_of

EMPTY = document_of(read_brief("## Preface\n", OUTLINE))


def with_text(**texts: str) -> Document:
    """The empty document with these texts, by the title of their section in small letters."""

    def section(node: Section) -> Section:
        text = texts.get(node.title.split()[0].lower())
        if text is None:
            return node
        return replace(node, answers=tuple(replace(each, text=text) for each in node.answers))

    def part(node: PartNode) -> PartNode:
        return replace(node, sections=tuple(section(each) for each in node.sections))

    return replace(EMPTY, parts=tuple(part(each) for each in EMPTY.parts))


def headings(text: str) -> list[tuple[str, str]]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        (token.tag, tokens[place + 1].content)
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def test_the_whole_file():
    document = replace(
        with_text(preface="One.\n\nTwo."),
        title="Norway",
        country="NO",
        marking="Restricted: 2",
        date=dt.date(2026, 1, 31),
        facts=(Fact("Capital", "Oslo"), Fact("a: b", "c")),
    )
    document = replace(document, parts=document.parts[:2])
    assert write_markdown(document) == (
        '---\ntitle: Norway\nsubject: Subject\ncountry: "NO"\nlanguage: en\n'
        'marking: "Restricted: 2"\ndate: 2026-01-31\nfacts:\n  - Capital: Oslo\n  - "a: b": c\n'
        "template: small 1\ntext: working\n---\n\n# Norway\n\n"
        "*DRAFT: working text, not approved.*\n\n## Preface\n\nOne.\n\nTwo.\n\n"
        "## How Can They Help?\n\n## 1. Goals\n\n### 1.1 Needs & Wants\n\n#### Past\n\n"
        "#### Future plans\n\n### 1.2 Public Health\n\n### 1.3 Mixed Matters\n\n#### Risks\n"
    )


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("fr", "*PROJET\u00a0: texte de travail, non approuvé.*"),
        ("pt-BR", "*MINUTA: texto de trabalho, não aprovado.*"),
        ("ar-EG", "*مسودة: نص قيد العمل، غير معتمد.*"),
        ("ja", "*草案：作業中の本文、未承認。*"),
        ("fa", "*DRAFT: working text, not approved.*"),
    ],
)
def test_a_draft_is_marked_in_its_language(tag, line):
    document = make_document(language=tag)
    assert f"\n# Belgium\n\n{line}\n\n## Preface\n" in write_markdown(document)
    bare = write_markdown(document, has_front_matter=False)
    assert f"\n\n**UNCLASSIFIED**\n\n{line}\n\n## Preface\n" in bare
    assert to_html(parse(line), "x") == f'<p dir="auto"><em>{line[1:-1]}</em></p>\n'


def test_approved_text_is_no_draft():
    text = write_markdown(replace(EMPTY, text=TextState.APPROVED))
    assert "DRAFT" not in text
    assert "\ntext: approved\n---\n" in text


def test_guidance_is_not_in_it():
    assert "Guidance" not in write_markdown(EMPTY)


def test_no_answer_adds_a_heading():
    hostile = "# A\n\nB\n===\n\nC\n---\n\n<h1>D</h1>\n\n- # E\n\n> ## F\n\n```\nopen"
    assert headings(write_markdown(with_text(preface=hostile))) == headings(write_markdown(EMPTY))


def test_notes_are_numbered_through_the_file():
    note = "A[^x].\n\n[^x]: Note."
    text = write_markdown(with_text(preface=note, public=note))
    assert "A[^1].\n\n[^1]: Note." in text
    assert "A[^2].\n\n[^2]: Note." in text


def test_a_body_stands_before_the_labels_wherever_the_template_has_it():
    asked = (AnswerNode("risks", "Risks", "Few."), AnswerNode("body", "", "Body."))
    part = EMPTY.parts[1]
    mixed = replace(part.sections[2], answers=asked)
    document = replace(EMPTY, parts=(replace(part, sections=(mixed,)),))
    assert write_markdown(document).endswith(
        "### 1.3 Mixed Matters\n\nBody.\n\n#### Risks\n\nFew.\n"
    )


def test_marks_in_titles_are_words():
    odd = "1. *Odd* [title] # <b>"
    part = EMPTY.parts[0]
    first = replace(part.sections[0], title=odd)
    text = write_markdown(replace(EMPTY, title=odd, parts=(replace(part, sections=(first,)),)))
    tokens = MarkdownIt("commonmark").parse(text)
    shown = ["".join(child.content for child in token.children or []) for token in tokens]
    assert shown.count(odd) == 2


def test_the_seed_is_a_fixed_point():
    asked = outline()
    once = write_markdown(document_of(read_brief(seed(), asked), asked))
    again = read_brief(once, asked)
    assert write_markdown(document_of(again, asked)) == once
    assert again.counts()["parked"] == 0
    assert "\r" not in once
    assert once.endswith("\n")
    assert not once.endswith("\n\n")
