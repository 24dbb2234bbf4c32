import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.source import find_in_source


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The port grew.", "port", "port"),
        ("The port grew.", "por", "port"),
        ("The **old** port.", "The old port", "The **old** port."),
        ("The **old** port.", "old", "**old**"),
        (
            "See [the port](https://example.org/a), now.",
            "the port",
            "[the port](https://example.org/a),",
        ),
        ("One[^1] two.\n\n[^1]: Note.", "One two", "One[^1] two."),
        ("1. First\n2. Second", "First Second", "First\n2. Second"),
        ("- First\n- Second", "First\n\nSecond", "First\n- Second"),
        ("| a | b |\n|---|---|\n| c | d |", "b c", "b |\n|---|---|\n| c"),
        ("In\n1999. Then", "1999. Then", "1999. Then"),
        ("2. Second", "2. Second", "Second"),
        ("Ärger über Öl.", "über Öl", "über Öl."),
        ("比利时的港口", "的港口", "比利时的港口"),
        ("Well — then", "—", "—"),
        ("It was ![a port](picture:ab) there", "was there", "was ![a port](picture:ab) there"),
    ],
)
def test_words_are_found_whatever_marks_stand_among_them(text, words, found):
    place = find_in_source(text, words)
    assert place is not None
    assert text[place.start : place.end] == found


def test_words_that_stand_twice_are_found_where_they_were_selected():
    text = "Ships go out. Ships come in."
    assert find_in_source(text, "Ships") == (0, 5)
    assert find_in_source(text, "Ships", "Ships go out. ") == (14, 19)


@pytest.mark.parametrize("words", ["", "  ", "trains", "***", "portship"])
def test_words_that_do_not_stand_there_are_not_found(words):
    assert find_in_source("A port and a ship.", words) is None


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_asked_a_passage_is_in_the_text_and_not_empty(text, words, before):
    found = find_in_source(text, words, before)
    assert found is None or 0 <= found.start < found.end <= len(text)
