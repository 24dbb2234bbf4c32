import pytest
from django.urls import reverse

from briefs.drafting.actions import save_section
from briefs.models import Activity, Section
from briefs.prompts import texts_now
from tests.factories import approve, put_in_review, section_of, write


def address(section: Section) -> str:
    return reverse("review_save_and_request", args=[section.brief.slug, section.key])


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def posted(started_from: int, text: str) -> dict[str, object]:
    return {"started_from": started_from, "text-body": text}


def test_the_button_under_the_text_leads_here(preface, author, signed_in):
    page = signed_in(author).get(preface.get_absolute_url()).content.decode()
    assert f'formaction="{address(preface)}"' in page


def test_one_press_saves_and_asks(preface, author, signed_in):
    answer = signed_in(author).post(address(preface), posted(0, "Words."), follow=True)
    assert answer.redirect_chain[-1][0] == reverse(
        "section_review", args=[preface.brief.slug, preface.key]
    )
    page = answer.content.decode()
    assert "Saved as revision 1." in page
    assert "Put forward for review." in page
    assert now(preface).state == "in_review"
    assert list(preface.activities.order_by("pk").values_list("verb", flat=True)) == [
        Activity.Verb.SECTION_SAVED,
        Activity.Verb.REVIEW_REQUESTED,
    ]


def test_text_that_was_saved_before_is_put_forward(preface, author, signed_in):
    write(preface, author, "Words.")
    signed_in(author).post(address(preface), posted(1, "Words."))
    assert (now(preface).state, now(preface).version) == ("in_review", 1)


def test_words_that_came_in_meanwhile_are_read_first(preface, author, second_author, signed_in):
    write(preface, author, "The port is old. The road is new.")
    save_section(
        preface,
        {"body": "The port is very old. The road is new."},
        by=second_author,
        started_from=1,
    )
    answer = signed_in(author).post(
        address(preface), posted(1, "The port is old. The road is quite new.")
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "joined with yours" in page
    assert "it is now at revision 3" in page
    assert '<input type="hidden" name="revision" value="3">' in page
    assert now(preface).state == "drafting"
    assert texts_now(preface) == {"body": "The port is very old. The road is quite new."}


def test_when_asking_is_refused_the_save_stands(preface, author, editor, signed_in):
    approve(preface, author, editor, "Approved.")
    write(preface, author, "Changed.")
    answer = signed_in(author).post(address(preface), posted(2, "Approved."))
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Saved as revision 3." in page
    assert "This text is approved already." in page
    assert now(preface).state == "approved"


def test_a_conflict_is_shown_as_after_any_save(preface, author, second_author, signed_in):
    write(preface, author, "Mine.")
    write(preface, second_author, "Theirs.")
    answer = signed_in(author).post(address(preface), posted(1, "Other."))
    assert answer.status_code == 409
    assert "Other.</textarea>" in answer.content.decode()
    assert now(preface).state == "drafting"


def test_a_section_in_review_keeps_the_text_to_copy(preface, author, signed_in):
    put_in_review(preface, author, "Frozen.")
    answer = signed_in(author).post(address(preface), posted(1, "Late."))
    assert answer.status_code == 403
    assert "Late.</textarea>" in answer.content.decode()
    assert texts_now(preface) == {"body": "Frozen."}


def test_a_viewer_is_refused_with_the_reason(preface, viewer, signed_in):
    answer = signed_in(viewer).post(address(preface), posted(0, "Words."))
    assert answer.status_code == 403
    assert "You can read this brief but not write in it." in answer.content.decode()


@pytest.mark.parametrize("started_from", ["", "x", "-1"])
def test_a_form_without_its_version_is_refused(started_from, preface, author, signed_in):
    answer = signed_in(author).post(address(preface), posted(started_from, "Words."))
    assert answer.status_code == 422
    assert "Words.</textarea>" in answer.content.decode()


def test_a_stranger_finds_nothing(preface, stranger, signed_in):
    assert signed_in(stranger).post(address(preface), posted(0, "x")).status_code == 404


def test_it_is_only_posted_to(preface, author, signed_in):
    assert signed_in(author).get(address(preface)).status_code == 405
