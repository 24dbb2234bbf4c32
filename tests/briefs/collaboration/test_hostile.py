"""Whatever a client sends ends its own connection with a code that says why, and harms nobody
else."""

import random
import threading

import pytest
from pycrdt import Array, Doc, Map, Text

from briefs.collaboration import limits
from briefs.live_text.log import load
from briefs.live_text.shared_text import SharedText
from briefs.live_text.updates import (
    MAX_CLIENTS,
    MAX_CLOCK,
    MAX_PIECES,
    MAX_UPDATE_BYTES,
    read_clocks,
)
from briefs.live_text.varints import counted, written
from briefs.models import LiveClient, LiveEdit, RefusedEdit
from tests.briefs.collaboration.live_server import eventually
from tests.factories import section_of, write

pytestmark = pytest.mark.django_db(transaction=True)

HELLO = bytes([102]) + written(7) + counted(b"") + written(1)


def check_that_others_go_on(page, section) -> None:
    page.type(future="Unharmed.")
    assert load(section.pk).text.texts()["future"] == "Unharmed."


def update_with(kind, content) -> bytes:
    doc = Doc()
    doc.get("past", type=kind)
    with doc.transaction():
        content(doc.get("past", type=kind))
    return doc.get_update()


BAD_FRAMES = {
    "nothing": b"",
    "an unknown kind": bytes([55]),
    "a kind of many bytes": b"\xff" * 12,
    "an unknown step": b"\x00\x07" + counted(b"\x00\x00"),
    "a length that lies": b"\x00\x02\xff\xff\x03abc",
    "bytes left over": b"\x00\x02" + counted(b"\x00\x00") + b"!",
    "clocks that are none": b"\x00\x00" + counted(b"\x09\x01"),
    "an update that is none": b"\x00\x02" + counted(b"\xde\xad\xbe\xef"),
    "a map": b"\x00\x02" + counted(update_with(Map, lambda root: root.update({"a": 1}))),
    "a list": b"\x00\x02" + counted(update_with(Array, lambda root: root.append("a"))),
    "a control character": b"\x00\x02"
    + counted(update_with(Text, lambda root: root.insert(0, "a\x00"))),
    "a carriage return": b"\x00\x02"
    + counted(update_with(Text, lambda root: root.insert(0, "a\r\n"))),
    "bold": b"\x00\x02"
    + counted(update_with(Text, lambda root: root.insert(0, "a", {"bold": True}))),
    "presence that is no JSON": b"\x01" + counted(b"\x01\x07\x01" + counted(b"{")),
    "presence nested for ever": b"\x01" + counted(b"\x01\x07\x01" + counted(b"[" * 60_000)),
    "presence cut short": b"\x01" + counted(b"\x05\x07\x01"),
    "a second hello": HELLO,
    "text": "hello",
}


@pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
def test_what_is_no_message_is_told_so(frame, section, author, second_author, typist):
    good, bad = typist(author), typist(second_author)
    bad.send(frame)
    assert bad.closed() == 4400
    check_that_others_go_on(good, section)
    assert set(load(section.pk).text.texts().values()) == {"", "Unharmed."}


@pytest.mark.parametrize(
    "frame",
    [
        b"\x00\x00" + counted(b"\x00"),
        b"\x00\x02" + counted(b"\x00\x00"),
        b"\x01" + counted(b"\x00"),
        bytes([103]),
        bytes([102]) + written(7) + counted(b"no document") + written(1),
        bytes([102]),
    ],
)
def test_nothing_comes_before_hello(frame, section, author, typist):
    page = typist(author, is_open=False)
    page.send(frame)
    assert page.closed() == 4400


def test_random_bytes_harm_nobody(section, author, second_author, typist):
    chance = random.Random(20)
    good = typist(author)
    for turn in range(40):
        bad = typist(second_author)
        size = chance.randrange(1, 60)
        start = chance.choice([b"", b"\x00\x02", b"\x00\x01", b"\x01", b"\x66"])
        bad.send(start + chance.randbytes(size))
        assert bad.closed() == 4400, turn
    check_that_others_go_on(good, section)


def test_a_message_too_large(section, author, typist):
    page = typist(author)
    page.send(b"\x00\x02" + bytes(limits.MAX_MESSAGE_BYTES))
    assert page.closed() == 4413


def presence(entries: int, state: bytes = b"null") -> bytes:
    one = written(7) + written(1) + counted(state)
    return b"\x01" + counted(written(entries) + one * entries)


def test_presence_takes_64_kb(section, author, second_author, typist):
    good, bad = typist(author), typist(second_author)
    overhead = len(presence(1, b'"' + b"a" * 60_000 + b'"')) - 60_000
    bad.send(presence(1, b'"' + b"a" * (limits.MAX_PRESENCE_BYTES - overhead) + b'"'))
    bad.type(past="Still here.")
    bad.send(presence(1, b'"' + b"a" * (limits.MAX_PRESENCE_BYTES - overhead + 1) + b'"'))
    assert bad.closed() == 4413
    check_that_others_go_on(good, section)


def test_presence_of_many_costs_a_message_for_each(section, author, second_author, typist):
    good, bad = typist(author), typist(second_author)
    frame = presence(int(limits.MESSAGES_AT_ONCE) + 100)
    assert len(frame) < limits.MAX_PRESENCE_BYTES
    bad.send(frame)
    assert bad.closed() == 4429
    check_that_others_go_on(good, section)


def test_presence_that_lies_about_how_many_it_tells_of(section, author, second_author, typist):
    good, bad = typist(author), typist(second_author)
    bad.send(b"\x01" + counted(written(2**40)))
    assert bad.closed() == 4429
    check_that_others_go_on(good, section)


def vector(clients: int) -> bytes:
    pairs = b"".join(written(2**50 + number) + b"\x01" for number in range(clients))
    return written(clients) + pairs


def test_a_long_state_vector_is_read_aside_and_answered(
    section, author, server, typist, monkeypatch
):
    readers = []

    def noted(clocks):
        readers.append(threading.current_thread())
        return read_clocks(clocks)

    monkeypatch.setattr("briefs.collaboration.conversation.read_clocks", noted)
    page = typist(author)
    page.type(past="Words.")
    asker = typist(author)
    asker.is_synced = False
    long = vector(5000)
    assert len(long) > limits.CHECKED_ASIDE_FROM
    readers.clear()
    asker.send(b"\x00\x00" + counted(long))
    asker.wait(lambda: asker.is_synced)
    assert asker.text.texts()["past"] == "Words."
    [reader] = readers
    assert reader is not server.thread
    readers.clear()
    asker.is_synced = False
    asker.ask()
    asker.wait(lambda: asker.is_synced)
    assert readers == [server.thread]


def test_a_long_state_vector_that_is_none(section, author, second_author, typist):
    good, bad = typist(author), typist(second_author)
    bad.send(b"\x00\x00" + counted(vector(5000)[:-1]))
    assert bad.closed() == 4400
    check_that_others_go_on(good, section)


ONE_PIECE = b"\x01\x01\x07\x00\x04\x01\x04past"  # text of client 7 in the prompt, from clock 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(written(MAX_CLIENTS + 1), id="clients"),
        pytest.param(b"\x01" + written(MAX_PIECES + 1) + b"\x07\x00", id="pieces"),
        pytest.param(
            b"\x01\x01\x07" + written(MAX_CLOCK - 1) + b"\x04\x01\x04past\x01a\x00", id="clock"
        ),
        pytest.param(ONE_PIECE + counted(b"a\xed\xa0\xbd") + b"\x00", id="first half alone"),
        pytest.param(ONE_PIECE + counted(b"a\xed\xb8\x80") + b"\x00", id="second half alone"),
        pytest.param(
            ONE_PIECE + counted(b"a\xed\xa0\xbd\xed\xb8\x80") + b"\x00", id="both by themselves"
        ),
        # The second half of its own character is taken out.
        pytest.param(
            ONE_PIECE + counted("a😀".encode()) + b"\x01\x07\x01\x02\x01", id="half taken out"
        ),
    ],
)
def test_a_change_beyond_what_an_editor_makes(change, section, author, second_author, typist):
    good, bad = typist(author), typist(second_author)
    bad.change(change)
    assert bad.closed() == 4400
    check_that_others_go_on(good, section)
    assert load(section.pk).text.texts()["past"] == ""


def test_a_change_of_over_1_mb(section, author, typist):
    page = typist(author)
    update = bytes(MAX_UPDATE_BYTES + 1)
    assert len(b"\x00\x02" + counted(update)) <= limits.MAX_MESSAGE_BYTES
    page.change(update)
    assert page.closed() == 4413


def test_writing_under_anothers_number_is_refused(section, author, second_author, typist):
    victim = typist(author)
    victim.type(past="Ada's.")
    forger = typist(second_author)
    forged = SharedText(forger.text.prompts, client=victim.text.client)
    forged.apply(forger.text.state())
    forger.change(forged.put({"past": "Ada's. Not hers."}))
    assert forger.closed() == 4409
    assert load(section.pk).text.texts()["past"] == "Ada's."
    check_that_others_go_on(victim, section)


def test_a_hello_with_anothers_number_is_refused(section, author, second_author, typist):
    victim = typist(author)
    forger = typist(second_author, is_open=False)
    forger.hello(client=victim.text.client)
    assert forger.closed() == 4409
    victim.type(past="Ada's.")
    later = typist(second_author, is_open=False)
    later.hello(client=victim.text.client)
    assert later.closed() == 4409
    check_that_others_go_on(victim, section)


def test_two_pages_of_one_person_under_one_number_are_not_both_open(section, author, typist):
    first = typist(author)
    second = typist(author, text=SharedText(first.text.prompts, client=first.text.client))
    assert first.closed() == 4409
    check_that_others_go_on(second, section)


def test_a_number_is_claimed_by_who_writes_and_not_by_who_reads(section, author, viewer, typist):
    typist(viewer)
    writer = typist(author)
    claims = set(LiveClient.objects.values_list("number", "user"))
    assert claims == {(writer.text.client, author.pk)}


@pytest.mark.parametrize("who", ["author", "viewer"])
def test_nobody_writes_under_the_number_of_another_who_is_there(
    who, request, section, second_author, typist
):
    """However little that one has written."""
    victim = typist(request.getfixturevalue(who))
    forger = typist(second_author)
    forger.change(SharedText(forger.text.prompts, client=victim.text.client).put({"past": "x"}))
    assert forger.closed() == 4409
    assert not LiveClient.objects.filter(user=second_author, number=victim.text.client).exists()
    if who == "author":
        check_that_others_go_on(victim, section)


def test_a_change_that_stands_on_nothing_starts_the_page_again(section, author, typist):
    page = typist(author)
    page.text.put({"past": "Never sent. "})
    page.put(past="Never sent. Sent.")
    assert page.closed() == 4510
    page = typist(author, text=page.text, document=page.facts["document"])
    page.wait(lambda: page.acked == page.sent > 0)
    assert load(section.pk).text.texts()["past"] == "Never sent. Sent."


def test_a_copy_of_another_document_is_refused(brief, section, author, typist):
    page = typist(author, is_open=False)
    page.hello(document="11111111-2222-3333-4444-555555555555")
    assert page.closed() == 4412


def test_a_room_that_nobody_joins_is_closed(section, author, server, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.hub.EMPTY_FOR", 0.01)
    page = typist(author, is_open=False)
    page.hello(document="11111111-2222-3333-4444-555555555555")
    assert page.closed() == 4412
    hub = server.hub()
    eventually(lambda: not hub.rooms)


def test_a_prompt_takes_64_kb(section, author, typist):
    page = typist(author)
    page.type(past="é" * 32 * 1024)
    number = page.put(past="é" * 32 * 1024 + "!")
    page.wait(lambda: page.refusals == [("prompt_full", number)])
    later = page.put(past="é" * 32 * 1024 + "!!")
    page.wait(lambda: page.refusals[1:] == [("prompt_full", later)])
    assert load(section.pk).text.texts()["past"] == "é" * 32 * 1024
    assert RefusedEdit.objects.get().reason == "prompt_full"


def test_what_is_too_long_already_may_become_shorter(section, author, typist):
    page = typist(author)
    page.type(past="a" * 64 * 1024)
    page.type(past="a" * 60 * 1024)
    page.type(past="a" * 60 * 1024 + "b" * 4096)
    assert page.refusals == []


def test_a_brief_takes_500_kb(brief, section, author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.taking.MAX_BRIEF_BYTES", 1000)
    write(section_of(brief, "opening/preface"), author, "a" * 900)
    page = typist(author)
    page.type(past="b" * 100)
    number = page.put(past="b" * 101)
    page.wait(lambda: page.refusals == [("brief_full", number)])


def test_a_brief_that_others_fill_is_full_here_too(
    brief, section, author, server, typist, monkeypatch
):
    monkeypatch.setattr("briefs.collaboration.taking.MAX_BRIEF_BYTES", 1000)
    monkeypatch.setattr("briefs.collaboration.watching.POLLS_BETWEEN_SIZES", 1)
    page = typist(author)
    [room] = server.hub().rooms.values()
    write(section_of(brief, "opening/preface"), author, "a" * 900)
    eventually(lambda: room.others_bytes == 900)
    number = page.put(past="b" * 101)
    page.wait(lambda: page.refusals == [("brief_full", number)])


def test_too_many_messages(section, author, second_author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.connection.MESSAGES_AT_ONCE", 30)
    monkeypatch.setattr("briefs.collaboration.connection.MESSAGES_PER_SECOND", 0.01)
    good, fast = typist(second_author), typist(author)
    for place in range(40):
        fast.point(place, clock=place + 1)
    assert fast.closed() == 4429
    check_that_others_go_on(good, section)


def test_too_many_sockets(section, author, second_author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.hub.MAX_SOCKETS_PER_PERSON", 2)
    pages = [typist(author), typist(author)]
    assert typist(author, is_open=False).closed() == 4423
    typist(second_author)
    check_that_others_go_on(pages[0], section)


def test_who_says_nothing_is_sent_away(section, author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.hub.HELLO_WITHIN", 0.01)
    assert typist(author, is_open=False).closed() == 4400


@pytest.mark.parametrize("limit", ["MAX_MESSAGES_WAITING", "MAX_OUTBOX_BYTES"])
def test_who_reads_too_slowly_is_sent_away(
    limit, section, author, second_author, typist, monkeypatch
):
    slow, good = typist(author), typist(second_author)
    good.type(past="One.")
    slow.reads(past="One.")
    monkeypatch.setattr(f"briefs.collaboration.connection.{limit}", 0)
    slow.point("here")
    slow.ask()
    assert slow.closed() == 4508
    monkeypatch.undo()
    check_that_others_go_on(good, section)


def test_a_deletion_longer_than_any_text(section, author, typist, monkeypatch):
    page = typist(author)
    page.type(past="abc")
    monkeypatch.setattr("briefs.collaboration.taking.MAX_DELETED_AT_ONCE", 2)
    page.put(past="")
    assert page.closed() == 4413


def test_too_many_client_numbers_at_once(section, author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.taking.MAX_NEW_NUMBERS", 2)
    page = typist(author)
    others = [SharedText(page.text.prompts) for _ in range(3)]
    for turn, other in enumerate(others, start=1):
        other.apply(page.text.state())
        page.text.apply(other.put({"past": "Words. " * turn}))
    page.change(page.text.state())
    assert page.closed() == 4413
    assert not LiveEdit.objects.exists()


def test_refused_edits_are_not_a_store(section, viewer, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.refusals.MAX_REFUSED_PER_PERSON", 2)
    page = typist(viewer)
    for number in range(4):
        page.put(past=f"Number {number}.")
    page.wait(lambda: len(page.refusals) == 4)
    page.name()
    page.wait(lambda: "named" in page.facts)
    assert RefusedEdit.objects.count() <= 2


def test_the_decoder_that_panics_starts_everybody_again(
    section, author, second_author, typist, monkeypatch
):
    class PanicException(BaseException):
        """As the one of pyo3, which can't be imported."""

    def panic(_text, _update):
        raise PanicException("index out of bounds")

    good, bad = typist(author), typist(second_author)
    good.type(past="Saved.")
    bad.reads(past="Saved.")
    with monkeypatch.context() as broken:
        broken.setattr("briefs.live_text.shared_text.SharedText.apply", panic)
        bad.send(b"\x00\x02" + counted(SharedText(["past"]).put({"past": "x"})))
        assert (good.closed(), bad.closed()) == (4510, 4510)
    again = typist(author, text=good.text, document=good.facts["document"])
    assert again.text.texts()["past"] == "Saved."
    check_that_others_go_on(again, section)
