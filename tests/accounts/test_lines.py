"""Characters that nobody sees have no place in a name or a title."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions import create_account
from accounts.lines import check_line, check_lines, readable_line
from accounts.models import User

UNSEEN = ["\x00", "\x07", "\x0b", "\x1f", "\x7f", "\x85", "\x9f", "\ud800", "\udfff"]
SEEN = ["", "Belgium", "a\tb", "a\nb", "\xa0", "\u2028", "日本", "\ufffd"]


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_an_unseen_character_is_refused_in_words(character):
    with pytest.raises(ValidationError, match=f"U\\+{ord(character):04X}"):
        check_line(f"Bel{character}gium")


@pytest.mark.parametrize("line", SEEN)
def test_what_can_be_seen_or_parts_words_is_taken(line):
    check_line(line)
    assert readable_line(line) == line


@given(st.text(st.characters()))
def test_an_imported_line_is_taken_and_shows_what_it_lost(text):
    readable = readable_line(text)
    check_line(readable)
    assert len(readable) == len(text)


def test_several_lines_are_refused_by_field():
    with pytest.raises(ValidationError) as refused:
        check_lines(title="a\x07", subject="b", marking="c\x7f")
    assert set(refused.value.message_dict) == {"title", "marking"}


def test_an_account_is_not_made_under_a_name_that_nobody_can_read_whole(db):
    with pytest.raises(ValidationError) as refused:
        create_account(email="a@example.org", name="A\x07da", password="a long enough secret")
    assert "U+0007" in refused.value.message_dict["name"][0]
    assert not User.objects.exists()
