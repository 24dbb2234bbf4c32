import json
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given

from briefs.document.text import normalise
from briefs.document.words import count_words, plain
from tests.briefs.document.markdownish import TEXT

# The page counts by the same table: tests/js/words.test.mjs.
COUNTS: dict[str, list[tuple[str, int]]] = json.loads(
    Path("tests/word_counts.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "words"), list(chain.from_iterable(COUNTS.values())))
def test_count_words(text: str, words: int) -> None:
    assert count_words(normalise(text)) == words


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
