import pytest
from django.urls import reverse

from briefs.commissioning.actions import add_own_section
from briefs.drafting.prompts import texts_now
from briefs.importing.sealing import SentFile, seal
from briefs.models import Revision
from tests.briefs.importing.pages import hidden, sent
from tests.factories import section_of, write


@pytest.fixture
def address(brief):
    return reverse("brief_import_into_confirm", args=[brief.slug])


def test_what_was_shown_is_stored(address, brief, author, signed_in, text):
    write(section_of(brief, "goals/needs"), author, past="Ours.")
    client = signed_in(author)
    page = client.post(reverse("brief_import_into", args=[brief.slug]), {"file": sent(text)})
    sealed = hidden(page.content.decode(), "sealed")
    answer = client.post(address, {"sealed": sealed}, follow=True)
    assert answer.redirect_chain == [(brief.get_absolute_url(), 302)]
    said = " ".join(answer.content.decode().split())
    assert "2 texts were filled in. 2 are parked beside their sections." in said
    needs = section_of(brief, "goals/needs")
    assert texts_now(needs) == {"past": "Ours.", "future": "New needs."}
    assert brief.loose_texts.count() == 4


def test_what_somebody_wrote_meanwhile_stays(
    address, brief, author, second_author, signed_in, text
):
    sealed = seal(SentFile("belgium.md", text), author)
    write(section_of(brief, "goals/needs"), second_author, past="Meanwhile.")
    signed_in(author).post(address, {"sealed": sealed})
    assert texts_now(section_of(brief, "goals/needs"))["past"] == "Meanwhile."
    assert brief.loose_texts.filter(text="Old needs.").exists()


@pytest.mark.parametrize("sealed", ["", "nonsense"])
def test_a_damaged_file_is_asked_for_again(address, author, signed_in, sealed):
    answer = signed_in(author).post(address, {"sealed": sealed})
    assert answer.status_code == 422
    assert "Show both texts" in answer.content.decode()
    assert not Revision.objects.exists()


def test_a_brief_that_would_grow_too_long_is_refused(address, brief, author, signed_in):
    for prompt in ("past", "future"):
        write(section_of(brief, "goals/needs"), author, **{prompt: "x" * 65_000})
    for _section in range(6):
        _fill_own_section(brief, author)
    text = f"## Preface\n\n{'word ' * 11_000}\n"
    sealed = seal(SentFile("x.md", text), author)
    answer = signed_in(author).post(address, {"sealed": sealed})
    assert answer.status_code == 422
    assert "would pass 500 KB" in answer.content.decode()
    assert not brief.loose_texts.exists()


def _fill_own_section(brief, author):
    part = brief.template.parts.get(key="goals")
    section = add_own_section(brief, "Topic", part=part, by=None)
    write(section_of(brief, section.key), author, body="x" * 62_000)


def test_a_stranger_finds_nothing(address, stranger, signed_in):
    assert signed_in(stranger).post(address, {"sealed": "x"}).status_code == 404


def test_a_viewer_may_not(address, viewer, signed_in, text):
    sealed = seal(SentFile("belgium.md", text), viewer)
    assert signed_in(viewer).post(address, {"sealed": sealed}).status_code == 403
    assert not Revision.objects.exists()


def test_it_is_only_posted(address, author, signed_in):
    assert signed_in(author).get(address).status_code == 405
