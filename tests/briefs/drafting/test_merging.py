from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.differences import differences, tokens
from briefs.drafting.merging import Conflict, Merged, merge

TEXT = st.lists(st.sampled_from(["a", "b", "c", "the", " ", " ", "\n\n", ".", ", "])).map("".join)
BASE = "The port is large. It has two docks. Trade grows each year."
SENTENCES = st.integers(2, 8).flatmap(
    lambda count: st.tuples(
        st.lists(
            st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=6),
            min_size=count,
            max_size=count,
        ),
        st.permutations(range(count)),
    )
)


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (
            "The harbour is large. It has two docks. Trade grows each year.",
            "The port is large. It has two docks. Trade shrinks each year.",
            "The harbour is large. It has two docks. Trade shrinks each year.",
        ),
        (
            "The port is large. It has three docks. Trade grows each year.",
            "The port is very large. It has two docks.",
            "The port is very large. It has three docks.",
        ),
        (
            "Know this: the port is large. It has two docks. Trade grows each year.",
            BASE + "\n\nMore.",
            "Know this: the port is large. It has two docks. Trade grows each year.\n\nMore.",
        ),
        (
            "The port is large. (New.) It has two docks. Trade grows each year.",
            "The port is large. Antwerp has two docks. Trade grows each year.",
            "The port is large. (New.) Antwerp has two docks. Trade grows each year.",
        ),
        (
            "The port is large. Trade grows each year.",
            "The port is large. It has two docks. Business grows each year.",
            "The port is large. Business grows each year.",
        ),
    ],
)
def test_edits_of_different_places_are_both_kept(mine: str, theirs: str, merged: str) -> None:
    assert merge(BASE, mine, theirs) == Merged(merged)
    assert merge(BASE, theirs, mine) == Merged(merged)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BASE.replace("large", "huge"), BASE.replace("large", "small")),
        (BASE.replace("large. It has", "huge. We see"), BASE.replace("is large", "looks big")),
        (BASE.replace("large", "very large"), BASE.replace("large", "truly large")),
        (BASE + " One.", BASE + " Two."),
        ("One. " + BASE, "Two. " + BASE),
        ("", BASE.replace("large", "huge")),
        (BASE.replace("two", "three"), BASE.replace(" It has two docks.", "")),
    ],
)
def test_edits_of_one_place_are_a_conflict(mine: str, theirs: str) -> None:
    assert merge(BASE, mine, theirs) == Conflict(BASE, mine, theirs)


def test_the_same_words_from_both_stand_once() -> None:
    base = "Since then the old, old, old port has grown."
    mine = "Since 1990 the old, old, old, old port has grown."
    theirs = "Since then the old, old, old, old port has grown a lot."
    both = "Since 1990 the old, old, old, old port has grown a lot."
    assert merge(base, mine, theirs) == merge(base, theirs, mine) == Merged(both)


@given(SENTENCES, st.data())
def test_a_sentence_that_both_added_stands_once(
    drawn: tuple[list[list[str]], list[int]], data: st.DataObject
) -> None:
    sentences, (mine_at, theirs_at, *_) = drawn
    new = data.draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4))
    place = data.draw(st.integers(0, len(sentences)))
    mine, theirs, both = (list(sentences) for _ in range(3))
    mine[mine_at] = both[mine_at] = [*sentences[mine_at], "M"]
    theirs[theirs_at] = both[theirs_at] = [*sentences[theirs_at], "T"]

    def with_new(sentences: list[list[str]]) -> str:
        numbered = [f"S{n} {' '.join(words)} E{n}." for n, words in enumerate(sentences)]
        return " ".join([*numbered[:place], f"N {' '.join(new)} N.", *numbered[place:]])

    assert merge(written(sentences), with_new(mine), with_new(theirs)) == Merged(with_new(both))


@given(TEXT, TEXT)
def test_one_edit_alone_stands(base: str, text: str) -> None:
    assert merge(base, text, base) == merge(base, base, text) == Merged(text)
    assert merge(base, text, text) == Merged(text)


@given(TEXT, TEXT, TEXT)
def test_merging_is_the_same_both_ways(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    if isinstance(one, Conflict):
        assert other == Conflict(base, theirs, mine)
    else:
        assert other == one


@given(TEXT, TEXT, TEXT)
def test_a_clean_merge_holds_every_word_that_came_and_none_that_went(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)
    if isinstance(merged, Conflict):
        return
    words = tokens(base)
    edits = {
        (edit.start, edit.end, tuple(edit.new))
        for text in (mine, theirs)
        for edit in differences(words, tokens(text))
    }
    wanted = Counter(words)
    for start, end, new in edits:
        wanted.subtract(words[start:end])
        wanted.update(new)
    assert Counter(tokens(merged.text)) == +wanted


@given(SENTENCES, st.data())
def test_edits_inside_different_sentences_always_merge(
    drawn: tuple[list[list[str]], list[int]], data: st.DataObject
) -> None:
    sentences, (mine_at, theirs_at, *_) = drawn
    # Each sentence ends in a mark of its own, so that an edit can't be read as one of the next.
    base = written(sentences)
    mine, theirs, both = (list(sentences) for _ in range(3))
    mine[mine_at] = both[mine_at] = edited(sentences[mine_at], data, "M")
    theirs[theirs_at] = both[theirs_at] = edited(sentences[theirs_at], data, "T")
    assert merge(base, written(mine), written(theirs)) == Merged(written(both))


def written(sentences: list[list[str]]) -> str:
    return " ".join(
        f"S{number} {' '.join(words)} E{number}." for number, words in enumerate(sentences)
    )


def edited(words: list[str], data: st.DataObject, by: str) -> list[str]:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    new = data.draw(st.lists(st.sampled_from(["a", "b", by, f"{by}1"]), max_size=4))
    return words[:start] + new + words[end:]


def test_long_texts_merge() -> None:
    random = Random(0)
    base = [[f"w{random.randrange(500)}" for _ in range(12)] for _ in range(800)]
    mine, theirs = list(base), list(base)
    for place in range(0, 790, 10):
        mine[place] = [*base[place][:5], f"mine{place}", *base[place][6:]]
        theirs[place + 5] = [f"theirs{place}", *base[place + 5]]
    merged = merge(written(base), written(mine), written(theirs))
    assert isinstance(merged, Merged)
    for place in range(0, 790, 10):
        assert tokens(merged.text).count(f"mine{place}") == 1
        assert tokens(merged.text).count(f"theirs{place}") == 1


@pytest.mark.parametrize("vocabulary", [1, 2, 150, 400, 5000])
def test_texts_that_have_nothing_in_common_lose_no_word(vocabulary: int) -> None:
    random = Random(vocabulary)
    texts = [" ".join(f"w{random.randrange(vocabulary)}" for _ in range(10_000)) for _ in range(3)]
    outcome = merge(*texts)
    if isinstance(outcome, Conflict):
        assert [outcome.base, outcome.mine, outcome.theirs] == texts
    else:
        assert set(tokens(texts[1])) | set(tokens(texts[2])) >= set(tokens(outcome.text))
