import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.text import normalise, not_known, not_known_reason, size

ANY_TEXT = st.text(
    alphabet=st.one_of(st.sampled_from(" \t\r\n\x00\x0b\ud800\udc00éé`~\\-"), st.characters())
)


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\n \n\t\none\n\n", "one"),
        ("    code\n", "    code"),
        ("one \ntwo\t\nthree", "one\ntwo\nthree"),
        ("one  \ntwo", "one  \ntwo"),
        ("one     \ntwo", "one  \ntwo"),
        ("one\t  \ntwo", "one  \ntwo"),
        ("one  \t\ntwo", "one\ntwo"),
        ("one  \n\ntwo  ", "one\n\ntwo"),
        ("one  \n   \ntwo", "one\n\ntwo"),
        ("e\u0301", "\u00e9"),
        ("a\x00b\x0bc\x1fd\ud800e\tf", "a\ufffdb\ufffdc\ufffdd\ufffde\tf"),
        ("\ud83d\ude00", "\U0001f600"),
        ("", ""),
        ("  \n ", ""),
    ],
)
def test_normalise(given_text: str, wanted: str) -> None:
    assert normalise(given_text) == wanted


@given(ANY_TEXT)
def test_normalise_is_idempotent_and_always_storable(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode("utf-8").decode("utf-8") == once
    assert "\x00" not in once
    assert "\r" not in once


@given(ANY_TEXT)
def test_normalise_keeps_every_character_that_is_not_blank(text: str) -> None:
    kept = "".join(normalise(text).split())
    plain = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert len(kept) >= len("".join(unicodedata.normalize("NFC", plain).split()))


def test_size_counts_utf_8_bytes() -> None:
    assert size("é€😀") == 2 + 3 + 4
    assert size("\ud800") == size(normalise("\ud800")) == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Not known: the census is from 2011.", "the census is from 2011."),
        ("not KNOWN:no source", "no source"),
        ("Not known:", ""),
        ("Not known.", ""),
        ("Not known", ""),
        ("Not known: first line\nsecond line", "first line second line"),
        ("Not known: a\n2020 was the last count", "a 2020 was the last count"),
        ("Not known: a\n\nBut there is more.", None),
        ("Not known: a\n- one", None),
        ("Not known: a\n> one", None),
        ("Not known to many, the port is large.", None),
        ("It is not known: ask.", None),
        ("", None),
    ],
)
def test_not_known_reason(text: str, reason: str | None) -> None:
    assert not_known_reason(text) == reason


@given(ANY_TEXT)
def test_a_reason_for_not_knowing_comes_back(reason: str) -> None:
    answer = not_known(reason)
    assert normalise(answer) == answer
    assert not_known_reason(answer) == " ".join(normalise(reason).split())
