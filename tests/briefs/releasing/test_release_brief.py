"""A release: exactly the approved text, once, whatever happens beside it."""

import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections

from briefs.commissioning.actions import archive_brief, brief_data, change_brief
from briefs.export.failures import RenderFailed
from briefs.models import Activity, Brief, Edition, EditionFile, LiveEdit, LooseText, Section
from briefs.releasing import actions
from briefs.releasing.actions import Wish, release_brief
from briefs.releasing.standing import read_standing
from briefs.releasing.verification import document_of
from tests.briefs.live_text.typing import type_into
from tests.factories import (
    add_member,
    approve,
    make_brief,
    make_user,
    put_in_review,
    release,
    section_of,
    write,
)

NEEDS = "goals/needs"


def wish_of(brief, **changes) -> Wish:
    standing = read_standing(brief)
    reasons = {each.node.key: "It is needed now." for each in standing.unclear}
    given = {"seen": standing.seen, "token": uuid4(), "reasons": reasons, **changes}
    return Wish(**given)


def node_of(edition, key=NEEDS):
    return next(node for node in document_of(edition).sections if node.key == key)


@pytest.fixture
def cleared(brief, author, editor):
    """Every section approved."""
    for section in brief.sections.all():
        approve(section_of(brief, section.key), author, editor)
    return brief


@pytest.mark.parametrize("is_all_clear", [True, False])
def test_release_brief_leaves_out_the_clearance_table_only_where_nothing_is_to_be_told(
    brief, author, editor, manager, is_all_clear
):
    Brief.objects.update(has_clearance=False)
    for section in brief.sections.all():
        if is_all_clear or section.key == NEEDS:
            approve(section, author, editor)
    edition = release(brief, manager)
    assert document_of(edition).look.has_clearance is not is_all_clear


def test_a_release_holds_the_approved_text_and_who_approved_it(cleared, manager):
    edition = release(cleared, manager)
    section = section_of(cleared, NEEDS)
    node = node_of(edition)
    assert edition.number == 1
    assert edition.released_by_name == "Mia Manager"
    assert (node.content_hash, node.revision) == (section.content_hash, section.version)
    assert node.clearance.approved_by == ("Edith Editor",)
    assert node.released_because == ""
    document = document_of(edition)
    assert document.edition.number == 1
    assert document.date == document.edition.released_on
    markdown = bytes(edition.files.get(kind="md").content).decode()
    assert "edition: 1" in markdown
    assert "DRAFT" not in markdown
    assert bytes(edition.files.get(kind="pdf").content).startswith(b"%PDF")


def test_a_release_goes_on_record_with_the_hashes_of_its_files(cleared, manager):
    edition = release(cleared, manager)
    act = cleared.activities.first()
    assert act.verb == Activity.Verb.BRIEF_RELEASED
    assert act.detail["edition"] == 1
    assert act.detail["sha256"] == dict(edition.files.values_list("kind", "sha256"))
    assert act.detail["not_clear"] == []


def test_editions_are_numbered_and_the_earlier_one_stays(cleared, author, editor, manager):
    first = release(cleared, manager)
    before = [bytes(file.content) for file in first.files.all()]
    approve(section_of(cleared, NEEDS), author, editor, "Other words.")
    second = release(cleared, manager)
    assert second.number == 2
    assert node_of(second).content_hash != node_of(first).content_hash
    assert [bytes(file.content) for file in first.files.all()] == before


def test_later_drafting_stays_out_and_takes_a_reason(cleared, author, manager):
    approved = section_of(cleared, NEEDS)
    write(approved, author, "Not approved words.")
    node = node_of(release(cleared, manager, reason="The minister travels."))
    assert (node.content_hash, node.revision) == (approved.content_hash, approved.version)
    assert node.released_because == "The minister travels."
    assert node.clearance is not None


@pytest.mark.parametrize("reach", ["drafting", "in_review", "empty"])
def test_a_section_never_approved_is_left_out_with_its_reason(reach, brief, author, manager):
    if reach == "drafting":
        write(section_of(brief, NEEDS), author, "Not approved words.")
    if reach == "in_review":
        put_in_review(section_of(brief, NEEDS), author, "Not approved words.")
    edition = release(brief, manager)
    assert node_of(edition).is_empty
    assert node_of(edition).released_because == "It is needed now."
    assert "Not approved words" not in bytes(edition.files.get(kind="md").content).decode()
    assert brief.activities.first().detail["not_clear"] == ["Preface", "Needs", "Health"]


def test_a_text_never_approved_is_released_when_a_manager_says_so(brief, author, manager):
    section = write(section_of(brief, NEEDS), author, "Not approved words.")
    edition = release(brief, manager, unapproved=frozenset([NEEDS]))
    node = node_of(edition)
    assert (node.content_hash, node.revision) == (section.content_hash, 1)
    assert node.clearance is None
    markdown = bytes(edition.files.get(kind="md").content).decode()
    assert "Not approved words." in markdown
    assert '"1.1 Needs": It is needed now.' in markdown
    assert document_of(edition).prepared_by == ("Ada Author",)


def test_an_approved_text_is_never_passed_over_for_a_newer_one(cleared, author, manager):
    approved = section_of(cleared, NEEDS)
    write(approved, author, "Not approved words.")
    edition = release(cleared, manager, unapproved=frozenset([NEEDS]))
    assert node_of(edition).content_hash == approved.content_hash


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_release_without_every_reason_is_refused_by_section(reason, brief, manager):
    wish = wish_of(brief, reasons={NEEDS: "It is needed now.", "goals/health": reason})
    with pytest.raises(ValidationError) as refused:
        release_brief(brief, wish, by=manager)
    assert set(refused.value.error_dict) == {"opening/preface", "goals/health"}
    assert not Edition.objects.exists()


def test_a_release_while_somebody_types_takes_the_approved_text_and_leaves_the_log(
    cleared, author, manager
):
    section = section_of(cleared, NEEDS)
    wish = wish_of(cleared)
    type_into(section, author, past="Typed and in no revision.")
    before = list(LiveEdit.objects.values_list("pk", "seq"))
    edition = release_brief(cleared, wish, by=manager)
    assert node_of(edition).content_hash == section.content_hash
    assert node_of(edition).released_because == ""
    assert list(LiveEdit.objects.values_list("pk", "seq")) == before
    assert section_of(cleared, NEEDS).version == section.version
    assert section_of(cleared, NEEDS).is_being_written


def test_the_same_form_twice_makes_one_edition(cleared, manager):
    wish = wish_of(cleared)
    first = release_brief(cleared, wish, by=manager)
    assert release_brief(cleared, wish, by=manager) == first
    assert Edition.objects.count() == 1


def test_a_form_of_another_brief_is_refused(cleared, template, manager, author):
    other = make_brief(template, title="Estonia")
    add_member(other, manager, "manager")
    wish = wish_of(cleared)
    release_brief(cleared, wish, by=manager)
    with pytest.raises(ValidationError, match="out of date"):
        release_brief(other, wish_of(other, token=wish.token), by=manager)


def test_a_stale_form_is_refused_and_says_who_released(cleared, manager):
    stale = wish_of(cleared)
    release(cleared, manager)
    with pytest.raises(ValidationError, match="Edition 1, the newest, was released by Mia Manager"):
        release_brief(cleared, stale, by=manager)


@pytest.mark.parametrize("move", ["text", "approval", "marking"])
def test_a_form_that_showed_something_else_is_refused(move, brief, author, editor, manager):
    write(section_of(brief, NEEDS), author)
    stale = wish_of(brief)
    if move == "text":
        write(section_of(brief, NEEDS), author)
    elif move == "approval":
        approve(section_of(brief, NEEDS), author, editor)
    else:
        data = brief_data(brief)
        change_brief(brief, replace(data, marking="RESTRICTED"), by=manager)
    with pytest.raises(ValidationError, match="changed since it was opened"):
        release_brief(brief, stale, by=manager)
    assert not Edition.objects.exists()


def test_what_moves_while_the_files_are_made_stops_the_release(
    cleared, author, editor, manager, monkeypatch
):
    make = actions.render_pdf

    def meanwhile(document):
        write(section_of(cleared, NEEDS), author, "Words that came in between.")
        return make(document)

    monkeypatch.setattr(actions, "render_pdf", meanwhile)
    with pytest.raises(ValidationError, match="changed since it was opened"):
        release(cleared, manager)
    assert not Edition.objects.exists()
    assert not EditionFile.objects.exists()


def test_nothing_is_locked_or_left_when_a_file_cannot_be_made(cleared, manager, monkeypatch):
    depth = len(connection.savepoint_ids)

    def fail(_document):
        assert len(connection.savepoint_ids) == depth
        raise RenderFailed("The PDF took too long.")

    monkeypatch.setattr(actions, "render_pdf", fail)
    with pytest.raises(RenderFailed):
        release(cleared, manager)
    assert not Edition.objects.exists()
    assert cleared.activities.first().verb != Activity.Verb.BRIEF_RELEASED


def test_a_crash_between_two_files_leaves_nothing(cleared, manager, monkeypatch):
    def crash(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "publish", crash)
    with pytest.raises(KeyboardInterrupt):
        release(cleared, manager)
    assert not Edition.objects.exists()
    assert not EditionFile.objects.exists()


def test_text_without_a_place_is_counted_and_stays_out(cleared, manager):
    LooseText.objects.create(brief=cleared, kind="parked", text="Loose.", original="Loose.", line=1)
    assert read_standing(cleared).loose == 1
    assert document_of(release(cleared, manager)).loose == ()


@pytest.mark.parametrize("role", [None, "viewer", "author", "editor", "manager"])
@pytest.mark.parametrize("is_archived", [False, True])
def test_who_may_release(role, is_archived, cleared, manager):
    person = make_user("Pat Person")
    if role:
        add_member(cleared, person, role)
    wish = wish_of(cleared)
    if is_archived:
        archive_brief(cleared, by=manager)
    if role == "manager" and not is_archived:
        assert release_brief(cleared, wish, by=person).released_by == person
        return
    with pytest.raises(PermissionDenied) as refused:
        release_brief(cleared, wish, by=person)
    assert ("archived" if is_archived else "Only a manager") in str(refused.value)
    assert not Edition.objects.exists()


def test_names_stay_when_a_member_leaves_and_is_renamed(cleared, editor, manager):
    edition = release(cleared, manager)
    for person in (editor, manager):
        cleared.memberships.get(user=person).delete()
        person.name, person.is_active = "Somebody Else", False
        person.save()
    edition = Edition.objects.get(pk=edition.pk)
    assert edition.released_by_name == "Mia Manager"
    assert node_of(edition).clearance.approved_by == ("Edith Editor",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_same_form", [True, False])
def test_two_releases_at_once_make_one_edition(is_same_form, cleared, manager):
    wishes = [wish_of(cleared)] * 2 if is_same_form else [wish_of(cleared), wish_of(cleared)]
    start = threading.Barrier(2)
    told: list[object] = []

    def run(wish: Wish) -> None:
        try:
            start.wait()
            told.append(release_brief(cleared, wish, by=manager).number)
        except ValidationError as refused:
            told.append(refused.messages[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[wish]) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Edition.objects.count() == 1
    if is_same_form:
        assert told == [1, 1]
    else:
        number, sentence = sorted(told, key=str)
        assert number == 1
        assert "changed since it was opened" in str(sentence)
    assert Section.objects.filter(brief=cleared).count() == 3
