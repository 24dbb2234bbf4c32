"""What no brief may hold is refused at the import of each format, in a sentence that names the
place."""

import json

import pytest
from django.urls import reverse

from briefs.models import Brief
from tests.briefs.importing.docx.word_files import plain, styled, word
from tests.briefs.importing.json_files import sections, small_file
from tests.briefs.importing.pages import sent

WORD = "x" * 1_000_000
ROWS = "| a | b |\n|---|---|\n" + "| x | y |\n" * 20_000


def markdown_file(text: str) -> bytes:
    return f"# Belgium\n\n## Preface\n\n{text}\n".encode()


def word_file(text: str) -> bytes:
    row = f"<w:tr><w:tc>{plain('x')}</w:tc><w:tc>{plain('y')}</w:tc></w:tr>"
    body = f"<w:tbl>{row * 20_000}</w:tbl>" if text == ROWS else plain(text)
    return word(styled("Title", "Belgium") + styled("Heading1", "Preface") + body)


def json_file(text: str) -> bytes:
    file = small_file()
    sections(file)["opening/preface"]["answers"][0]["text"] = text
    return json.dumps(file).encode()


@pytest.mark.parametrize("text", [WORD, ROWS], ids=["word of 1 MB", "20,000 rows"])
@pytest.mark.parametrize(
    ("name", "made", "place"),
    [
        ("belgium.md", markdown_file, "“Preface” from line 5"),
        ("belgium.docx", word_file, "“Preface” from line 5"),
        ("belgium.json", json_file, "“Preface”"),
    ],
)
def test_it_is_refused_with_its_place(template, manager, signed_in, name, made, place, text):
    data = {"file": sent(made(text), name), "template": template.pk, "country": "BE"}
    answer = signed_in(manager).post(reverse("brief_import"), data)
    assert answer.status_code == 422
    assert place in answer.text
    assert "KB; a prompt takes 64 KB at most" in answer.text
    assert not Brief.objects.exists()
