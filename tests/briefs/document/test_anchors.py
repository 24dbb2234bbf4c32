import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefs.document.anchors import (
    Anchor,
    Place,
    anchor_of,
    find_passage,
    start_on_page,
    words_of,
)
from briefs.document.blocks import parse
from briefs.document.words import lines_in

TEXT = (
    "Belgium hosts the headquarters of NATO. Exports to the region fell by five percent in 2024, "
    "mostly steel. The port of Antwerp handles most of them. Exports of services rose."
)
QUOTE = "Exports to the region fell by five percent in 2024"
WORDS = st.lists(
    st.sampled_from(["the", "port", "of", "Antwerp", "grew", "and", "fell", "in", "a", "year"])
)


def found(anchor: Anchor, words: str) -> str | None:
    place = find_passage(anchor, words)
    return None if place is None else words[place.start : place.end]


def test_words_are_those_that_a_reader_sees():
    assert words_of("**Trade**\ngrew.\n\n- by *five*\n- percent") == "Trade grew. by five percent"


def test_a_passage_is_found_where_it_was():
    anchor = anchor_of(TEXT, QUOTE)
    assert find_passage(anchor, TEXT) == Place(40, 40 + len(QUOTE), is_changed=False)


@pytest.mark.parametrize(
    "now",
    [
        f"Something new stands first. {TEXT}",
        TEXT.replace("hosts the headquarters of", "is home to"),
        TEXT.replace("mostly steel", "and nobody knows why"),
        TEXT.removeprefix("Belgium hosts the headquarters of NATO. "),
        f"The order was turned. {QUOTE}.",
    ],
)
def test_it_follows_what_happens_around_it(now):
    anchor = anchor_of(TEXT, QUOTE)
    assert found(anchor, now) == QUOTE
    assert not find_passage(anchor, now).is_changed


@pytest.mark.parametrize(
    "passage",
    [
        "Exports to the region fell by four percent in 2024",
        "Exports to the region, as the bank reports, fell by five percent in 2024",
        "Exports to the whole region fell by some five percent in all of 2024",
        "Exports fell by five percent",
    ],
)
def test_it_follows_changes_within_it(passage):
    now = TEXT.replace(QUOTE, passage)
    place = find_passage(anchor_of(TEXT, QUOTE), now)
    assert now[place.start : place.end].strip() == passage
    assert place.is_changed


@pytest.mark.parametrize(
    "now",
    [
        "",
        TEXT.replace(f"{QUOTE}, mostly steel. ", ""),
        TEXT.replace(QUOTE, "Nobody knows more about trade"),
        "An answer that was written anew from beginning to end, about something else altogether.",
    ],
)
def test_what_is_gone_is_gone(now):
    assert find_passage(anchor_of(TEXT, QUOTE), now) is None


def test_of_two_alike_it_is_the_one_with_its_surroundings():
    text = "In 2023 exports fell. In 2024 exports fell. In 2025 exports fell."
    anchor = anchor_of(text, "exports fell", before="In 2024 ")
    assert anchor.position == text.index("2024") + 5
    now = text.replace("In 2023 exports fell. ", "")
    assert find_passage(anchor, now).start == now.index("2024") + 5


def test_a_short_quote_whose_passage_went_isn_t_found_elsewhere():
    text = "The minister said no. Later the bank of the country closed."
    anchor = anchor_of(text, "no", before="The minister said ")
    assert found(anchor, text) == "no"
    assert find_passage(anchor, "There is no bank in the country.") is None


def test_a_quote_that_is_not_there_has_an_anchor_that_finds_nothing():
    assert find_passage(anchor_of(TEXT, "words of somebody else"), TEXT) is None
    assert find_passage(anchor_of(TEXT, " "), TEXT) is None


def test_blanks_of_the_page_don_t_matter():
    assert found(anchor_of(TEXT, " Exports to\n\nthe region "), TEXT) == "Exports to the region"


@given(WORDS, WORDS, WORDS, WORDS)
def test_whatever_comes_before_and_after_a_passage_it_is_found(before, after, first, last):
    text = " ".join([*before, QUOTE, *after])
    now = " ".join([*first, text, *last])
    assert found(anchor_of(text, QUOTE), now) == QUOTE


@given(st.text(), st.text(), st.text())
def test_no_text_brings_an_exception_and_a_place_is_in_the_text(text, quote, now):
    words, now = words_of(text), words_of(now)
    place = find_passage(anchor_of(words, quote), now)
    assert place is None or 0 <= place.start < place.end <= len(now)


@given(st.text(min_size=1), st.data())
def test_any_passage_of_a_text_is_found_in_it(text, data):
    words = words_of(text)
    assume(words)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end].split())
    assume(quote)
    anchor = anchor_of(words, quote, before=words[:start])
    assert found(anchor, words) == quote


@pytest.mark.parametrize(
    "text",
    [
        "Steel.[^1] More steel.\n\nLast steel.\n\n[^1]: A note on steel.",
        "- a[^1] steel\n- steel[^2]\n\n[^2]: Steel two.\n\n[^1]: Steel one.",
        "Plain steel and steel.",
    ],
)
def test_a_page_has_the_notes_of_a_text_at_its_end(text):
    lines = list(lines_in(parse(text)))
    page = " ".join(line for is_note in (False, True) for line, of in lines if of is is_note)
    words = words_of(text)
    starts = [found.start() for found in re.finditer("(?i)steel", words)]
    places = [start_on_page(text, start) for start in starts]
    assert [page[place : place + 5].lower() for place in places] == ["steel"] * len(starts)
    assert len(set(places)) == len(starts)


def test_a_character_behind_a_note_stands_before_it_on_a_page():
    text = "One.[^1]\n\nTwo.\n\n[^1]: Note."
    assert words_of(text) == "One. Note. Two."
    assert start_on_page(text, 11) == len("One. ")
    assert start_on_page(text, 5) == len("One. Two. ")
    assert start_on_page(text, 0) == 0
