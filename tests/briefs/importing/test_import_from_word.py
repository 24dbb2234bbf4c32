"""A Word file goes through the same pages and the same command as a Markdown file."""

import io
import json
from random import Random
from typing import Any

import pytest
from django.core import signing
from django.core.management import CommandError, call_command
from django.urls import reverse
from PIL import Image

from briefs.document.tree import TextState
from briefs.drafting import pictures
from briefs.drafting.picture_file import encode
from briefs.drafting.pictures import add_picture
from briefs.export.docx.write import write_docx
from briefs.export.dressing import dressed
from briefs.export.json_tree import write_json
from briefs.importing.sealing import SentFile, seal, unseal
from briefs.models import Brief, LooseText, Picture
from briefs.reading import read_document
from tests.briefs.importing.docx.word_files import paragraph, plain, run, styled, word
from tests.briefs.importing.pages import sent
from tests.factories import section_of
from tests.pages import hidden
from tests.pictures import jpeg, png


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
    data = {"file": sent(content, "x.docx"), "template": template.pk, "country": "BE"}
    answer = signed_in(manager).post(reverse("brief_import"), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_seal_carries_what_was_said_and_an_older_seal_is_still_read(manager):
    pictures = (encode(png()), encode(jpeg()))
    file = SentFile("x.docx", "a\n", is_converted=True, remarks=("B.", "C."), pictures=pictures)
    assert unseal(seal(file, manager), manager) == file
    older = signing.dumps(["x.md", "a\n", "u"], salt=f"briefs.importing:{manager.pk}")
    assert unseal(older, manager) == SentFile("x.md", "a\n", "u")


def with_picture(picture: bytes) -> bytes:
    """A Word file of two sections, one of which shows a picture."""
    shown = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="A map"/><a:graphic>'
        '<a:graphicData uri="x/picture"><a:blip r:embed="p"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    body = styled("Heading1", "Preface") + plain("The preface.") + paragraph(shown, "")
    return word(body, images={"p": "media/p.bin"}, more={"word/media/p.bin": picture})


def noise(size: tuple[int, int]) -> bytes:
    """A picture that no compression makes small."""
    image = Image.frombytes("RGB", size, Random(1).randbytes(3 * size[0] * size[1]))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def new_brief_data(template, page: str) -> dict[str, Any]:
    return {
        "sealed": hidden(page, "sealed"),
        "template": template.pk,
        "title": "Belgium",
        "subject": "Belgium",
    }


def test_its_pictures_come_with_it(template, manager, signed_in):
    client = signed_in(manager)
    data = {"file": sent(with_picture(jpeg()), "x.docx"), "template": template.pk, "country": "BE"}
    page = client.post(reverse("brief_import"), data).content.decode()
    assert "was left out" not in page
    assert not Picture.objects.exists()
    client.post(reverse("brief_import_confirm"), new_brief_data(template, page))
    brief = Brief.objects.get()
    picture = brief.pictures.get()
    assert (picture.uploaded_by, bytes(picture.content)) == (manager, encode(jpeg()).content)
    [answer] = section_of(brief, "opening/preface").answers.all()
    assert answer.text == f"The preface.\n\n![A map](picture:{picture.sha256})"


def test_a_file_with_large_pictures_is_asked_for_once_more(template, manager, signed_in):
    client = signed_in(manager)
    content = with_picture(noise((800, 600)))
    data = {"file": sent(content, "x.docx"), "template": template.pk, "country": "BE"}
    page = client.post(reverse("brief_import"), data).content.decode()
    confirmed = new_brief_data(template, page)
    confirm = reverse("brief_import_confirm")
    refused = client.post(confirm, confirmed)
    assert "Choose “x.docx” once more" in refused.content.decode()
    other = with_picture(noise((800, 601)))
    refused = client.post(confirm, {**confirmed, "file": sent(other, "x.docx")})
    assert "the file that the report is on" in refused.content.decode()
    assert not Brief.objects.exists()
    client.post(confirm, {**confirmed, "file": sent(content, "x.docx")})
    assert Brief.objects.get().pictures.count() == 1


@pytest.mark.parametrize("write", [write_docx, write_json], ids=["Word", "JSON"])
def test_our_own_file_with_a_photograph_changes_nothing(brief, author, signed_in, write):
    preface = section_of(brief, "opening/preface")
    picture = add_picture(preface, "body", jpeg(), "A map", by=author).picture
    file = write(dressed(read_document(brief, TextState.WORKING), brief))
    name = "x.docx" if write is write_docx else "x.json"
    content = file if isinstance(file, bytes) else file.encode()
    address = reverse("brief_import_into", args=[brief.slug])
    client = signed_in(author)
    page = client.post(address, {"file": sent(content, name)}).content.decode()
    confirm = reverse("brief_import_into_confirm", args=[brief.slug])
    client.post(confirm, {"sealed": hidden(page, "sealed")})
    assert brief.pictures.get() == picture
    assert not LooseText.objects.exists()


def test_a_full_brief_takes_no_further_picture_and_loses_nothing(
    brief, author, signed_in, monkeypatch
):
    monkeypatch.setattr(pictures, "MAX_PICTURES", 0)
    client = signed_in(author)
    address = reverse("brief_import_into", args=[brief.slug])
    data = {"file": sent(with_picture(png()), "x.docx")}
    page = client.post(address, data).content.decode()
    confirm = reverse("brief_import_into_confirm", args=[brief.slug])
    answer = client.post(confirm, {"sealed": hidden(page, "sealed")})
    assert answer.status_code == 422
    assert "the most a brief takes" in answer.content.decode()
    assert not Picture.objects.exists()


def test_the_command_takes_pictures_too(template, tmp_path):
    path = tmp_path / "x.docx"
    path.write_bytes(with_picture(png()))
    call_command(
        "import_brief", path, "--template", "small", "--country", "BE", stdout=io.StringIO()
    )
    assert Brief.objects.get().pictures.get().uploaded_by is None


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
