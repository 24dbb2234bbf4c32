import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.compare import ChangeKind
from briefs.document.outline import PromptForm, Range
from briefs.document.text import normalise
from briefs.drafting.comparison import Comparison, compare_texts
from briefs.prompts import Question
from tests.briefs.document.markdownish import TEXT

QUESTIONS = [
    Question(key, key.title(), "", PromptForm.PROSE, Range(), Range(), None)
    for key in ("past", "future")
]


def compared(old: str, new: str) -> Comparison:
    return compare_texts(QUESTIONS, {"past": old}, {"past": new})


def shape(comparison: Comparison) -> list[tuple[int, str]]:
    """Each passage of the first prompt: its number, and its runs with their marks."""
    marks = {"equal": "{}", "insert": "+{}+", "delete": "-{}-"}
    return [
        (passage.number, "".join(marks[run.kind].format(run.text) for run in passage.runs))
        for passage in comparison.prompts[0].passages
    ]


@pytest.mark.parametrize(
    ("old", "new", "passages"),
    [
        ("", "", []),
        ("same", "same", [(0, "same")]),
        ("", "new", [(1, "+new+")]),
        ("old", "", [(1, "-old-")]),
        ("a b c", "a x c", [(1, "a -b-+x+ c")]),
        ("one\n\ntwo\n\nthree", "one\n\n2\n\nthree", [(0, "one"), (1, "-two-+2+"), (0, "three")]),
        ("one\n\ntwo", "1\n\n2", [(1, "-one-"), (2, "-two-+1+"), (3, "+2+")]),
        ("- one\n- two\n- six", "- 1\n- 2\n- six", [(1, "- -one-+1+\n- -two-+2+"), (0, "- six")]),
        ("one\n\ntwo", "one two", [(1, "one-¶-"), (2, "+ +two")]),
    ],
)
def test_passages(old, new, passages):
    assert shape(compared(old, new)) == passages


def test_changes_are_counted_through_all_prompts():
    comparison = compare_texts(
        QUESTIONS,
        {"past": "One two.", "future": "Three."},
        {"past": "One.", "future": "Four five."},
    )
    assert [prompt.passages[0].number for prompt in comparison.prompts] == [1, 2]
    assert (comparison.changes, comparison.words_added, comparison.words_removed) == (2, 2, 2)
    assert comparison.changed_prompts == list(comparison.prompts)


def test_only_long_unchanged_text_is_folded():
    long = "word " * 41
    first, changed, last = (
        compared(f"{long}\n\nold\n\nend", f"{long}\n\nnew\n\nend").prompts[0].passages
    )
    assert (first.is_folded, first.words, first.paragraphs) == (True, 41, 1)
    assert not changed.is_folded
    assert not last.is_folded


def visible(comparison: Comparison, without: ChangeKind) -> str:
    return "".join(
        "".join(run.text.replace("¶", "") for run in passage.runs if run.kind is not without)
        for passage in comparison.prompts[0].passages
    )


@given(TEXT, TEXT)
def test_no_word_of_either_text_is_left_out(old, new):
    old, new = (normalise(text.replace("¶", "")) for text in (old, new))
    comparison = compared(old, new)
    for text, without in ((old, ChangeKind.INSERT), (new, ChangeKind.DELETE)):
        assert "".join(visible(comparison, without).split()) == "".join(text.split())


@given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
def test_texts_that_differ_show_a_change_and_equal_ones_none(old, new):
    old, new = normalise(old), normalise(new)
    assert bool(compared(old, new).changes) == (old != new)


def test_numbers_alone_run_as_the_rest_of_the_text_does():
    old = "سال و صادرات\n\n| ۱۴۲۳ | ۴۸ |\n\nEuropean Union"
    new = old.replace("۴۸", "۴۹")
    passages = compared(old, new).prompts[0].passages
    assert [passage.direction for passage in passages] == ["rtl", "rtl", "ltr"]
    assert compared("", "1 + 1").prompts[0].passages[0].direction == "auto"
