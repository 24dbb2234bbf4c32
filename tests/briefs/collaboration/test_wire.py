"""Messages as bytes."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.collaboration import wire
from briefs.live_text.varints import counted, written

DOCUMENT = UUID("11111111-2222-3333-4444-555555555555")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x00\x01\x00", wire.Asks(b"\x00")),
        (b"\x00\x01\x02\x00\x00", wire.Change(b"\x00\x00")),
        (b"\x00\x02\x02\x00\x00", wire.Change(b"\x00\x00")),
        (b"\x66\x07\x00\x05", wire.Hello(7, None, 5)),
        (b"\x66\x07\x24" + str(DOCUMENT).encode() + b"\x05", wire.Hello(7, DOCUMENT, 5)),
        (b"\x67", wire.Name()),
        (b"\x01\x01\x00", wire.Present(())),
        (
            b"\x01" + counted(b"\x01\x07\x02" + counted(b'{"cursor":1}')),
            wire.Present((wire.Entry(7, 2, {"cursor": 1}),)),
        ),
    ],
)
def test_what_a_client_says(data, message):
    assert wire.read_message(data) == message


@pytest.mark.parametrize("state", [b"NaN", b'{"cursor":-Infinity}', b"[Infinity]", b"{"])
def test_what_is_no_json_is_not_passed_on(state):
    with pytest.raises(wire.BadMessage):
        wire.read_message(b"\x01" + counted(b"\x01\x07\x02" + counted(state)))


@given(st.binary(max_size=60))
def test_bytes_are_a_message_or_are_told_not_to_be(data):
    try:
        wire.read_message(data)
    except wire.BadMessage:
        return


def test_what_the_server_says_is_what_stock_clients_read():
    assert wire.asking(b"\x00") == b"\x00\x00\x01\x00"
    assert wire.answer(b"\x00\x00") == b"\x00\x01\x02\x00\x00"
    assert wire.change(b"\x00\x00") == b"\x00\x02\x02\x00\x00"
    assert wire.ack(300) == b"\x64" + written(300)
    assert wire.state(locked=True) == b"\x65" + counted(b'{"locked":true}')
    entry = wire.presence_entry(7, 2, "null")
    assert wire.presence([entry]) == b"\x01" + counted(b"\x01\x07\x02" + counted(b"null"))
