import pytest
from django.urls import reverse

from briefs.prompts import texts_now
from tests.factories import put_in_review, section_of


@pytest.fixture
def page(loose):
    def address(name="loose_text_detail", *more):
        return reverse(name, args=[loose.brief.slug, loose.pk, *more])

    return address


def test_the_list_shows_what_waits_and_what_is_settled(loose, page, author, signed_in):
    client = signed_in(author)
    address = reverse("loose_text_list", args=[loose.brief.slug])
    assert "line 12 of old.md" in client.get(address).content.decode()
    client.post(page("loose_text_dismiss"), {"reason": "Old note."})
    assert "Dismissed by Ada Author: Old note." in client.get(address).content.decode()


def test_a_piece_is_placed_and_the_move_undone(loose, page, author, signed_in):
    client = signed_in(author)
    assert "First paragraph." in client.get(page()).content.decode()
    client.post(
        page("loose_text_place"), {"piece": "Second paragraph.", "target": "goals/needs|future"}
    )
    section = section_of(loose.brief, "goals/needs")
    assert texts_now(section) == {"future": "Second paragraph."}
    shown = client.get(page()).content.decode()
    assert "Undo this move" in shown
    client.post(page("placement_undo", loose.placements.get().pk))
    assert texts_now(section) == {}


def test_a_mistake_stands_beside_its_field_and_keeps_what_was_typed(loose, page, author, signed_in):
    answer = signed_in(author).post(
        page("loose_text_place"), {"piece": "Not in it.", "target": "goals/needs|past"}
    )
    assert answer.status_code == 422
    assert "one connected piece" in answer.content.decode()
    assert "Not in it.</textarea>" in answer.content.decode()


@pytest.mark.parametrize("target", ["", "goals/nothing|past", "nonsense"])
def test_a_place_that_is_none_is_refused(page, author, signed_in, target):
    answer = signed_in(author).post(
        page("loose_text_place"), {"piece": "First paragraph.", "target": target}
    )
    assert answer.status_code == 422


def test_dismissing_needs_a_reason(page, author, signed_in):
    assert signed_in(author).post(page("loose_text_dismiss"), {"reason": ""}).status_code == 422


def test_bringing_back(loose, page, author, signed_in):
    client = signed_in(author)
    client.post(page("loose_text_dismiss"), {"reason": "Old note."})
    assert "Bring it back" in client.get(page()).content.decode()
    client.post(page("loose_text_reopen"))
    loose.refresh_from_db()
    assert loose.settled_at is None


def test_a_viewer_reads_and_is_told_why_not_more(page, viewer, signed_in):
    client = signed_in(viewer)
    shown = client.get(page()).content.decode()
    assert "can read this brief but not write in it" in shown
    assert "<textarea" not in shown
    assert client.post(page("loose_text_dismiss"), {"reason": "No."}).status_code == 403


def test_a_stranger_finds_nothing(page, stranger, signed_in):
    assert signed_in(stranger).get(page()).status_code == 404


def test_reading_pages_take_no_post_and_acts_no_get(page, author, signed_in):
    client = signed_in(author)
    assert client.post(page()).status_code == 405
    for name in ("loose_text_place", "loose_text_dismiss", "loose_text_reopen"):
        assert client.get(page(name)).status_code == 405


def test_a_section_in_review_refuses_beside_what_was_typed(
    loose, page, author, second_author, signed_in
):
    put_in_review(section_of(loose.brief, "goals/needs"), author)
    answer = signed_in(second_author).post(
        page("loose_text_place"), {"piece": "First paragraph.", "target": "goals/needs|past"}
    )
    assert answer.status_code == 403
    assert "is in review, so its text" in answer.content.decode()
    assert "First paragraph.</textarea>" in answer.content.decode()
