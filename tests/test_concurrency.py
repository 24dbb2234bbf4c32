"""Many people in one section at the same moment, on either database: nothing acknowledged is lost,
and no decision is on words that its giver didn't name."""

from collections.abc import Callable
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from briefs.drafting.actions import EditConflict, save_section
from briefs.history.actions import restore_revision
from briefs.models import Brief, Prompt, Revision, Section, SuggestionDecision
from briefs.prompts import texts_now
from briefs.review.actions import (
    approve_section,
    request_changes,
    request_review,
    withdraw_review,
)
from briefs.revisions import texts_of, texts_of_many
from briefs.suggesting.actions import (
    Proposal,
    accept_suggestion,
    decline_suggestion,
    make_suggestion,
)
from tests.factories import add_member, make_user, put_in_review, section_of, write

THREADS = 20
ROUNDS = 3

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Runs every act in a thread of its own, all let go at the same moment; what each gave, or the
    exception that it ended with."""
    outcomes: list[object] = [None] * len(acts)
    gate = Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            outcomes[place] = act()
        except Exception as mistake:  # noqa: BLE001 - the test looks at it
            outcomes[place] = mistake
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def unexpected(outcomes: list[object], *expected: type[Exception]) -> list[object]:
    return [o for o in outcomes if isinstance(o, Exception) and not isinstance(o, expected)]


def check_record(section: Section) -> list[Revision]:
    """The numbers have no gap, no two neighbours are the same, and the newest is the text now."""
    revisions = list(section.revisions.order_by("number"))
    assert [row.number for row in revisions] == list(range(1, len(revisions) + 1))
    hashes = [row.content_hash for row in revisions]
    assert all(one != other for one, other in pairwise(hashes))
    now = section_of(section.brief, section.key)
    assert (now.version, now.content_hash) == (len(revisions), hashes[-1])
    assert texts_of(revisions[-1]) == texts_now(now)
    return revisions


@pytest.fixture
def wide(brief: Brief) -> Section:
    """A section that asks twenty things."""
    section = section_of(brief, "goals/needs")
    Prompt.objects.bulk_create(
        Prompt(
            section_template=section.section_template,
            key=f"p{number}",
            label=f"Prompt {number}",
            form="prose",
            position=number + 10,
        )
        for number in range(THREADS)
    )
    return section


def test_twenty_people_under_their_own_prompts_lose_nothing(wide, author, second_author):
    def save(number: int) -> Callable[[], object]:
        by = author if number % 2 else second_author
        return lambda: [
            save_section(wide, {f"p{number}": f"{number}, round {turn}."}, by=by, started_from=0)
            if turn == 0
            else save_section(
                wide,
                {f"p{number}": f"{number}, round {turn}."},
                by=by,
                started_from=Section.objects.get(pk=wide.pk).version,
            )
            for turn in range(ROUNDS)
        ]

    outcomes = at_once(*(save(number) for number in range(THREADS)))

    assert unexpected(outcomes) == []
    assert texts_now(wide) == {f"p{n}": f"{n}, round {ROUNDS - 1}." for n in range(THREADS)}
    assert len(check_record(wide)) == THREADS * ROUNDS


def test_twenty_people_in_one_text_lose_nothing(brief, author, second_author):
    """Each rewrites a sentence of their own; where that can't be joined they do it again on the
    text that they are shown, as a person would."""
    preface = section_of(brief, "opening/preface")
    first = "\n\n".join(f"Sentence {number} says nothing yet." for number in range(THREADS))
    write(preface, author, first)

    def rewrite(number: int) -> Callable[[], object]:
        by = author if number % 2 else second_author

        def edit(text: str) -> str:
            old = f"Sentence {number} says nothing yet."
            assert old in text
            return text.replace(old, f"Sentence {number} was written by {number}.")

        def run() -> object:
            base, started_from = first, 1
            while True:
                try:
                    return save_section(
                        preface, {"body": edit(base)}, by=by, started_from=started_from
                    )
                except EditConflict as conflict:
                    base, started_from = conflict.theirs["body"], conflict.version

        return run

    outcomes = at_once(*(rewrite(number) for number in range(THREADS)))

    assert unexpected(outcomes) == []
    assert texts_now(preface)["body"] == "\n\n".join(
        f"Sentence {number} was written by {number}." for number in range(THREADS)
    )
    revisions = check_record(preface)
    assert len(revisions) == THREADS + 1
    for number, saved in enumerate(outcomes):
        text = texts_of_many([saved.revision])[saved.revision.pk]["body"]
        assert f"Sentence {number} was written by {number}." in text


@pytest.mark.parametrize("turn", range(5))
def test_an_approval_is_of_the_words_that_it_named(turn, brief, author, editor, manager):
    preface = put_in_review(section_of(brief, "opening/preface"), author, "Seen.")

    def slip_other_words_in() -> object:
        withdraw_review(preface, by=author, revision=1)
        save_section(preface, {"body": "Unseen."}, by=author, started_from=1)
        return request_review(preface, by=author, revision=2)

    def approve(by):
        return lambda: approve_section(preface, by=by, revision=1)

    outcomes = at_once(
        approve(editor),
        slip_other_words_in,
        approve(manager),
        lambda: request_changes(preface, by=manager, revision=1, comment="Why?"),
    )

    assert unexpected(outcomes, PermissionDenied) == []
    seen = check_record(preface)[0].content_hash
    assert {row.content_hash for row in preface.sign_offs.all()} <= {seen}
    assert preface.sign_offs.filter(decision="approved").count() <= 1
    after = section_of(brief, preface.key)
    if after.content_hash != seen:
        assert not after.is_approved


@pytest.mark.parametrize("turn", range(5))
def test_the_last_of_two_sign_offs_clears_once(turn, brief, author, editor, manager):
    preface = section_of(brief, "opening/preface")
    preface.section_template.sign_offs_needed = 2
    preface.section_template.save()
    put_in_review(preface, author, "Words.")

    outcomes = at_once(
        lambda: approve_section(preface, by=editor, revision=1),
        lambda: approve_section(preface, by=manager, revision=1),
        lambda: approve_section(preface, by=editor, revision=1),
    )

    assert unexpected(outcomes, PermissionDenied) == []
    assert [row.clears_section for row in preface.sign_offs.order_by("pk")] == [False, True]
    assert section_of(brief, preface.key).state == "approved"


@pytest.mark.parametrize("turn", range(5))
def test_a_suggestion_is_accepted_once_and_no_approval_is_of_other_words(
    turn, brief, author, editor, manager
):
    preface = put_in_review(section_of(brief, "opening/preface"), author, "Old words stand here.")
    same = Proposal("body", 0, "Old", "New")
    one, other = (
        make_suggestion(preface, proposal, by=editor, revision=1)
        for proposal in (same, Proposal("body", 16, "here", "there"))
    )

    def accept(suggestion, by):
        return lambda: accept_suggestion(suggestion, by=by, revision=1)

    outcomes = at_once(
        accept(one, author),
        accept(one, manager),
        accept(other, author),
        lambda: decline_suggestion(one, by=manager),
        lambda: approve_section(preface, by=manager, revision=1),
    )

    assert unexpected(outcomes, PermissionDenied) == []
    revisions = check_record(preface)
    accepted = SuggestionDecision.objects.filter(outcome="accepted")
    assert [row.revision for row in accepted] == revisions[1:]
    assert len(revisions) <= 2
    assert {row.content_hash for row in preface.sign_offs.all()} <= {revisions[0].content_hash}


@pytest.mark.parametrize("turn", range(5))
def test_a_request_for_review_freezes_what_was_seen(turn, brief, author, second_author):
    preface = write(section_of(brief, "opening/preface"), author, "Seen.")

    requested, saved = at_once(
        lambda: request_review(preface, by=author, revision=1),
        lambda: save_section(preface, {"body": "Later."}, by=second_author, started_from=1),
    )

    after = section_of(brief, preface.key)
    if isinstance(requested, PermissionDenied):
        assert "now at revision 2" in str(requested)
        assert (after.state, after.version) == ("drafting", 2)
    else:
        assert isinstance(saved, PermissionDenied)
        assert "in review" in str(saved)
        assert (after.state, after.version) == ("in_review", 1)


@pytest.mark.parametrize("turn", range(5))
def test_a_restore_never_puts_away_words_that_came_meanwhile(turn, brief, author, second_author):
    preface = section_of(brief, "opening/preface")
    write(preface, author, "Old words.")
    write(preface, author, "New words.")
    old = preface.revisions.get(number=1)

    restored, saved = at_once(
        lambda: restore_revision(preface, old, by=author, started_from=2),
        lambda: save_section(
            preface, {"body": "New words.\n\nMore."}, by=second_author, started_from=2
        ),
    )

    assert unexpected([restored, saved], PermissionDenied, EditConflict) == []
    check_record(preface)
    text = texts_now(preface)["body"]
    if isinstance(restored, PermissionDenied):
        assert text == "New words.\n\nMore."
    elif isinstance(saved, EditConflict):
        assert saved.texts == {"body": "New words.\n\nMore."}
        assert text == "Old words."
    else:
        assert text == "Old words.\n\nMore."


def test_twenty_strangers_to_each_other_read_one_text_in_the_end(brief):
    """Everybody saves the same words at once: one revision, whoever came first."""
    preface = section_of(brief, "opening/preface")
    people = [make_user(f"Person {number}") for number in range(THREADS)]
    for person in people:
        add_member(brief, person, "author")

    outcomes = at_once(
        *(
            lambda by=person: save_section(preface, {"body": "Same."}, by=by, started_from=0)
            for person in people
        )
    )

    assert unexpected(outcomes) == []
    assert sum(saved.revision is not None for saved in outcomes) == 1
    assert len(check_record(preface)) == 1
