import pytest
from hypothesis import given

from briefs.document.words import count_words, plain
from tests.briefs.document.markdownish import TEXT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two, three.", 3),
        ("a well-known U.S. port, 60-70 % of it", 7),
        ("one—two … three - four", 4),
        ("**Bel**gium [is here](https://a.example/b)", 3),
        ("- one\n- two\n  1. three", 3),
        ("1. one\n2. two", 2),
        ("| a | b |\n|---|---|\n| c | |", 3),
        ("![two words](picture.png)", 2),
        ("one[^x]\n\n[^x]: two three", 3),
        ("one  \ntwo\nthree", 3),
        ("---\n\n***", 0),
        ("中文字 and かな", 6),
        ("Größe Αθήνα العربية", 3),
        ("`code`\n\n```\nmore code\n```", 3),
        ("## Not a heading", 3),
        ("&amp; &lt;", 0),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_plain_has_no_marks() -> None:
    text = (
        "**A** [b](https://c.example)[^n]  \nd\n\n- `e`\n\n|f|g|\n|-|-|\n|h|![i](j)|\n\n[^n]: k\n"
    )
    assert plain(text) == "A b d\nk\ne\nf g\nh i"


def test_plain_of_an_unmarked_text_is_the_text() -> None:
    assert plain("One.\n\nTwo") == "One.\n\nTwo"


@given(TEXT)
def test_any_text_has_a_count(text: str) -> None:
    assert count_words(f"{text}\n\nlast") == count_words(f"{text}\n\nlast, second") - 1
