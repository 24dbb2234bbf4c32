"""Text that is typed and in no revision yet is working text everywhere, approved nowhere."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from briefs.document.tree import TextState
from briefs.drafting.actions import EditConflict, save_section
from briefs.export.actions import export_brief
from briefs.export.formats import ExportFormat
from briefs.live_text.log import load
from briefs.models import Brief, LiveEdit, Revision, Section
from briefs.overview.search import search_briefs
from briefs.overview.states import with_state
from briefs.reading import read_document, read_section
from briefs.review.actions import approve_section, request_review
from tests.briefs.live_text.typing import type_into
from tests.factories import approve, section_of, write

KEY = "goals/needs"
State = Section.State


@pytest.fixture
def section(brief) -> Section:
    return section_of(brief, KEY)


def past(brief: Brief, text: TextState) -> str:
    return read_section(read_document(brief, text), KEY).answers[0].text


def page(client, name: str, section: Section) -> str:
    return client.get(reverse(name, args=[section.brief.slug, section.key])).content.decode()


def test_the_working_text_holds_what_is_typed_and_the_approved_text_does_not(
    brief, section, author, editor
):
    approve(section, author, editor, "Approved words.")
    type_into(section, author, past="Approved words. And typed ones. ")
    assert past(brief, TextState.APPROVED) == "Approved words."
    assert past(brief, TextState.WORKING) == "Approved words. And typed ones."
    node = read_section(read_document(brief, TextState.WORKING), KEY)
    assert (node.revision, node.clearance, node.status) == (None, None, State.LAPSED)


def test_a_section_that_somebody_types_in_is_not_approved(brief, section, author, editor):
    approve(section, author, editor, "Approved words.")
    type_into(section, author, past="Approved words, and more.")
    assert section_of(brief, KEY).state is State.LAPSED
    assert with_state(Section.objects.all()).get(pk=section.pk).state_now == State.LAPSED
    type_into(section, author, past="Approved words.")
    save_section(section, {}, by=author, started_from=1)
    assert section_of(brief, KEY).state is State.APPROVED


def test_a_section_with_its_first_typed_words_is_not_empty(brief, section, author):
    type_into(section, author, past="First words.")
    assert section_of(brief, KEY).state is State.DRAFTING
    assert with_state(Section.objects.all()).get(pk=section.pk).state_now == State.DRAFTING


def test_the_page_of_the_brief_counts_typed_words(brief, section, author, signed_in):
    type_into(section, author, past="Seventeen. " * 17)
    html = signed_in(author).get(brief.get_absolute_url()).content.decode()
    assert "17 words" in html


def test_the_page_of_the_brief_says_who_is_writing_where(
    brief, section, author, second_author, viewer, signed_in
):
    type_into(section, author, past="One.")
    type_into(section, second_author, past="One. Two.")
    html = signed_in(viewer).get(brief.get_absolute_url()).content.decode()
    assert "<bdi>Ben Author, Ada Author</bdi> are writing here" in html
    LiveEdit.objects.update(at=timezone.now() - dt.timedelta(minutes=3))
    html = signed_in(viewer).get(brief.get_absolute_url()).content.decode()
    assert "writing here" not in html


def test_search_finds_what_is_typed_and_not_what_was_deleted(brief, section, author):
    write(section, author, past="Antwerp.")
    type_into(section, author, past="Ärger in Ghent.")
    found = [
        bool(search_briefs(Brief.objects.all(), word)) for word in ("ghent", "ärger", "antwerp")
    ]
    assert found == [True, True, False]


def test_the_page_of_the_section_shows_what_is_typed(section, author, signed_in):
    type_into(section, author, past="Typed words.")
    html = page(signed_in(author), "section_edit", section)
    assert "Typed words." in html
    assert 'value="0.1"' in html


def test_a_form_opened_while_somebody_typed_keeps_all_words(
    section, author, second_author, signed_in
):
    """Without JavaScript: one types, another opens the form, the first types on, the form comes."""
    write(section, author, past="First.")
    type_into(section, author, past="First. Second.")
    client = signed_in(second_author)
    assert 'value="1.2"' in page(client, "section_edit", section)
    type_into(section, author, past="First. Second. Third.")
    address = reverse("section_edit", args=[section.brief.slug, section.key])
    answer = client.post(
        address, {"started_from": "1.2", "text-past": "Zeroth. First. Second.", "text-future": ""}
    )
    assert answer.status_code == 302
    assert load(section.pk).text.texts()["past"] == "Zeroth. First. Second. Third."
    kinds = section.revisions.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["save", "live", "save"]


def test_a_conflict_names_a_revision_that_is_there(section, author, second_author):
    write(section, author, past="One word.")
    type_into(section, author, past="Two word.")
    with pytest.raises(EditConflict) as conflict:
        save_section(section, {"past": "Three word."}, by=second_author, started_from=1)
    assert section.revisions.filter(number=conflict.value.version).exists()
    assert conflict.value.theirs == {"past": "Two word."}


PAGES = ["section_review", "section_history", "section_compare"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_that_show_revisions_give_typed_text_its_number(name, section, author, signed_in):
    write(section, author, past="One.")
    Revision.objects.update(created_at=F("created_at") - dt.timedelta(minutes=2))
    type_into(section, author, past="One. Two.")
    page(signed_in(author), name, section)
    assert section_of(section.brief, KEY).version == 2
    type_into(section, author, past="One. Two. Three.")
    page(signed_in(author), name, section)
    assert section_of(section.brief, KEY).version == 2


@pytest.mark.parametrize("name", PAGES)
def test_looking_by_a_viewer_makes_no_revision(name, section, author, viewer, signed_in):
    write(section, author, past="One.")
    Revision.objects.update(created_at=F("created_at") - dt.timedelta(minutes=2))
    type_into(section, author, past="One. Two.")
    html = page(signed_in(viewer), name, section)
    assert section_of(section.brief, KEY).version == 1
    assert "Two." not in html


def test_a_number_of_an_edit_that_never_was_counts_as_nothing_seen(section, author, second_author):
    write(section, author, past="Theirs.")
    with pytest.raises(EditConflict):
        save_section(
            section, {"past": "Mine."}, by=second_author, started_from=1, typed_up_to=10**17
        )


def test_a_typed_revision_is_of_the_time_when_it_was_typed(section, author):
    type_into(section, author, past="One.")
    typed_at = timezone.now() - dt.timedelta(hours=3)
    LiveEdit.objects.update(at=typed_at)
    section = save_section(section, {}, by=author, started_from=0).section
    assert section.revisions.get().created_at == typed_at
    assert section.edited_at == typed_at


def test_an_undo_of_what_came_to_nothing_leaves_words_to_their_writer(
    section, author, editor, second_author
):
    section = write(section, author, past="One.")
    type_into(section, editor, past="One. Editor's.")
    type_into(section, author, past="One.")
    section = save_section(section, {}, by=author, started_from=1).section
    assert section.version == 1
    type_into(section, author, past="One. Editor's.")
    section = save_section(section, {}, by=author, started_from=1).section
    assert editor in section.revisions.get(number=2).contributors.all()


def test_words_that_come_back_through_an_approved_text_are_still_their_writers(
    section, author, editor, manager
):
    section = approve(section, author, manager, "One.")
    type_into(section, editor, past="One. Editor's.")
    section = save_section(section, {}, by=author, started_from=1).section
    section = write(section, author, past="One.")
    assert section.is_approved
    section = write(section, author, past="One. Editor's.")
    request_review(section, by=author, revision=4)
    with pytest.raises(PermissionDenied, match="wrote"):
        approve_section(section, by=editor, revision=4)


def test_approved_is_the_text_of_the_newest_revision_that_was(brief, section, author, editor):
    approve(section, author, editor, "Text X.")
    approve(section, author, editor, "Text Y.")
    write(section, author, past="Text X.")
    assert past(brief, TextState.APPROVED) == "Text X."
    type_into(section, author, past="Text X. And a word.")
    assert past(brief, TextState.APPROVED) == "Text X."


def test_asking_for_review_freezes_the_log_and_a_decision_opens_it(
    section, author, second_author, editor
):
    section = write(section, author, past="One.")
    assert type_into(section, second_author, past="One. Two.").numbers
    section = save_section(section, {}, by=author, started_from=1).section
    request_review(section, by=author, revision=2)
    assert type_into(section, author, past="Late words.").frozen == {section.pk}
    approve_section(section, by=editor, revision=2)
    assert type_into(section, author, past="New words.").numbers


def test_an_export_has_what_is_typed_and_names_its_revision(brief, section, author):
    type_into(section, author, past="Typed words.")
    exported = export_brief(brief, ExportFormat.MARKDOWN, TextState.WORKING, by=author)
    assert b"Typed words." in exported.content
    assert section_of(brief, KEY).version == 1


def test_who_typed_is_a_contributor_and_does_not_approve(section, author, editor):
    write(section, author, past="One.")
    type_into(section, editor, past="One. Two.")
    section = save_section(section, {}, by=author, started_from=1).section
    request_review(section, by=author, revision=2)
    with pytest.raises(PermissionDenied, match="wrote"):
        approve_section(section, by=editor, revision=2)
