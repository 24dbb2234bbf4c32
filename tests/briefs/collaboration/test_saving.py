"""Nothing is said to be saved that isn't, and nothing is lost on the way."""

import time
from threading import Event

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError

from briefs.collaboration import saving
from briefs.collaboration.effects import Panicked
from briefs.collaboration.refusals import Reason
from briefs.document.text import MAX_PROMPT_BYTES
from briefs.drafting.actions import save_section
from briefs.live_text.log import Appended, append, claim, load, take_snapshot
from briefs.live_text.shared_text import NOTHING, SharedText
from briefs.models import LiveEdit, LiveText, RefusedEdit, Section
from briefs.review.actions import request_review, withdraw_review
from tests.briefs.collaboration.live_server import WAIT, LiveServer, eventually
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write

pytestmark = pytest.mark.django_db(transaction=True)


class Breakdown:
    """Stands in for the commit until it is mended."""

    def __init__(self, mistake: type[DatabaseError]) -> None:
        self.mistake = mistake
        self.is_mended = Event()
        self.tried = 0

    def __call__(self, batches) -> Appended:
        if self.is_mended.is_set():
            return append(batches)
        self.tried += 1
        raise self.mistake("the database went away")


def test_a_database_that_is_away_delays_and_loses_nothing(
    section, author, second_author, typist, monkeypatch
):
    away = Breakdown(OperationalError)
    monkeypatch.setattr(saving, "append", away)
    page, other = typist(author), typist(second_author)
    number = page.put(past="Held.")
    page.wait(lambda: page.facts["saving"] == "delayed")
    other.wait(lambda: other.facts["saving"] == "delayed")
    page.put(past="Held. And more.")
    late = typist(second_author)
    assert late.facts["saving"] == "delayed"
    assert late.text.texts()["past"] == ""
    assert page.acked < number
    away.is_mended.set()
    page.wait(lambda: page.acked == page.sent and page.facts["saving"] == "ok")
    other.reads(past="Held. And more.")
    late.reads(past="Held. And more.")
    assert load(section.pk).text.texts()["past"] == "Held. And more."
    assert away.tried > 0


def test_who_types_alone_waits_for_no_tick(section, author, typist, monkeypatch):
    page = typist(author)
    page.wait(lambda: page.acked == page.sent)
    monkeypatch.setattr(saving, "TICK", WAIT / 2)
    start = time.monotonic()
    page.type(past="At once.")
    assert time.monotonic() - start < WAIT / 3


def test_a_commit_whose_answer_gets_lost_is_no_second_text(
    section, author, second_author, typist, monkeypatch
):
    is_lost = Event()

    def append_and_fall_silent(batches) -> Appended:
        outcome = append(batches)
        if not is_lost.is_set():
            is_lost.set()
            raise OperationalError("the connection broke at the commit")
        return outcome

    monkeypatch.setattr(saving, "append", append_and_fall_silent)
    page, other = typist(author), typist(second_author)
    page.type(past="Once.")
    page.type(past="Once. Twice.")
    other.reads(past="Once. Twice.")
    assert load(section.pk).text.texts()["past"] == "Once. Twice."


def test_a_section_that_cannot_be_saved_harms_no_other(
    brief, section, author, second_author, typist, monkeypatch
):
    preface = section_of(brief, "opening/preface")
    fine = typist(second_author, in_=preface)
    broken = typist(author)
    is_mended = Event()

    def fail_for_one(batches) -> Appended:
        if not is_mended.is_set() and section.pk in [batch.section for batch in batches]:
            raise IntegrityError("this row can't be")
        return append(batches)

    monkeypatch.setattr(saving, "append", fail_for_one)
    broken.put(past="Mine.")
    fine.change(_words(fine, "Fine."))
    fine.wait(lambda: fine.acked == fine.sent)
    assert load(preface.pk).text.texts() == {"body": "Fine."}
    assert broken.closed() == 4510
    is_mended.set()
    again = typist(author, text=broken.text, document=broken.facts["document"])
    again.wait(lambda: again.acked == again.sent)
    assert load(section.pk).text.texts()["past"] == "Mine."


def _words(page, words: str) -> bytes:
    text = SharedText(["body"], client=page.text.client)
    text.apply(page.text.state())
    return text.put({"body": words})


def test_a_section_that_an_action_holds_is_saved_afterwards(section, author, typist, monkeypatch):
    is_held = Event()

    def busy_at_first(batches) -> Appended:
        if is_held.is_set():
            return append(batches)
        is_held.set()
        return Appended(busy={batch.section for batch in batches})

    monkeypatch.setattr(saving, "append", busy_at_first)
    page = typist(author)
    page.type(past="In the end.")
    assert load(section.pk).text.texts()["past"] == "In the end."
    assert LiveEdit.objects.count() == 1


def test_a_saver_that_fails_begins_again(section, author, typist, monkeypatch):
    has_failed = Event()

    def fail_once(batches) -> Appended:
        if has_failed.is_set():
            return append(batches)
        has_failed.set()
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(saving, "append", fail_once)
    page = typist(author)
    page.put(past="Still here.")
    assert page.closed() == 4510
    again = typist(author, text=page.text, document=page.facts["document"])
    again.wait(lambda: again.acked == again.sent > 0)
    assert load(section.pk).text.texts()["past"] == "Still here."


def test_edits_made_offline_come_with_the_next_connection(section, author, second_author, typist):
    page, other = typist(author), typist(second_author)
    page.type(past="Online.")
    other.reads(past="Online.")
    page.cut()
    page.text.put({"past": "Online. Tunnel."})
    other.type(past="Online. Office.")
    back = typist(author, text=page.text, document=page.facts["document"])
    back.wait(lambda: back.acked == back.sent > 0)
    merged = load(section.pk).text.texts()["past"]
    assert sorted(merged.split()) == ["Office.", "Online.", "Tunnel."]
    other.reads(past=merged)
    back.reads(past=merged)


def test_an_edit_that_was_saved_and_not_acknowledged_is_not_doubled(section, author, typist):
    page = typist(author)
    update = page.text.put({"past": "Once."})
    page.change(update)
    page.change(update)
    page.wait(lambda: page.acked == page.sent)
    back = typist(author, text=page.text, document=page.facts["document"])
    back.wait(lambda: back.acked == back.sent > 0)
    assert load(section.pk).text.texts()["past"] == "Once."
    assert LiveEdit.objects.count() == 1


def test_asking_for_review_refuses_what_comes_later(section, author, second_author, typist):
    page, other = typist(author), typist(second_author)
    page.type(past="Seen.")
    write(section, author, future="Also.")
    version = Section.objects.get(pk=section.pk).version
    request_review(section, by=author, revision=version)
    number = page.put(past="Seen. Late.")
    page.wait(lambda: page.facts["locked"] and page.refusals == [("frozen", number)])
    other.wait(lambda: other.facts["locked"])
    assert other.text.texts()["past"] == "Seen."
    assert load(section.pk).text.texts()["past"] == "Seen."
    assert RefusedEdit.objects.get().user == author
    withdraw_review(section, by=author, revision=version)
    other.wait(lambda: not other.facts["locked"])
    other.type(past="Seen. Again.")
    assert load(section.pk).text.texts()["past"] == "Seen. Again."


def test_a_lock_that_comes_between_a_change_and_its_commit_wins(
    section, author, second_author, server, typist, monkeypatch
):
    """The room has joined the change in and must let go of it, for all."""
    may_commit, is_begun = Event(), Event()

    def wait_and_append(batches) -> Appended:
        is_begun.set()
        assert may_commit.wait(30)
        return append(batches)

    page, other = typist(author), typist(second_author)
    page.type(past="Seen.")
    write(section, author, future="Also.")
    page.reads(future="Also.")
    monkeypatch.setattr(saving, "append", wait_and_append)
    number = page.put(past="Seen. Late.")
    assert is_begun.wait(30)
    late, nothing = other.put(past="Later."), other.change(NOTHING)
    repeated = other.change(other.text.state())
    [room] = server.hub().rooms.values()
    eventually(lambda: len(room._queue) == 3)
    request_review(section, by=author, revision=Section.objects.get(pk=section.pk).version)
    may_commit.set()
    page.wait(lambda: page.refusals == [("frozen", number)])
    other.wait(lambda: other.refusals == [("frozen", late), ("frozen", repeated)])
    other.wait(lambda: other.acked == nothing)
    assert RefusedEdit.objects.filter(user=second_author).count() == 1
    fresh = typist(second_author)
    assert fresh.facts["locked"]
    assert fresh.text.texts()["past"] == load(section.pk).text.texts()["past"] == "Seen."


def test_a_change_that_was_checked_before_a_refusal_of_others_stands_on_nothing(
    section, author, server, typist, monkeypatch
):
    """While it was checked, the room let go of what it had joined in."""

    def claim_later(*about):
        rooms = server.hub().rooms.values()
        server.do(lambda: [room.refuse_saving(Reason.FROZEN) for room in rooms])
        return claim(*about)

    page = typist(author)
    earlier = SharedText(page.text.prompts)
    with monkeypatch.context() as slow:
        slow.setattr("briefs.collaboration.taking.claim", claim_later)
        page.change(earlier.put({"past": "Again."}))
        assert page.closed() == 4510
    back = typist(author, text=earlier, document=page.facts["document"])
    back.wait(lambda: back.acked == back.sent > 0)
    assert load(section.pk).text.texts()["past"] == "Again."


def test_a_form_save_reaches_who_types(section, author, second_author, typist):
    page = typist(author)
    page.type(past="Typed.")
    save_section(section, {"future": "Formed."}, by=second_author, started_from=0)
    page.reads(past="Typed.", future="Formed.")
    page.type(past="Typed. On.")
    assert load(section.pk).text.texts() == {"past": "Typed. On.", "future": "Formed."}


def test_edits_of_another_process_come_in(section, author, second_author, typist):
    """By the doorbell, and without a section's own rings being taken for another's."""
    page = typist(author)
    for turn in range(5):
        page.type(past=f"Page {turn}. ")
        type_into(section, second_author, past=f"Page {turn}. ", future=f"Other {turn}.")
        page.reads(future=f"Other {turn}.")


def test_two_servers_have_one_text(section, author, second_author, typist):
    with LiveServer() as second:
        one, other = typist(author), typist(second_author, at=second)
        one.type(past="First. ")
        other.reads(past="First. ")
        one.put(past="First. Ada.")
        other.put(past="Ben. First. ")
        for page in (one, other):
            page.reads(past="Ben. First. Ada.")
            page.wait(lambda page=page: page.acked == page.sent)
    assert load(section.pk).text.texts()["past"] == "Ben. First. Ada."


def test_a_ring_that_got_lost_is_made_up_for(section, author, second_author, typist, monkeypatch):
    page = typist(author)
    page.type(past="Mine. ")
    monkeypatch.setattr("briefs.live_text.log.ring", lambda _sections: None)
    type_into(section, second_author, past="Mine. Yours.")
    page.reads(past="Mine. Yours.")


def test_a_snapshot_is_taken_in_time(section, author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.room.EDITS_BETWEEN_SNAPSHOTS", 3)
    page = typist(author)
    for number in range(4):
        page.type(past=f"Number {number}.")
    eventually(lambda: LiveText.objects.get(pk=section.pk).snapshot_seq > 0)
    assert load(section.pk).text.texts()["past"] == "Number 3."


def test_a_log_that_grew_without_a_snapshot_gets_one_when_it_is_opened(
    section, author, typist, monkeypatch
):
    for number in range(4):
        type_into(section, author, past=f"Number {number}.")
    monkeypatch.setattr("briefs.collaboration.room.EDITS_BETWEEN_SNAPSHOTS", 4)
    typist(author)
    eventually(lambda: LiveText.objects.get(pk=section.pk).snapshot_seq == 4)


def test_a_snapshot_that_could_not_be_taken_is_tried_again(section, author, typist, monkeypatch):
    def fail_once(section):
        monkeypatch.setattr("briefs.collaboration.hub.take_snapshot", take_snapshot)
        raise OperationalError("the database went away")

    monkeypatch.setattr("briefs.collaboration.hub.take_snapshot", fail_once)
    monkeypatch.setattr("briefs.collaboration.room.EDITS_BETWEEN_SNAPSHOTS", 1)
    typist(author).type(past="Once.")
    eventually(lambda: LiveText.objects.get(pk=section.pk).snapshot_seq == 1)


def test_too_much_held_for_the_database_ends_the_connection(section, author, typist, monkeypatch):
    away = Breakdown(OperationalError)
    monkeypatch.setattr(saving, "append", away)
    monkeypatch.setattr("briefs.collaboration.room.MAX_HELD_BYTES", 1000)
    page = typist(author)
    page.put(past="a" * 2000)
    page.put(past="a" * 2000 + "b")
    assert page.closed() == 4503
    away.is_mended.set()
    eventually(lambda: load(section.pk).text.texts()["past"] == "a" * 2000)
    back = typist(author, text=page.text, document=page.facts["document"])
    back.wait(lambda: back.acked == back.sent > 0)
    assert load(section.pk).text.texts()["past"] == "a" * 2000 + "b"
    assert len(back.text.texts()["past"]) < MAX_PROMPT_BYTES


def test_without_a_database_nobody_comes_in(section, author, typist, monkeypatch):
    def away(_seats):
        raise OperationalError("the database went away")

    session_is_known = typist(author)
    monkeypatch.setattr("briefs.collaboration.consumers.ask", away)
    assert typist(author, is_open=False).closed() == 4503
    session_is_known.type(past="Still open.")


def test_a_number_that_cannot_be_claimed_is_not_written_under(section, author, typist, monkeypatch):
    def away(*_about):
        raise OperationalError("the database went away")

    page = typist(author)
    page.cut()
    page.text.put({"past": "First."})
    with monkeypatch.context() as broken:
        broken.setattr("briefs.collaboration.taking.claim", away)
        late = typist(author, is_open=False)
        late.hello()
        assert late.closed() == 4503
        page = typist(author, text=page.text, document=page.facts["document"])
        page.change(SharedText(page.text.prompts).put({"past": "Earlier."}))
        assert page.closed() == 4503
    back = typist(author, text=page.text, document=page.facts["document"])
    back.wait(lambda: back.acked == back.sent > 0)
    assert load(section.pk).text.texts()["past"] == "First."


def test_a_text_that_panics_at_the_commit_starts_its_pages_again(
    section, author, typist, monkeypatch
):
    page = typist(author)
    page.type(past="First.")

    def panic(_room, _numbers):
        raise Panicked("index out of bounds")

    with monkeypatch.context() as broken:
        broken.setattr("briefs.collaboration.room.Room.finish_saving", panic)
        page.put(past="First. Second.")
        assert page.closed() == 4510
    back = typist(author, text=page.text, document=page.facts["document"])
    back.wait(lambda: back.acked == back.sent > 0)
    assert load(section.pk).text.texts()["past"] == "First. Second."


def test_a_database_that_does_not_answer_is_not_waited_for(section, author, typist, monkeypatch):
    may_end = Event()
    monkeypatch.setattr("briefs.collaboration.consumers.ask", lambda _seats: may_end.wait(30))
    monkeypatch.setattr("briefs.collaboration.consumers.ADMIT_WITHIN", 0.05)
    assert typist(author, is_open=False).closed() == 4503
    may_end.set()
