"""A Word file goes through the same pages and the same command as a Markdown file."""

import io
import json

import pytest
from django.core import signing
from django.core.management import CommandError, call_command
from django.urls import reverse

from briefs.importing.sealing import SentFile, seal, unseal
from briefs.models import Brief
from tests.briefs.importing.docx.word_files import paragraph, plain, run, styled, word
from tests.briefs.importing.pages import sent
from tests.factories import section_of
from tests.pages import hidden


@pytest.fixture
def content():
    return word(
        styled("Title", "Belgium")
        + styled("Heading1", "Preface")
        + paragraph(run("The preface") + run("."), "")
        + styled("Heading1", "Goals")
        + styled("Heading2", "Needs")
        + paragraph(run("Past:", "<w:b/>") + run(" Old < needs"))
        + f"<w:p><w:del>{run('gone')}</w:del></w:p>"
    )


def test_the_report_says_what_was_done_and_shows_the_text_by_lines(
    template, manager, signed_in, content
):
    client = signed_in(manager)
    data = {"file": sent(content, "belgium.docx"), "template": template.pk, "country": "BE"}
    answer = client.post(reverse("brief_import"), data)
    assert answer.status_code == 200
    page = " ".join(answer.content.decode().split())
    assert "Line numbers on this page are lines of that text." in page
    assert "It has tracked changes: 1 deletion was carried out." in page
    assert "<li># Belgium</li><li></li><li>## Preface</li>" in page
    assert "<li>**Past:** Old &lt; needs</li>" in page
    assert not Brief.objects.exists()

    confirmed = client.post(
        reverse("brief_import_confirm"),
        {
            "sealed": hidden(answer.content.decode(), "sealed"),
            "template": template.pk,
            "title": "Belgium",
            "subject": "Belgium",
            "country": "BE",
        },
    )
    assert confirmed.status_code == 302
    needs = section_of(Brief.objects.get(), "goals/needs")
    assert [each.text for each in needs.answers.all() if each.text] == ["Old < needs"]


def test_a_report_that_is_shown_again_still_says_it(template, manager, signed_in, content):
    client = signed_in(manager)
    data = {"file": sent(content, "belgium.docx"), "template": template.pk, "country": "BE"}
    page = client.post(reverse("brief_import"), data).content.decode()
    again = client.post(
        reverse("brief_import_confirm"),
        {"sealed": hidden(page, "sealed"), "template": template.pk, "title": ""},
    )
    assert again.status_code == 422
    assert "It has tracked changes: 1 deletion was carried out." in again.content.decode()


def test_a_markdown_file_shows_nothing_of_word(template, manager, signed_in, text):
    data = {"file": sent(text), "template": template.pk}
    page = signed_in(manager).post(reverse("brief_import"), data).content.decode()
    assert "Read from Word" not in page


def test_into_a_brief_it_fills_what_is_empty(brief, author, signed_in, content):
    client = signed_in(author)
    address = reverse("brief_import_into", args=[brief.slug])
    page = client.post(address, {"file": sent(content, "belgium.docx")}).content.decode()
    assert "Read from Word" in page
    confirm = reverse("brief_import_into_confirm", args=[brief.slug])
    assert client.post(confirm, {"sealed": hidden(page, "sealed")}).status_code == 302


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 damaged", "The Word file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as .docx in Word"),
        (word(plain("Milk")), "look like a brief"),
    ],
)
def test_a_word_file_that_cannot_be_read_is_refused(
    template, manager, signed_in, content, sentence
):
    data = {"file": sent(content, "x.docx"), "template": template.pk}
    answer = signed_in(manager).post(reverse("brief_import"), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_seal_carries_what_was_said_and_an_older_seal_is_still_read(manager):
    file = SentFile("x.docx", "a\n", is_converted=True, remarks=("B.", "C."))
    assert unseal(seal(file, manager), manager) == file
    older = signing.dumps(["x.md", "a\n", "u"], salt=f"briefs.importing:{manager.pk}")
    assert unseal(older, manager) == SentFile("x.md", "a\n", "u")


def test_the_command_reports_on_the_text_that_it_made(template, tmp_path, content):
    path = tmp_path / "belgium.docx"
    path.write_bytes(content)
    out = io.StringIO()
    call_command("import_brief", path, "--template", "small", "--country", "BE", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("The Word file was turned into a text first")
    assert lines[1] == "It has tracked changes: 1 deletion was carried out."
    assert Brief.objects.get().title == "Belgium"
    out = io.StringIO()
    call_command("import_brief", path, "--template", "small", "--json", "--dry-run", stdout=out)
    report = json.loads(out.getvalue())
    assert report["remarks"] == ["It has tracked changes: 1 deletion was carried out."]
    assert report["text"].startswith("# Belgium\n\n## Preface\n")


def test_the_command_refuses_what_is_no_word_file(template, tmp_path):
    path = tmp_path / "x.docx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match="The Word file is damaged"):
        call_command("import_brief", path, "--template", "small")
