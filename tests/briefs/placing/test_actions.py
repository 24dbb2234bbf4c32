import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from briefs.commissioning.actions import archive_brief
from briefs.models import Activity, Revision
from briefs.placing.actions import dismiss_text, place_text, reopen_text, undo_placement
from briefs.prompts import texts_now
from briefs.review.actions import approve_section, request_review
from tests.factories import make_brief, put_in_review, section_of, write


@pytest.fixture
def needs(brief):
    return section_of(brief, "goals/needs")


def test_all_of_a_text_is_placed_behind_what_is_there(loose, needs, author):
    write(needs, author, past="Already here.")
    place_text(loose, needs, "past", loose.text, by=author)

    assert texts_now(needs)["past"] == f"Already here.\n\n{loose.original}"
    loose.refresh_from_db()
    assert loose.settled_by == author
    revision = needs.revisions.order_by("-number")[0]
    assert revision.kind == Revision.Kind.PLACED
    assert revision.comment == "from line 12 of old.md"
    assert list(revision.contributors.all()) == [author]
    assert Activity.objects.filter(verb=Activity.Verb.TEXT_PLACED, actor=author).exists()


def test_the_rest_of_a_text_goes_on_waiting(loose, needs, author):
    place_text(loose, needs, "past", "Second paragraph.", by=author)
    loose.refresh_from_db()
    assert loose.text == "First paragraph.\n\nThird paragraph."
    assert loose.settled_at is None
    place_text(loose, needs, "future", loose.text, by=author)
    loose.refresh_from_db()
    assert loose.settled_at is not None
    assert texts_now(needs) == {
        "past": "Second paragraph.",
        "future": "First paragraph.\n\nThird paragraph.",
    }


@pytest.mark.parametrize("piece", ["", "  \n", "Words that were never there."])
def test_only_words_of_the_text_can_be_moved(loose, needs, author, piece):
    with pytest.raises(ValidationError):
        place_text(loose, needs, "past", piece, by=author)
    assert texts_now(needs) == {}


def test_a_second_tab_cannot_place_the_same_text_twice(loose, needs, author):
    place_text(loose, needs, "past", loose.text, by=author)
    with pytest.raises(PermissionDenied, match="placed or dismissed already"):
        place_text(loose, needs, "future", loose.text, by=author)


def test_a_text_stays_in_its_brief(loose, author, template):
    other = make_brief(template, title="France")
    with pytest.raises(PermissionDenied):
        place_text(loose, section_of(other, "goals/needs"), "past", loose.text, by=author)


def test_undoing_a_move_puts_both_texts_back(loose, needs, author):
    write(needs, author, past="Already here.")
    placement = place_text(loose, needs, "past", "Second paragraph.", by=author)

    undone = undo_placement(placement, by=author)

    assert undone.is_out_of_answer
    assert texts_now(needs) == {"past": "Already here."}
    loose.refresh_from_db()
    assert (loose.text, loose.settled_at) == (loose.original, None)
    with pytest.raises(PermissionDenied):
        undo_placement(placement, by=author)


def test_undoing_a_move_keeps_what_was_written_elsewhere_since(loose, needs, author):
    placement = place_text(loose, needs, "past", loose.text, by=author)
    write(needs, author, future="Written since.")
    assert undo_placement(placement, by=author).is_out_of_answer
    assert texts_now(needs) == {"future": "Written since."}


def test_undoing_a_move_leaves_words_that_were_edited_since_where_they_are(loose, needs, author):
    placement = place_text(loose, needs, "past", "Second paragraph.", by=author)
    write(needs, author, past="Second, and better, paragraph.")
    assert not undo_placement(placement, by=author).is_out_of_answer
    assert texts_now(needs) == {"past": "Second, and better, paragraph."}
    loose.refresh_from_db()
    assert loose.text == loose.original


def test_a_dismissed_text_keeps_its_reason_and_can_be_brought_back(loose, author):
    dismiss_text(loose, by=author, reason=" An old \n note. ")
    loose.refresh_from_db()
    assert (loose.dismissal_reason, loose.settled_by) == ("An old note.", author)
    reopen_text(loose, by=author)
    loose.refresh_from_db()
    assert (loose.dismissal_reason, loose.settled_at, loose.text) == ("", None, loose.original)


def test_dismissing_needs_a_reason(loose, author):
    with pytest.raises(ValidationError, match="Say why"):
        dismiss_text(loose, by=author, reason="  ")


def test_a_placed_text_cannot_be_reopened_without_taking_its_words_out(loose, needs, author):
    place_text(loose, needs, "past", loose.text, by=author)
    with pytest.raises(PermissionDenied, match="wasn't dismissed"):
        reopen_text(loose, by=author)


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_who_may_not_place_or_dismiss(loose, needs, request, who):
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        place_text(loose, needs, "past", loose.text, by=user)
    with pytest.raises(PermissionDenied):
        dismiss_text(loose, by=user, reason="No.")


def test_nothing_is_placed_into_a_section_in_review(loose, needs, author):
    put_in_review(needs, author, "Frozen.")
    with pytest.raises(PermissionDenied, match="in review"):
        place_text(loose, needs, "past", loose.text, by=author)


def test_placed_words_stay_those_of_who_imported_them(loose, needs, author, editor):
    loose.imported_by = editor
    loose.save()
    placement = place_text(loose, needs, "past", loose.text, by=author)
    assert set(placement.revision.contributors.all()) == {author, editor}
    request_review(needs, by=author, revision=1)
    with pytest.raises(PermissionDenied, match="somebody else has to approve"):
        approve_section(needs, by=editor, revision=1)


def test_undoing_a_move_whose_words_are_gone_already_says_so(loose, needs, author):
    placement = place_text(loose, needs, "past", loose.text, by=author)
    write(needs, author, past="")
    assert undo_placement(placement, by=author).is_out_of_answer
    loose.refresh_from_db()
    assert loose.text == loose.original


def test_words_that_stand_twice_are_cut_where_they_end_the_text(loose, needs, author):
    loose.text = loose.original = "Same. First. Same."
    loose.save()
    place_text(loose, needs, "past", "Same.", by=author)
    loose.refresh_from_db()
    assert loose.text == "Same. First."


def test_an_archived_brief_takes_no_dismissal(loose, manager):
    archive_brief(loose.brief, by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        dismiss_text(loose, by=manager, reason="Old.")
