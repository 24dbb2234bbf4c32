from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from briefs.live_text.shared_text import SharedText
from briefs.live_text.updates import (
    BadUpdate,
    MissingContent,
    read_clocks,
    read_update,
    second_halves,
)
from briefs.live_text.varints import BadBytes, Reader, counted, written

PROMPTS = ("past", "future")
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)


def read(update: bytes, known: SharedText | None = None):
    clocks = read_clocks(known.clocks()) if known else {}
    return read_update(update, prompts=PROMPTS, known=clocks)


@given(st.integers(0, 2**53 - 1), st.binary(max_size=20))
def test_numbers_and_counted_bytes_are_read_as_they_were_written(number, piece):
    reader = Reader(written(number) + counted(piece))
    assert (reader.number(), reader.counted(), reader.is_at_end) == (number, piece, True)


def test_a_number_beyond_the_largest_is_refused():
    with pytest.raises(BadBytes, match="too large"):
        Reader(written(2**53)).number()
    with pytest.raises(BadBytes, match="too large"):
        Reader(b"\xff" * 20).number()


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_every_edit_of_a_shared_text_passes(texts):
    here, there = SharedText(PROMPTS), SharedText(PROMPTS)
    for number, text in enumerate(texts):
        change = here.put({PROMPTS[number % 2]: text})
        found = read(change, there)
        there.apply(change)
        assert here.texts() == there.texts()
        assert found.inserted <= len(text.encode())
    assert read(here.state()).brings({}).keys() <= {here.client}


def test_what_is_written_and_deleted_is_told_in_utf_16_units():
    text = SharedText(PROMPTS)
    first = read(text.put({"past": "a😀"}))
    assert first.brings({}) == {text.client: (0, 3)}
    assert first.inserted == 5
    change = text.put({"past": "a"})
    assert read_update(change, prompts=PROMPTS, known={text.client: 3}).deleted == [
        (text.client, 1, 3)
    ]


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_no_edit_of_a_shared_text_cuts_a_character(texts):
    here, there = SharedText(PROMPTS), SharedText(PROMPTS)
    for number, text in enumerate(texts):
        change = here.put({PROMPTS[number % 2]: text})
        found, known = read(change, there), read_clocks(there.clocks())
        assert not found.cuts_a_character(known, second_halves(there.state()))
        there.apply(change)


def _change_of_one(client: int, clock: int, head: int, *neighbours: int) -> bytes:
    origin = b"".join(map(written, neighbours)) or b"\x01" + counted(b"past")
    return b"\x01\x01" + written(client) + written(clock) + bytes([head]) + origin


@pytest.mark.parametrize(
    ("change", "cuts"),
    [
        (b"\x00\x01\x07\x01\x01\x01", True),  # the first half is taken out
        (b"\x00\x01\x07\x01\x02\x01", True),
        (b"\x00\x01\x07\x01\x00\x02", True),
        (b"\x00\x01\x07\x01\x01\x02", False),  # the whole of it
        (b"\x00\x01\x07\x01\x00\x04", False),
        (_change_of_one(9, 0, 0x84, 7, 1) + counted(b"x") + b"\x00", True),
        (_change_of_one(9, 0, 0x44, 7, 2) + counted(b"x") + b"\x00", True),
        (_change_of_one(9, 0, 0x84, 7, 0) + counted(b"x") + b"\x00", False),
        (_change_of_one(9, 0, 0xC4, 7, 2, 7, 3) + counted(b"x") + b"\x00", False),
        # What it puts in itself, cut by its own deletion.
        (
            _change_of_one(9, 0, 0x84, 7, 3) + counted("😀".encode()) + b"\x01\x09\x01\x00\x01",
            True,
        ),
        # It tells anew what is there, so that what is new begins within a character.
        (_change_of_one(7, 0, 0x04) + counted("abc😀".encode()) + b"\x00", True),
        (_change_of_one(7, 0, 0x04) + counted("abcd😀".encode()) + b"\x00", False),
    ],
)
def test_a_change_that_leaves_half_a_character_is_known(change, cuts):
    text = SharedText(PROMPTS, client=7)
    text.put({"past": "a😀b"})
    found = read(change, text)
    assert found.cuts_a_character({7: 4}, second_halves(text.state())) is cuts


def test_halves_are_found_in_all_that_is_stored():
    text = SharedText(PROMPTS, client=7)
    text.put({"past": "a😀b🇧c", "future": "😀"})
    assert second_halves(text.state()) == {(7, 2), (7, 5), (7, 8)}
    text.put({"past": "", "future": ""})
    assert second_halves(text.state()) == set()
    assert second_halves(b"\x01\x02\x07\x00\x0a\x05\x00\x03\x00") == set()


def _document(fill) -> bytes:
    doc = Doc()
    fill(doc)
    return doc.get_update()


def _set(doc: Doc[Any], key: str, value: object) -> None:
    doc[key] = value


def _formatted(doc: Doc[Any]) -> None:
    doc["past"] = Text("words")
    doc["past"].format(0, 3, {"bold": True})


def _embedded(doc: Doc[Any]) -> None:
    doc["past"] = Text("words")
    doc["past"].insert_embed(2, "a picture")


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda doc: _set(doc, "elsewhere", Text("words")), "an unknown prompt"),
        (lambda doc: _set(doc, "past", Map({"a": 1})), "something else than text"),
        (lambda doc: _set(doc, "past", Array([1, 2])), "something else than text"),
        (lambda doc: _set(doc, "past", Text("NUL \x00")), "control characters"),
        (lambda doc: _set(doc, "past", Text("CR \r\n")), "control characters"),
        (_formatted, "something else than text"),
        (_embedded, "something else than text"),
    ],
)
def test_anything_but_text_in_a_prompt_is_refused(fill, sentence):
    with pytest.raises(BadUpdate, match=sentence):
        read(_document(fill))


@pytest.mark.parametrize(
    ("update", "sentence"),
    [
        (b"", "end too early"),
        (b"\x00", "end too early"),
        (b"\x00\x00\x00", "left over"),
        (written(5000), "too many clients"),
        (b"\x01\x00\x01\x00", "twice or is empty"),
        (b"\x01" + written(10**9) + b"\x01\x00", "too many pieces"),
        (b"\x01\x01\x01\x00\x04\x00\x04past\x01a\x00", "within something else"),
        (b"\x01\x01\x01\x00\x04\x01\x04past\x02\xff\xfe\x00", "not UTF-8"),
        (b"\x01\x01\x01" + written(2**31 - 1) + b"\x04\x01\x04past\x01a\x00", "clock is too"),
        (b"\x00\x01\x01\x01\x00\x00", "a length that can't be"),
        (b"\x00\x02\x01\x00\x01\x00", "deletions come twice"),
        (b"\x00" + written(10**9), "too many clients"),
        (b"\x00" * (1024 * 1024 + 1), "too large"),
    ],
)
def test_broken_bytes_are_refused(update, sentence):
    with pytest.raises(BadUpdate, match=sentence):
        read(update)


def test_a_gap_a_neighbour_or_a_deletion_that_is_not_there_asks_for_more():
    text = SharedText(PROMPTS)
    text.put({"past": "one"})
    second = text.put({"past": "one two"})
    third = text.put({"past": "one two three"})
    deletion = text.put({"past": ""})
    for change in (second, third, deletion):
        with pytest.raises(MissingContent):
            read(change)


def test_clocks_are_read_as_they_are_written():
    text = SharedText(PROMPTS)
    text.put({"past": "one"})
    assert read_clocks(text.clocks()) == {text.client: 3}
    for bad in (b"", b"\x01\x01", b"\x00\x00", written(10**9)):
        with pytest.raises(BadUpdate):
            read_clocks(bad)


@given(st.data())
def test_whatever_is_sent_only_a_refusal_leaves_the_check_and_what_passes_can_be_applied(data):
    """Mutations of sound changes: bytes changed, cut out, put in."""
    text = SharedText(PROMPTS, client=1)
    change = bytearray(text.put({"past": data.draw(TEXT), "future": data.draw(TEXT)}))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(len(change) - 1, 0)))
        end = place + data.draw(st.integers(0, 3))
        change[place:end] = data.draw(st.binary(max_size=3))
    server = SharedText(PROMPTS, client=2)
    server.put({"past": "What stood there."})
    try:
        read(bytes(change), server)
    except (BadUpdate, MissingContent):
        return
    server.apply(bytes(change))
    assert set(server.texts()) == set(PROMPTS)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_bring_another_exception(bytes_):
    for reading in (lambda: read(bytes_), lambda: read_clocks(bytes_)):
        try:
            reading()
        except (BadUpdate, MissingContent):
            continue
