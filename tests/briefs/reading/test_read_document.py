import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefs.document.tree import TextState
from briefs.models import Brief, LooseText, Section
from briefs.reading import read_document, read_section
from briefs.review.actions import approve_section
from tests.factories import approve, put_in_review, section_of, write

WORKING, APPROVED = TextState.WORKING, TextState.APPROVED


@pytest.fixture
def needs(brief) -> Section:
    return section_of(brief, "goals/needs")


def texts(brief, state=WORKING) -> dict[str, str]:
    section = read_section(read_document(brief, state), "goals/needs")
    return {answer.key: answer.text for answer in section.answers}


def test_an_empty_brief_has_every_section_and_no_date(brief):
    document = read_document(brief, WORKING)
    assert [section.key for section in document.sections] == [
        "opening/preface",
        "goals/needs",
        "goals/health",
    ]
    assert [section.number for section in document.sections] == ["", "1.1", "1.2"]
    assert [part.number for part in document.parts] == [None, 1]
    assert all(section.is_empty for section in document.sections)
    assert document.modified_at is None
    assert document.prepared_by == ()


def test_working_text_is_what_stands_now(brief, needs, author):
    write(needs, author, past="Old.")
    write(needs, author, past="New.")
    assert texts(brief) == {"past": "New.", "future": ""}
    assert texts(brief, APPROVED) == {"past": "", "future": ""}


def test_approved_text_is_what_was_approved_whatever_was_written_since(
    brief, needs, author, second_author, editor
):
    approve(needs, author, editor, "Approved words.")
    before = read_document(brief, APPROVED)

    write(needs, second_author, past="Later words.")

    assert read_document(brief, APPROVED).parts[1].sections[0].answers == (
        before.parts[1].sections[0].answers
    )
    after = read_document(brief, APPROVED)
    section = read_section(after, "goals/needs")
    assert section.clearance.revision == section.revision == 1
    assert section.clearance.approved_by == ("Edith Editor",)
    assert after.modified_at == before.modified_at
    assert after.prepared_by == ("Ada Author",)
    assert read_section(read_document(brief, WORKING), "goals/needs").clearance is None


def test_text_changed_back_is_told_by_the_revision_that_was_approved(brief, needs, author, editor):
    approve(needs, author, editor, "Approved words.")
    before = read_document(brief, APPROVED)
    write(needs, author, past="Later words.")
    write(needs, author, past="Approved words.")
    after = read_document(brief, APPROVED)
    assert read_section(after, "goals/needs") == read_section(before, "goals/needs")
    assert read_section(read_document(brief, WORKING), "goals/needs").clearance.revision == 1


def test_a_section_that_needs_two_sign_offs_is_approved_with_the_second(
    brief, needs, author, editor, manager
):
    needs.section_template.sign_offs_needed = 2
    needs.section_template.save()
    section = put_in_review(needs, author, "Words.")
    approve_section(section, by=editor, revision=1)
    assert texts(brief, APPROVED) == {"past": "", "future": ""}
    approve_section(section, by=manager, revision=1)
    cleared = read_section(read_document(brief, APPROVED), "goals/needs")
    assert cleared.clearance.approved_by == ("Edith Editor", "Mia Manager")
    assert cleared.answers[0].text == "Words."


def test_loose_text_is_in_no_answer_and_leaves_when_it_is_settled(brief, needs):
    loose = LooseText.objects.create(
        brief=brief, section=needs, kind="parked", text="Loose.", original="Loose.", line=7
    )
    (node,) = read_document(brief, WORKING).loose
    assert (node.section, node.text, node.line) == ("goals/needs", "Loose.", 7)
    assert texts(brief) == {"past": "", "future": ""}
    LooseText.objects.filter(pk=loose.pk).update(settled_at="2026-01-01T00:00Z")
    assert read_document(brief, WORKING).loose == ()


def queries(brief, state) -> int:
    with CaptureQueriesContext(connection) as captured:
        read_document(Brief.objects.select_related("template").get(pk=brief.pk), state)
    return len(captured)


@pytest.mark.parametrize("state", TextState)
def test_its_queries_do_not_grow(brief, author, editor, state):
    write(approve(section_of(brief, "goals/health"), author, editor), author)
    before = queries(brief, state)
    for key in ("opening/preface", "goals/needs"):
        write(approve(section_of(brief, key), author, editor), author)
    assert queries(brief, state) == before
