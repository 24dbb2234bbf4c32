"""Who suggests and who answers; and that accepting is the one way past the freeze, whole or not at
all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from briefs.commissioning.actions import archive_brief
from briefs.commissioning.people import remove_member
from briefs.drafting.actions import save_section
from briefs.history.actions import restore_revision
from briefs.live_text.authorship import authorship_at
from briefs.live_text.log import Batch, append, load
from briefs.models import LiveText, Section, Suggestion, SuggestionDecision
from briefs.prompts import texts_now
from briefs.review.actions import (
    approve_section,
    request_changes,
    request_review,
    withdraw_review,
)
from briefs.revisions import contributors_since_cleared
from briefs.suggesting.actions import (
    Proposal,
    accept_suggestion,
    decline_suggestion,
    make_suggestion,
    withdraw_suggestion,
)
from briefs.suggesting.fitting import Misfit
from tests.briefs.suggesting.conftest import PAST, suggest
from tests.factories import add_member, make_user, section_of, write


def now(section) -> Section:
    return section_of(section.brief, section.key)


def text(section) -> str:
    return section.answers.get(prompt__key="past").text


def test_a_suggestion_changes_nothing_yet(needs, editor):
    before = Section.objects.values().get(pk=needs.pk)
    made = suggest(needs, editor, "dredged twice", "deepened  once ", reason=" Why? ")
    assert (made.start, made.old, made.new, made.reason) == (
        22,
        "dredged twice",
        "deepened  once",
        "Why?",
    )
    assert (made.revision.number, made.made_by_name) == (1, "Edith Editor")
    assert Section.objects.values().get(pk=needs.pk) == before
    act = needs.brief.activities.latest("pk")
    assert (act.verb, act.actor, act.revision) == ("suggestion_made", editor, made.revision)
    assert act.detail == {"suggestion_id": made.pk}


def test_accepted_it_is_a_revision_of_both_and_the_review_goes_on(
    needs, suggestion, author, editor
):
    revision = accept_suggestion(suggestion, by=author, revision=1)
    section = now(needs)
    assert text(section) == PAST.replace("dredged twice", "deepened once")
    assert (revision.number, revision.kind, section.version) == (2, "suggested", 2)
    assert set(revision.contributors.all()) == {author, editor}
    assert revision.created_by == author
    assert section.status == "in_review"
    assert section.review_requested_by == author
    decision = SuggestionDecision.objects.get()
    assert (decision.outcome, decision.revision, decision.decided_by_name) == (
        "accepted",
        revision,
        "Ada Author",
    )
    act = needs.brief.activities.latest("pk")
    assert (act.verb, act.actor, act.revision) == ("suggestion_accepted", author, revision)
    assert act.detail == {
        "suggestion_id": suggestion.pk,
        "made_by": editor.pk,
        "name": "Edith Editor",
    }


def test_after_it_the_log_is_frozen_as_before_and_has_the_same_text(
    needs, suggestion, author, editor
):
    accept_suggestion(suggestion, by=author, revision=1)
    head = LiveText.objects.get(pk=needs.pk)
    assert head.is_frozen
    assert head.seq == head.named_seq
    log = load(needs.pk)
    assert log.text.texts()["past"] == text(needs)
    runs = authorship_at(needs, head.seq)["past"]
    assert [run.text for run in runs if run.person == editor.pk] != []
    assert "".join(run.text for run in runs) == text(needs)
    assert append(
        [Batch(needs.pk, log.document, [(author.pk, log.text.put({"past": "x"}))])]
    ).frozen == {needs.pk}


def test_nothing_else_passes_the_freeze(needs, suggestion, author, editor, manager):
    for person in (author, editor, manager):
        with pytest.raises(PermissionDenied, match="in review"):
            save_section(needs, {"past": "Other words."}, by=person, started_from=1)
        with pytest.raises(PermissionDenied, match="in review"):
            restore_revision(needs, needs.revisions.get(number=1), by=person, started_from=1)
    assert text(needs) == PAST


def test_a_sign_off_of_the_text_before_no_longer_counts(needs, author, editor, manager):
    needs.section_template.sign_offs_needed = 2
    needs.section_template.save()
    second = make_user("Second Editor")
    add_member(needs.brief, second, "editor")
    made = suggest(needs, editor, "twice", "once")
    approve_section(needs, by=second, revision=1)
    assert now(needs).approvals == 1
    accept_suggestion(made, by=author, revision=1)
    assert now(needs).approvals == 0
    with pytest.raises(PermissionDenied, match="The text has changed"):
        approve_section(needs, by=manager, revision=1)
    approve_section(needs, by=second, revision=2)
    approve_section(needs, by=manager, revision=2)
    assert now(needs).state == "approved"


def test_whose_suggestion_was_accepted_has_contributed(needs, suggestion, author, editor, manager):
    accept_suggestion(suggestion, by=author, revision=1)
    assert contributors_since_cleared(needs) == {author.pk, editor.pk}
    with pytest.raises(PermissionDenied, match="somebody else has to approve it"):
        approve_section(needs, by=editor, revision=2)
    approve_section(needs, by=manager, revision=2)


def test_whose_suggestion_was_declined_has_not_contributed(needs, suggestion, author, editor):
    decline_suggestion(suggestion, by=author, reason="It was twice.")
    decision = SuggestionDecision.objects.get()
    assert (decision.outcome, decision.reason, decision.revision) == (
        "declined",
        "It was twice.",
        None,
    )
    assert now(needs).version == 1
    assert needs.brief.activities.latest("pk").verb == "suggestion_declined"
    approve_section(needs, by=editor, revision=1)


def test_two_suggestions_are_accepted_one_after_the_other(needs, editor, author):
    first = suggest(needs, editor, "The port of Ghent", "Ghent’s port, the larger one,")
    second = suggest(needs, editor, "Exports fell", "Exports fell by a tenth")
    accept_suggestion(first, by=author, revision=1)
    accept_suggestion(second, by=author, revision=2)
    assert text(needs) == (
        "Ghent’s port, the larger one, was dredged twice last year. Exports fell by a tenth."
    )
    assert now(needs).version == 3


def test_one_that_no_longer_fits_is_refused_with_both_texts(needs, editor, manager, author):
    first = suggest(needs, editor, "dredged twice", "deepened once")
    second = suggest(needs, manager, "was dredged twice last year", "was not dredged")
    accept_suggestion(first, by=author, revision=1)
    acts = needs.brief.activities.count()
    with pytest.raises(Misfit) as misfit:
        accept_suggestion(second, by=author, revision=2)
    assert misfit.value.as_suggested == "The port of Ghent was not dredged. Exports fell."
    assert misfit.value.now == PAST.replace("dredged twice", "deepened once")
    assert now(needs).version == 2
    assert needs.suggestions.open().get() == second
    assert needs.brief.activities.count() == acts
    assert LiveText.objects.get(pk=needs.pk).is_frozen


def test_one_on_a_passage_that_was_rewritten_entirely_is_refused(needs, suggestion, author):
    withdraw_review(needs, by=author, revision=1)
    long = " ".join(f"Wholly other words, {number}." for number in range(1800))
    assert len(long) > 40_000
    request_review(write(now(needs), author, past=long), by=author, revision=2)
    with pytest.raises(Misfit) as misfit:
        accept_suggestion(suggestion, by=author, revision=2)
    assert misfit.value.now == long
    assert text(needs) == long


def test_one_that_the_text_says_already_is_refused(needs, editor, manager, author):
    first = suggest(needs, editor, "dredged twice", "deepened once")
    again = suggest(needs, manager, "dredged twice", "deepened once")
    accept_suggestion(first, by=author, revision=1)
    with pytest.raises(PermissionDenied, match="says this already"):
        accept_suggestion(again, by=author, revision=2)
    decline_suggestion(again, by=author)


def test_a_passage_can_be_taken_out(needs, editor, author):
    made = suggest(needs, editor, " Exports fell.", "")
    accept_suggestion(made, by=author, revision=1)
    assert text(needs) == "The port of Ghent was dredged twice last year."


def test_a_revision_that_was_not_read_is_not_written_over(needs, editor, author):
    first = suggest(needs, editor, "twice", "once")
    second = suggest(needs, editor, "Exports", "Imports")
    accept_suggestion(first, by=author, revision=1)
    with pytest.raises(PermissionDenied, match="now at revision 2"):
        accept_suggestion(second, by=author, revision=1)
    with pytest.raises(PermissionDenied, match="now at revision 2"):
        make_suggestion(needs, Proposal("past", 0, "The", "A"), by=editor, revision=1)


def test_a_suggestion_is_answered_once(needs, suggestion, author, editor, manager):
    decline_suggestion(suggestion, by=author)
    for act in (
        lambda: accept_suggestion(suggestion, by=manager, revision=1),
        lambda: decline_suggestion(suggestion, by=manager),
        lambda: withdraw_suggestion(suggestion, by=editor),
    ):
        with pytest.raises(PermissionDenied, match="Ada Author has declined this"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestionDecision.objects.create(
            suggestion=suggestion, outcome="accepted", decided_by=author, decided_by_name="x"
        )


def test_a_suggestion_is_withdrawn_by_its_maker_alone(needs, suggestion, editor, author, manager):
    for person in (author, manager):
        with pytest.raises(PermissionDenied, match="Only the person who made"):
            withdraw_suggestion(suggestion, by=person)
    withdraw_suggestion(suggestion, by=editor)
    assert SuggestionDecision.objects.get().outcome == "withdrawn"
    assert needs.brief.activities.latest("pk").verb == "suggestion_withdrawn"


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("editor", True),
        ("manager", True),
        ("commenting_viewer", True),
        ("viewer", False),
        ("author", False),
        ("second_author", False),
        ("stranger", False),
        ("superuser", False),
    ],
)
def test_who_suggests(needs, name, may, request):
    person = request.getfixturevalue(name)
    if may:
        assert suggest(needs, person, "twice", "once").made_by == person
        return
    with pytest.raises(PermissionDenied):
        suggest(needs, person, "twice", "once")
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("author", True),
        ("manager", True),
        ("superuser", True),
        ("second_author", False),
        ("editor", False),
        ("viewer", False),
        ("stranger", False),
    ],
)
def test_who_answers(needs, suggestion, name, may, request):
    person = request.getfixturevalue(name)
    if may:
        assert accept_suggestion(suggestion, by=person, revision=1)
        return
    with pytest.raises(PermissionDenied):
        accept_suggestion(suggestion, by=person, revision=1)
    with pytest.raises(PermissionDenied):
        decline_suggestion(suggestion, by=person)
    assert text(needs) == PAST


def test_nobody_accepts_their_own(needs, manager, author):
    made = suggest(needs, manager, "twice", "once")
    with pytest.raises(PermissionDenied, match="your own suggestion"):
        accept_suggestion(made, by=manager, revision=1)
    accept_suggestion(made, by=author, revision=1)


def test_the_sections_author_answers_whoever_asked(needs, suggestion, second_author):
    Section.objects.filter(pk=needs.pk).update(author=second_author)
    accept_suggestion(suggestion, by=second_author, revision=1)


@pytest.mark.parametrize("status", ["drafting", "changes_requested", "approved"])
def test_outside_a_review_nothing_is_suggested(needs, status, author, editor, manager):
    if status == "drafting":
        withdraw_review(needs, by=author, revision=1)
    elif status == "approved":
        approve_section(needs, by=manager, revision=1)
    else:
        request_changes(needs, by=manager, revision=1, comment="Source?")
    with pytest.raises(PermissionDenied, match="Comment on it instead"):
        suggest(needs, editor, "twice", "once")


def test_what_was_suggested_in_a_review_is_accepted_after_it(needs, suggestion, author, editor):
    request_changes(needs, by=editor, revision=1, comment="As suggested.")
    accept_suggestion(suggestion, by=author, revision=1)
    section = now(needs)
    assert (section.version, section.status) == (2, "changes_requested")
    assert not LiveText.objects.get(pk=needs.pk).is_frozen


def test_words_that_were_approved_before_end_the_review(brief, author, editor, manager):
    section = write(section_of(brief, "goals/needs"), author, past="Old words stand here.")
    request_review(section, by=author, revision=1)
    approve_section(section, by=editor, revision=1)
    section = write(now(section), author, past="New words stand here.")
    request_review(section, by=author, revision=2)
    accept_suggestion(suggest(section, editor, "New", "Old"), by=author, revision=2)
    section = now(section)
    assert (section.state, section.status) == ("approved", "drafting")
    assert not LiveText.objects.get(pk=section.pk).is_frozen


@pytest.mark.parametrize(
    ("proposal", "refusal", "field"),
    [
        (Proposal("past", 22, "dredged twice", "dredged twice"), ValidationError, "new"),
        (Proposal("past", 22, "dredged twice", "x" * 66_000), ValidationError, "new"),
        (Proposal("past", 0, "The", "A", "y" * 2001), ValidationError, "reason"),
        (Proposal("past", 0, "The", "A", "a\x00b"), ValidationError, "reason"),
        (Proposal("past", 0, "", "A"), PermissionDenied, ""),
        (Proposal("past", 5, "The", "A"), PermissionDenied, ""),
        (Proposal("nothing", 0, "The", "A"), PermissionDenied, ""),
        (Proposal("future", 0, "The", "A"), PermissionDenied, ""),
    ],
)
def test_what_cannot_be_suggested(needs, editor, proposal, refusal, field):
    with pytest.raises(refusal) as refused:
        make_suggestion(needs, proposal, by=editor, revision=1)
    if field:
        assert list(refused.value.error_dict) == [field]
    assert not Suggestion.objects.exists()


def test_nothing_is_suggested_or_answered_in_an_archived_brief(
    needs, suggestion, editor, author, manager
):
    archive_brief(needs.brief, by=manager)
    for act in (
        lambda: suggest(needs, editor, "twice", "once"),
        lambda: accept_suggestion(suggestion, by=author, revision=1),
        lambda: decline_suggestion(suggestion, by=author),
        lambda: withdraw_suggestion(suggestion, by=editor),
    ):
        with pytest.raises(PermissionDenied, match="archived"):
            act()


def test_what_somebody_suggested_stays_when_they_are_removed(
    needs, suggestion, editor, author, manager
):
    remove_member(needs.brief.memberships.get(user=editor), by=manager)
    revision = accept_suggestion(suggestion, by=author, revision=1)
    assert editor in revision.contributors.all()
    assert suggestion.made_by_name == "Edith Editor"


def test_a_text_that_would_be_too_long_is_refused_whole(needs, editor, author):
    made = suggest(needs, editor, "twice", "y " * 30_000)
    withdraw_review(needs, by=author, revision=1)
    write(now(needs), author, past=f"{PAST} {'z ' * 10_000}")
    with pytest.raises(ValidationError):
        accept_suggestion(made, by=author, revision=2)
    assert "y y" not in texts_now(needs)["past"]
    assert needs.suggestions.open().exists()
