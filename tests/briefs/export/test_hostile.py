"""What somebody types or pastes to break a file, or to get something out of it, in each format."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from briefs.document.text import MAX_PROMPT_BYTES
from briefs.document.tree import AnswerNode, Document, Fact, PartNode
from briefs.export.docx.write import write_docx
from briefs.export.encoding import encoded
from briefs.export.failures import RenderFailed
from briefs.export.html import write_html
from briefs.export.json_tree import write_json
from briefs.export.markdown import write_markdown
from briefs.export.markdown_files import write_markdown_files
from briefs.export.pdf import render
from briefs.export.pdf.content import Book
from briefs.export.pdf.pool import Pool
from briefs.export.pdf.render import render_book, render_pages, render_pdf
from briefs.export.pdf.worker import Limits
from tests.briefs.export.documents import make_document, make_section
from tests.briefs.export.test_html import Reader

MARKUP = {
    "Typst": '#read("/etc/passwd") #eval("1+1") $x^2$ <label> @ref = Heading '
    '#import "@preview/x:1.0.0"',
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)><!-- --> &lt; ]]> </style>",
    "XML": '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><w:p>&y;</w:p><![CDATA[x]]>',
    "Word fields": '{ INCLUDETEXT "c:\\\\secret.txt" } { DDEAUTO c:\\\\cmd.exe } MERGEFIELD',
    "spreadsheets": "=cmd|'/c calc'!A1 +1+1 -1 @SUM(A1) \tx",
    "Django": "{{ settings.SECRET_KEY }} {% include '/etc/passwd' %} {# x #}",
}
CHARACTERS = {
    "NUL": "a\x00b",
    "half a character": "a\ud800b\udfffc",
    "private use": "a\ue000b\U000f0000c",
    "unassigned": "a\u0378b\U0003fffec",
    "turned around": "a\u202eb\u2066c\u2069\u202cd",
    "controls": "a\x01\x08\x0b\x0c\x1b\x7f\x9fb",
    "line ends": "a\u2028b\u2029c\x85d",
    "no characters": "a\ufffeb\uffffc\ufeff",
}
TEXTS = {
    "list of 40 levels": "".join("  " * level + "- a\n" for level in range(40)),
    "quote of 500 levels": ">" * 500 + " a",
    "marks of 500 levels": "*a **b " * 500 + "x" + "** c*" * 500,
    "notes in notes": "".join(f"a[^{n}]\n\n[^{n}]: b[^{n + 1}]\n\n" for n in range(40))
    + "[^40]: c",
    "60 columns": "| " * 60 + "|\n" + "|-" * 60 + "|\n" + "| a " * 60 + "|",
    "links to elsewhere": "[a](file:///etc/passwd) [b](javascript:alert(1)) [c](data:text/html,x) "
    "![d](file:///etc/passwd) <javascript:alert(1)>",
    "a picture of another brief": f"![e](picture:{'0' * 64})",
}
WRITERS: dict[str, Callable[[Document], bytes]] = {
    "Markdown": lambda document: encoded(write_markdown(document))[0],
    "HTML": lambda document: encoded(write_html(document))[0],
    "JSON": lambda document: encoded(write_json(document))[0],
    "Word": write_docx,
    "PDF": lambda document: render_pdf(document).pdf,
}


def everywhere(text: str) -> Document:
    """The text in the place of each thing that somebody may write."""
    line = " ".join(text.split())
    section = make_section("p/s", line, AnswerNode("a", line, text), number="1.1")
    return make_document(
        text,
        title=line,
        subject=line,
        marking=line[:60],
        reference=line[:60],
        facts=(Fact(line, line),),
        prepared_by=(line,),
        changes=(line,),
        parts=(*make_document(text).parts[:1], PartNode("p", 1, line, (section,))),
    )


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("text", [*MARKUP.values(), *CHARACTERS.values(), *TEXTS.values()])
def test_odd_text_becomes_a_file(writer, text):
    content = WRITERS[writer](everywhere(text))
    assert len(content) > 300
    assert writer in ("PDF", "Word") or content.decode()


@pytest.mark.parametrize("text", MARKUP.values())
def test_html_has_no_tag_that_somebody_typed(text):
    reader = Reader(write_html(everywhere(text)))
    assert not {tag for tag, _ in reader.tags} & {"script", "img", "w:p", "label"}
    assert not [name for _, attributes in reader.tags for name in attributes if name[:2] == "on"]


def test_no_file_leads_to_a_place_on_the_readers_machine_or_runs_anything():
    document = make_document(TEXTS["links to elsewhere"])
    page, pdf = write_html(document), render_pdf(document).pdf
    assert not re.search(r'(?:href|src)="(?:file|javascript|data):', page)
    assert b"/URI (file" not in pdf
    assert b"/JavaScript" not in pdf
    assert b"/Launch" not in pdf


@pytest.mark.parametrize("text", CHARACTERS.values())
def test_json_of_odd_characters_is_json_that_any_program_reads(text):
    content, notes = encoded(write_json(everywhere(text)))
    assert json.loads(content)["facts"]
    assert bool(notes) == ("\ud800" in text)


@pytest.mark.parametrize("text", CHARACTERS.values())
def test_pdf_of_odd_characters_meets_its_standards_and_names_what_it_replaced(text):
    rendered = render_pdf(everywhere(text))
    assert rendered.conformance == ("a-2a", "ua-1")
    unseen = set("\u202e\u2066\u2069\u202c\u2028\u2029\ufeff")
    odd = {character for character in text if not character.isascii() or ord(character) < 32}
    assert odd - unseen <= set(rendered.replaced)


WORD = "x" * 1_000_000
ROWS = "| a | b |\n|---|---|\n" + "| x | y |\n" * 20_000


TOO_MUCH = pytest.mark.parametrize("text", [WORD, ROWS], ids=["word of 1 MB", "20,000 rows"])


@TOO_MUCH
@pytest.mark.parametrize("writer", [*WRITERS, "Markdown by section", "book", "pages"])
def test_what_no_brief_may_hold_ends_in_a_sentence_that_names_the_section(writer, text):
    others: dict[str, Callable[[Document], object]] = {
        "Markdown by section": write_markdown_files,
        "book": lambda document: render_book([make_document("Short."), document], Book("Briefs")),
        "pages": lambda document: render_pages(document, 40),
    }
    with pytest.raises(RenderFailed, match=r"^“Preface” holds a text of \d+ KB"):
        (WRITERS | others)[writer](make_document(text))


@pytest.mark.parametrize("writer", WRITERS)
def test_what_a_prompt_may_hold_is_written_by_all(writer):
    rows = "| a | b |\n|---|---|\n" + "| x | y |\n" * ((MAX_PROMPT_BYTES - 20) // 10)
    for text in ("x" * MAX_PROMPT_BYTES, rows):
        assert len(WRITERS[writer](make_document(text))) > 1000


@TOO_MUCH
def test_what_gets_past_that_can_be_set_by_no_worker_who_then_does_the_next(text, monkeypatch):
    monkeypatch.setattr("briefs.export.limits.LARGEST_ANSWER", 10 * len(text))
    pool = Pool(Path(settings.PDF_FONTS_DIR), Limits(seconds=3, memory=700 * 1024**2), 1)
    monkeypatch.setattr(render, "_pool", lambda: pool)
    monkeypatch.setattr("briefs.export.pdf.fault._SECONDS", 3)
    with pytest.raises(RenderFailed, match="It is the section “Preface” that can't be set"):
        render_pdf(make_document(text))
    assert render_pdf(make_document("The next one works."), is_anew=True).pdf
    pool.stop()


def test_two_sections_that_are_too_much_only_together_are_not_blamed(monkeypatch):
    pool = Pool(Path(settings.PDF_FONTS_DIR), Limits(seconds=0.001), 1)
    monkeypatch.setattr(render, "_pool", lambda: pool)
    with pytest.raises(RenderFailed) as failed:
        render_pdf(make_document("Never set before: together."))
    assert "by itself" not in str(failed.value)
    pool.stop()
