import pytest
from django.urls import reverse

from briefs.models import Section
from tests.briefs.live_text.typing import type_into
from tests.factories import approve, put_in_review, write


def address(section: Section, number: int) -> str:
    return reverse("revision_detail", args=[section.brief.slug, section.key, number])


def page_of(client, section: Section, number: int) -> str:
    answer = client.get(address(section, number))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_is_read_as_it_was(needs, author, signed_in):
    write(needs, author, past="The **old** port.")
    write(needs, author, past="New.", future="More.")
    page = page_of(signed_in(author), needs, 1)
    assert "An earlier text: the section is now at revision 2." in page
    assert "The <strong>old</strong> port." in page
    assert "More." not in page
    assert "Nothing written yet." in page
    assert "<bdi>Ada Author</bdi>, <time" in page


def test_the_newest_says_so_and_offers_no_restore(preface, author, signed_in):
    write(preface, author)
    page = page_of(signed_in(author), preface, 1)
    assert "This is the text now." in page
    assert "Bring this text back" not in page


def test_it_leads_to_its_neighbours_and_to_the_comparisons(preface, author, signed_in):
    for text in ("One.", "Two.", "Three."):
        write(preface, author, text)
    page = page_of(signed_in(author), preface, 2)
    compare = reverse("section_compare", args=["belgium", preface.key])
    assert f'href="{compare}?from=2&amp;to=3"' in page
    assert f'href="{compare}?from=1&amp;to=2"' in page
    assert f'href="{address(preface, 1)}"' in page
    assert f'href="{address(preface, 3)}"' in page


def test_it_shows_what_was_decided(preface, author, editor, signed_in):
    approve(preface, author, editor, "One.")
    assert "Approved</span>" in page_of(signed_in(author), preface, 1)


def test_who_may_not_write_is_told_why_on_the_button(preface, author, viewer, signed_in):
    write(preface, author, "One.")
    write(preface, author, "Two.")
    page = page_of(signed_in(viewer), preface, 1)
    assert 'aria-disabled="true" aria-describedby="restore-button-refusal"' in page
    assert "You can read this brief but not write in it." in page
    put_in_review(preface, author, "Three.")
    page = page_of(signed_in(author), preface, 1)
    assert "This section is in review, so its text can&#x27;t change." in page


def test_a_revision_that_is_not_there_is_not_found(preface, author, signed_in):
    write(preface, author)
    assert signed_in(author).get(address(preface, 2)).status_code == 404
    assert signed_in(author).get(address(preface, 0)).status_code == 404


def test_another_sections_revision_is_not_found(preface, needs, author, signed_in):
    write(needs, author, past="Words.")
    assert signed_in(author).get(address(preface, 1)).status_code == 404


def test_a_stranger_finds_nothing(preface, author, stranger, signed_in):
    write(preface, author)
    assert signed_in(stranger).get(address(preface, 1)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(method, preface, author, signed_in):
    write(preface, author)
    assert getattr(signed_in(author), method)(address(preface, 1)).status_code == 405


def test_the_newest_is_not_the_text_now_while_somebody_types(preface, author, viewer, signed_in):
    write(preface, author, "One.")
    write(preface, author, "Two.")
    type_into(preface, author, body="Three.")
    page = page_of(signed_in(viewer), preface, 2)
    assert "This is the newest revision." in page
    assert "This is the text now." not in page
    assert "Text was typed since revision 2 that is in no revision yet." in page
    assert "?from=2&amp;to=typed" in page
    page = page_of(signed_in(viewer), preface, 1)
    assert '?from=1&amp;to=typed">What changed from it until now<' in page
