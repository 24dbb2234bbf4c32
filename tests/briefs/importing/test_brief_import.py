import pytest
from django.urls import reverse

from briefs.models import Activity, Brief, LooseText
from tests.briefs.importing.pages import sent


@pytest.fixture
def address():
    return reverse("brief_import")


def post(client, address, template, content, **fields):
    return client.post(address, {"file": sent(content), "template": template.pk, **fields})


def test_the_page_asks_for_a_file(address, template, manager, signed_in):
    page = signed_in(manager).get(address)
    assert page.status_code == 200
    assert "before anything is stored" in page.content.decode()
    assert f'<option value="{template.pk}" selected>' in page.content.decode()


def test_without_a_template_it_says_what_to_do(address, manager, signed_in):
    page = signed_in(manager).get(address).content.decode()
    assert "No brief template is loaded yet." in page
    assert '<button type="submit" class="btn btn-primary"' not in page


def test_the_report_comes_before_anything_is_stored(address, template, manager, signed_in, text):
    answer = post(signed_in(manager), address, template, text)
    assert answer.status_code == 200
    page = " ".join(answer.content.decode().split())
    assert "Making the brief fills 3 of 4 sections. 2 texts stay beside the brief in sight" in page
    assert "This reads like guidance and not like an answer; it was set aside." in page
    assert "<bdi>Football</bdi>" in page
    assert '<td class="num"><b>14</b></td>' in page
    for model in (Brief, LooseText, Activity):
        assert not model.objects.exists()


def test_the_report_shows_the_files_words_as_words(address, template, manager, signed_in):
    text = "<script>alert(1)</script>\n\n## Preface\n\nA.\n"
    page = post(signed_in(manager), address, template, text, country="BE").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_file_name_is_shown_as_words(address, template, manager, signed_in):
    file = sent("## Preface\n\nA.\n", "<b>.md")
    data = {"file": file, "template": template.pk, "country": "BE"}
    page = signed_in(manager).post(address, data).content.decode()
    assert "<bdi>&lt;b&gt;.md</bdi>" in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\xff\xfe", "The file is not UTF-8 text"),
        (b"\x00", "This is not a text file"),
        (b"x" * (2 * 1024 * 1024 + 1), "the most that can be imported is 2 MB"),
        (b"<html></html>", "This is a web page"),
        (b"# Shopping\n\nMilk.\n", "look like a brief"),
        (b"## Preface\n\nA.\n", "The file names no title"),
        (b"---\ncountry: XX\n---\n## Preface\n\nA.\n", "“XX” is no country of ISO 3166"),
        (b"## Preface\n\n" + b"word " * 14_000, "“Preface” from line 3 has 69 KB"),
    ],
)
def test_a_file_that_cannot_be_stored_is_refused(
    address, template, manager, signed_in, content, sentence
):
    answer = post(signed_in(manager), address, template, content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Brief.objects.exists()


def test_no_file_is_refused(address, template, manager, signed_in):
    answer = signed_in(manager).post(address, {"template": template.pk})
    assert answer.status_code == 422
    assert "Choose something under “File”." in answer.content.decode()


def test_another_template_is_refused(address, template, manager, signed_in, text):
    answer = signed_in(manager).post(address, {"file": sent(text), "template": 999})
    assert answer.status_code == 422


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_add_briefs_is_refused(address, author, stranger, signed_in, method):
    for person in (author, stranger):
        answer = getattr(signed_in(person), method)(address)
        assert answer.status_code == 403
        assert "You may not make briefs." in answer.content.decode()


def test_signed_out_one_signs_in_first(address, client, db):
    assert client.get(address).status_code == 302


def test_other_methods_are_refused(address, template, manager, signed_in):
    assert signed_in(manager).put(address).status_code == 405


def test_a_file_on_a_country_suggests_it(address, template, manager, signed_in):
    content = "# Belgium\n\n## Preface\n\nWords.\n"
    page = post(signed_in(manager), address, template, content)
    assert '<option value="BE" selected>' in page.content.decode()
