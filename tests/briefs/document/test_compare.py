from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.compare import Change, ChangeKind, compare, has_changes, paragraphs
from tests.briefs.document.markdownish import TEXT

EQUAL, INSERT, DELETE = ChangeKind.EQUAL, ChangeKind.INSERT, ChangeKind.DELETE
FEW_WORDS = st.lists(st.sampled_from(["a", "b", "the", " ", " ", "\n", "\n\n", "."])).map("".join)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("", "", []),
        ("same", "same", [Change(EQUAL, "same")]),
        ("", "new", [Change(INSERT, "new")]),
        ("old", "", [Change(DELETE, "old")]),
        (
            "The port is large.",
            "The port is very large.",
            [Change(EQUAL, "The port is "), Change(INSERT, "very "), Change(EQUAL, "large.")],
        ),
        (
            "One two three.",
            "Four five six.",
            [Change(DELETE, "One two three"), Change(INSERT, "Four five six"), Change(EQUAL, ".")],
        ),
        (
            "First.\n\nSecond.\n\nThird.",
            "First.\n\nThird.",
            [Change(EQUAL, "First.\n\n"), Change(DELETE, "Second.\n\n"), Change(EQUAL, "Third.")],
        ),
    ],
)
def test_compare(old: str, new: str, changes: list[Change]) -> None:
    assert compare(old, new) == changes


@given(st.one_of(TEXT, FEW_WORDS), st.one_of(TEXT, FEW_WORDS))
def test_the_runs_hold_both_texts(old: str, new: str) -> None:
    changes = compare(old, new)
    assert "".join(change.text for change in changes if change.kind is not INSERT) == old
    assert "".join(change.text for change in changes if change.kind is not DELETE) == new
    assert all(change.text for change in changes)
    kinds = [change.kind for change in changes]
    assert all(one != other for one, other in pairwise(kinds))
    assert (INSERT, DELETE) not in pairwise(kinds)
    assert has_changes(changes) == (old != new)


@given(FEW_WORDS, FEW_WORDS)
def test_paragraphs_hold_the_same_runs(old: str, new: str) -> None:
    changes = compare(old, new)
    pieces = [run for paragraph in paragraphs(changes) for run in paragraph.runs]
    for kind in ChangeKind:
        wanted = "".join(change.text for change in changes if change.kind is kind)
        assert "".join(piece.text for piece in pieces if piece.kind is kind) == wanted


def test_only_the_paragraph_that_changed_is_marked() -> None:
    old = "- First point.\n- Second point.\n\nThird."
    new = "- First point.\n- Second, longer point.\n\nThird."
    found = paragraphs(compare(old, new))
    assert [paragraph.is_changed for paragraph in found] == [False, True, False]
    assert found[0].runs == (Change(EQUAL, "- First point.\n"),)
    assert found[1].runs[-1] == Change(EQUAL, " point.\n\n")


@pytest.mark.parametrize("vocabulary", [2, 20, 150, 400, 5000])
def test_long_texts_of_any_kind_are_compared_without_loss(vocabulary: int) -> None:
    random = Random(vocabulary)
    words = [f"w{number}" for number in range(vocabulary)]
    old, new = (" ".join(random.choices(words, k=64_000 // 6)) for _ in range(2))
    changes = compare(old, new)
    assert "".join(change.text for change in changes if change.kind is not INSERT) == old
    assert "".join(change.text for change in changes if change.kind is not DELETE) == new
