import re
from collections import Counter
from html import unescape
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.blocks import parse
from briefs.document.drawn_changes import Fate, Labels, draw_changes
from briefs.document.html import to_html
from briefs.document.text import normalise

LABELS = Labels("added:", "removed:", "end of change")
HIDDEN = re.compile(r'<span class="visually-hidden"[^>]*>[^<]*</span>')
UNREAD = re.compile(r"<sup.*?</sup>|<a class=\"footnote-back\".*?</a>", re.DOTALL)
BLOCK = re.compile(r"</?(?:p|li|ul|ol|t[dhr]|pre|blockquote|div|hr|br)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
LONG = "Exports to the region fell by five percent in the last year of the plan."
PIECES = [
    "Old ties hold.",
    "Old ties break.",
    LONG,
    LONG.replace("five", "four"),
    "**Bold** words and *thin* ones[^1].\n\n[^1]: A note.",
    "**Bold** words and [linked](https://a.example/) ones[^1].\n\n[^1]: Another note.",
    "- one\n- two\n- three",
    "- one\n- three\n- four",
    "1. one\n   - deep\n2. two",
    "> quoted words\n> of somebody",
    "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
    "| a | b |\n|---|---|\n| 1 | 3 |",
    "| a |\n|---|\n| 1 |",
    "```\ncode\n```",
    "---",
    "![A chart](picture:" + "a" * 64 + ")",
    '<b>no tag</b> & "quotes"',
    "مرحبا بالعالم",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=7).map("\n\n".join).map(normalise)


def draw(old: str, new: str):
    return draw_changes(old, new, LABELS).blocks


def shown(block) -> str:
    return " ".join(HIDDEN.sub("", block.html).split())


def words(html: str) -> list[str]:
    html = UNREAD.sub("", HIDDEN.sub("", html))
    return unescape(TAG.sub("", BLOCK.sub(" ", html))).split()


def without(tag: str, html: str) -> str:
    return re.sub(rf"<{tag}\b.*?</{tag}>", "", html, flags=re.DOTALL)


def test_words_that_came_and_went_are_marked_within_their_paragraph():
    [block] = draw("Old **ties** hold.", "Old **bonds** hold.")
    assert block.fate is Fate.CHANGED
    assert shown(block) == (
        '<p dir="auto">Old <del><strong>ties</strong></del>'
        "<ins><strong>bonds</strong></ins> hold.</p>"
    )


def test_a_mark_that_came_is_a_change():
    [block] = draw("Old ties hold.", "Old *ties* hold.")
    assert "<del>ties</del><ins><em>ties</em></ins>" in shown(block)


def test_those_who_listen_are_told():
    [block] = draw("Old ties.", "Old bonds.")
    assert '<span class="visually-hidden" dir="ltr"> removed: </span><del>ties</del>' in block.html
    assert (
        '<ins>bonds</ins><span class="visually-hidden" dir="ltr">, end of change. </span>'
        in block.html
    )


def test_items_rows_and_notes_are_compared_one_by_one():
    [block] = draw("- one\n- two words here\n- three", "- one\n- two words there\n- three\n- four")
    assert "two words <del>here</del><ins>there</ins>" in shown(block)
    assert block.html.count("<ins") == 2
    [block] = draw("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 3 |\n| x | y |")
    assert '<td dir="auto"><del>2</del><ins>3</ins></td>' in shown(block).replace("> <", "><")
    _text, note = draw("Trade[^1].\n\n[^1]: The old bank.", "Trade[^1].\n\n[^1]: The new bank.")
    assert "The <del>old</del><ins>new</ins> bank." in shown(note)


def test_a_note_that_only_has_another_number_is_the_same():
    blocks = draw("Trade[^1].\n\n[^1]: Bank.", "First[^2]. Trade[^1].\n\n[^1]: Bank.\n[^2]: New.")
    assert "<del>" not in blocks[0].html


@pytest.mark.parametrize(("now", "is_same"), [(LONG, True), (LONG.replace("five", "six"), False)])
def test_a_paragraph_that_moved_is_said_to_have_moved(now, is_same):
    middle = "Something else stands between them.\n\nAnd one more paragraph of some length." * 2
    away, *_stayed, here = draw(f"{LONG}\n\n{middle}", f"{middle}\n\n{now}")
    assert (away.fate, here.fate) == (Fate.MOVED_AWAY, Fate.MOVED_HERE)
    assert (away.is_upward, here.is_upward) == (False, True)
    assert ("<del>" not in here.html) is is_same
    here, *_stayed, away = draw(f"{middle}\n\n{LONG}", f"{now}\n\n{middle}")
    assert (away.fate, here.fate) == (Fate.MOVED_AWAY, Fate.MOVED_HERE)
    assert (away.is_upward, here.is_upward) == (True, False)


def test_words_that_only_moved_neither_came_nor_went():
    middle = "Something else stands between them.\n\nAnd one more paragraph of some length." * 2
    drawn = draw_changes(f"{LONG}\n\n{middle}", f"{middle}\n\n{LONG} New.", LABELS)
    assert (drawn.words_added, drawn.words_removed) == (1, 0)


def test_a_short_paragraph_is_not_said_to_have_moved():
    fates = {block.fate for block in draw(f"No.\n\n{LONG}", f"{LONG}\n\nNo.")}
    assert fates == {Fate.REMOVED, Fate.SAME, Fate.ADDED}


def test_what_somebody_typed_is_never_markup():
    blocks = draw("Hi <script>alert(1)</script>", 'Hi <img onerror="x"> & "you"')
    html = "".join(block.html for block in blocks)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img onerror" in html
    for evil in ("[a](javascript:alert(1))", "![a](https://evil.example/x.png)"):
        for block in draw(LONG, f"{LONG} {evil}"):
            assert "javascript:" not in re.sub(r">[^<]*<", "><", block.html)
            assert "<img" not in block.html


def test_a_large_text_rewritten_entirely_is_drawn_as_gone_and_come():
    old = "\n\n".join(f"{LONG} Number {number}." for number in range(600))
    new = "\n\n".join(f"Every word here differs, {number} times." for number in range(600))
    blocks = draw(old, new)
    fates = Counter(block.fate for block in blocks)
    assert fates == {Fate.REMOVED: 600, Fate.ADDED: 600}


def test_in_a_large_text_one_change_is_one():
    paragraphs = [f"{LONG} Number {number}." for number in range(600)]
    new = [*paragraphs[:300], "Something new.", *paragraphs[301:]]
    fates = Counter(block.fate for block in draw("\n\n".join(paragraphs), "\n\n".join(new)))
    assert fates == {Fate.SAME: 599, Fate.REMOVED: 1, Fate.ADDED: 1}


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert all(block.fate is Fate.SAME for block in draw(text, text))


@given(TEXTS, TEXTS)
def test_without_what_went_it_is_the_new_text_and_without_what_came_the_old(old, new):
    html = "".join(block.html for block in draw(old, new))
    assert words(without("del", html)) == words(to_html(parse(new), "x"))
    assert Counter(words(without("ins", html))) == Counter(words(to_html(parse(old), "x")))


@given(st.text(), st.text())
def test_no_text_brings_an_exception(old, new):
    old, new = normalise(old), normalise(new)
    html = "".join(block.html for block in draw(old, new))
    assert words(without("del", html)) == words(to_html(parse(new), "x"))


def test_where_a_paragraph_was_and_where_it_is_tell_the_same_direction():
    paragraphs = [f"Paragraph {name} " + f"{name} " * 12 for name in "abcde"]
    for order in permutations(paragraphs):
        blocks = draw("\n\n".join(paragraphs), "\n\n".join(order))
        away = Counter(block.is_upward for block in blocks if block.fate is Fate.MOVED_AWAY)
        here = Counter(block.is_upward for block in blocks if block.fate is Fate.MOVED_HERE)
        assert away[True] == here[False]
        assert away[False] == here[True]


@pytest.mark.parametrize(
    ("old", "new", "tags"),
    [
        ("- یک\n- دو", "- یک\n- سه", ['<ul dir="rtl">', '<li dir="rtl">']),
        ("> یک و دو و سه", "> یک و دو و چهار", ['<blockquote dir="rtl">']),
        (
            "| سال | صادرات |\n|---|---|\n| ۱۴۲۳ | ۴۸ |",
            "| سال | صادرات |\n|---|---|\n| ۱۴۲۳ | ۴۹ |",
            ['<div class="table-wrap" tabindex="0" dir="rtl">', '<table dir="rtl">'],
        ),
    ],
)
def test_what_holds_words_from_right_to_left_runs_so(old, new, tags):
    """What is said in English to those who listen doesn't count."""
    [block] = draw(old, new)
    assert [tag for tag in tags if tag not in block.html] == []
