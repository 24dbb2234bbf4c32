import pytest
from django.urls import reverse

from briefs.commissioning.actions import add_own_section
from briefs.document.text import MAX_BRIEF_BYTES, MAX_PROMPT_BYTES
from briefs.models import Section
from briefs.prompts import texts_now
from tests.briefs.live_text.typing import type_into
from tests.factories import put_in_review, write
from tests.pages import seen


def address(section: Section, number: int = 1) -> str:
    return reverse("section_restore", args=[section.brief.slug, section.key, number])


@pytest.fixture
def written(needs, author) -> Section:
    """Two revisions that differ under both prompts."""
    write(needs, author, past="Old past.", future="Old future.")
    return write(needs, author, past="New past.", future="New future.")


def test_it_shows_what_would_change_before_anything_does(written, author, signed_in):
    page = " ".join(signed_in(author).get(address(written)).content.decode().split())
    assert "2 words added, 2 removed, in 2 places. It becomes revision 3" in page
    assert "<del>New</del><ins>Old</ins> past." in seen(page)
    assert 'name="prompts" value="past" id="prompt-past" checked' in page
    assert '<input type="hidden" name="started_from" value="2">' in page
    assert written.revisions.count() == 2


def test_it_brings_the_whole_revision_back(written, author, signed_in):
    answer = signed_in(author).post(
        address(written), {"started_from": 2, "prompts": ["past", "future"]}, follow=True
    )
    page = answer.content.decode()
    assert "Brought back from revision 1 as revision 3." in page
    assert "Revision 3</a>, the text now" in page
    assert texts_now(written) == {"past": "Old past.", "future": "Old future."}


def test_it_brings_one_prompt_back(written, author, signed_in):
    signed_in(author).post(address(written), {"started_from": 2, "prompts": ["past"]})
    assert texts_now(written) == {"past": "Old past.", "future": "New future."}


def test_a_newer_text_is_shown_instead_of_put_away(written, author, second_author, signed_in):
    write(written, second_author, past="Newest past.")
    answer = signed_in(author).post(address(written), {"started_from": 2, "prompts": ["past"]})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "it is now at revision 3" in page
    assert '<input type="hidden" name="started_from" value="3">' in page
    assert 'value="past" id="prompt-past" checked' in page
    assert 'value="future" id="prompt-future">' in page
    assert texts_now(written)["past"] == "Newest past."


def test_the_same_text_has_nothing_to_bring_back(written, author, signed_in):
    client = signed_in(author)
    page = client.get(address(written, 2)).content.decode()
    assert "there is nothing to bring back" in page
    assert '<form method="post">' not in page
    posted = {"started_from": 2, "prompts": ["past"]}
    answer = client.post(address(written, 2), posted, follow=True)
    assert "Nothing to bring back: the text is the same already." in answer.content.decode()
    assert written.revisions.count() == 2


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"started_from": 2}, "Choose at least one text to bring back."),
        ({"started_from": 2, "prompts": ["nonsense"]}, "Select a valid choice."),
        ({"prompts": ["past"]}, "does not say which text you saw"),
        ({"started_from": "x", "prompts": ["past"]}, "Enter a whole number."),
    ],
)
def test_bad_input_is_said_and_changes_nothing(posted, sentence, written, author, signed_in):
    answer = signed_in(author).post(address(written), posted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert written.revisions.count() == 2


def test_a_viewer_is_refused_with_the_reason(written, viewer, signed_in):
    client = signed_in(viewer)
    page = client.get(address(written)).content.decode()
    assert 'aria-disabled="true"' in page
    answer = client.post(address(written), {"started_from": 2, "prompts": ["past"]})
    assert answer.status_code == 403
    assert "You can read this brief but not write in it." in answer.content.decode()
    assert written.revisions.count() == 2


def test_a_section_in_review_is_refused_with_the_reason(preface, author, signed_in):
    write(preface, author, "Old.")
    put_in_review(preface, author, "New.")
    answer = signed_in(author).post(address(preface), {"started_from": 2, "prompts": ["body"]})
    assert answer.status_code == 403
    assert "This section is in review" in answer.content.decode()
    assert texts_now(preface) == {"body": "New."}


def test_a_brief_that_would_grow_too_large_is_said(brief, preface, author, manager, signed_in):
    write(preface, author, "x" * MAX_PROMPT_BYTES)
    write(preface, author, "Short.")
    for number in range(MAX_BRIEF_BYTES // MAX_PROMPT_BYTES):
        own = add_own_section(brief, f"Own {number}", part=preface.part, by=manager)
        write(own, author, "x" * MAX_PROMPT_BYTES)
    answer = signed_in(author).post(address(preface), {"started_from": 2, "prompts": ["body"]})
    assert answer.status_code == 422
    assert "500 KB" in answer.content.decode()


def test_a_revision_that_is_not_there_is_not_found(written, author, signed_in):
    assert signed_in(author).get(address(written, 9)).status_code == 404
    assert signed_in(author).post(address(written, 9)).status_code == 404


def test_a_stranger_finds_nothing(written, stranger, signed_in):
    client = signed_in(stranger)
    assert client.get(address(written)).status_code == 404
    assert client.post(address(written), {"started_from": 2}).status_code == 404


def test_another_method_is_refused(written, author, signed_in):
    assert signed_in(author).put(address(written)).status_code == 405


def test_who_may_not_write_is_told_so_before_any_mistake_in_the_form(written, viewer, signed_in):
    answer = signed_in(viewer).post(address(written), {})
    assert answer.status_code == 403
    assert "You can read this brief but not write in it." in answer.content.decode()


def test_what_is_typed_since_is_said_and_not_put_away(written, author, second_author, signed_in):
    type_into(written, second_author, past="Typed past.")
    client = signed_in(author)
    page = " ".join(client.get(address(written)).content.decode().split())
    assert "This is what would change in the text of revision 2:" in page
    assert "Text was typed since revision 2 that is in no revision yet." in page
    answer = client.post(address(written), {"started_from": 2, "prompts": ["past"]})
    assert answer.status_code == 409
    assert texts_now(written)["past"] == "Typed past."
