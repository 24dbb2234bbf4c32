import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.importing.comparing import compare_with_brief
from briefs.importing.reading import read_file
from briefs.models import Revision
from tests.briefs.importing.pages import sent
from tests.briefs.importing.stored import OUTLINE
from tests.factories import put_in_review, section_of, write


@pytest.fixture
def address(brief):
    return reverse("brief_import_into", args=[brief.slug])


def test_the_page_asks_for_a_file(address, author, signed_in):
    page = signed_in(author).get(address)
    assert page.status_code == 200
    assert "Import into Belgium" in page.content.decode()


def test_both_texts_are_shown_before_anything_is_stored(address, brief, author, signed_in, text):
    write(section_of(brief, "goals/needs"), author, past="Ours <b>.")
    put_in_review(section_of(brief, "opening/preface"), author, "Reviewed.")
    before = Revision.objects.count()
    answer = signed_in(author).post(address, {"file": sent(text)})
    assert answer.status_code == 200
    page = " ".join(answer.content.decode().split())
    assert "1 text fills an empty prompt." in page
    assert "Ours &lt;b&gt;." in page
    assert "Old needs." in page
    assert "Only a manager of this brief can do that." in page
    assert Revision.objects.count() == before
    assert not brief.loose_texts.exists()


def test_a_section_in_review_is_said_to_be_frozen(address, brief, author, signed_in):
    section = section_of(brief, "goals/needs")
    put_in_review(section, author)
    page = signed_in(author).post(address, {"file": sent("### Needs\n\n**Future:** New.\n")})
    assert "This section is in review" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "The file is empty"), (b"# Shopping\n\nMilk.\n", "look like a brief")],
)
def test_a_file_that_cannot_be_read_is_refused(address, author, signed_in, content, sentence):
    answer = signed_in(author).post(address, {"file": sent(content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_stranger_finds_nothing(address, stranger, manager, signed_in):
    assert signed_in(stranger).get(address).status_code == 404


def test_a_viewer_may_not(address, viewer, signed_in):
    for answer in (signed_in(viewer).get(address), signed_in(viewer).post(address)):
        assert answer.status_code == 403
        assert "not write in it" in answer.content.decode()


def test_into_an_archived_brief_nothing_is_imported(address, brief, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).get(address).status_code == 403


def test_a_brief_that_is_not_there(author, signed_in):
    assert signed_in(author).get(reverse("brief_import_into", args=["no"])).status_code == 404


def test_other_methods_are_refused(address, author, signed_in):
    assert signed_in(author).delete(address).status_code == 405


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("| a |\n|---|\n| b |", "| a    |\n| ---- |\n| b    |"),
        ("a[^1]\n\n[^1]: b\n\nc", "a[^1]\n\nc\n\n[^1]: b"),
        ("<https://example.org>", "[https://example.org](https://example.org)"),
        ("a\n\n---\n\nb", "a\n\n***\n\nb"),
    ],
)
def test_what_reads_the_same_is_the_same(brief, author, ours, theirs):
    section = section_of(brief, "opening/preface")
    write(section, author, body=ours)
    reading = read_file(f"# Belgium\n\n## Preface\n\n{theirs}\n".encode(), OUTLINE)
    assert [each.outcome for each in compare_with_brief(brief, reading, by=author)] == ["same"]
