"""The seed as people type it into Word lands where its Markdown lands."""

import re

import pytest

from briefs.importing.docx.conversion import markdown_of
from briefs.importing.reading import read_brief
from tests.briefs.importing.docx.word_seed import word_of
from tests.briefs.importing.seed import outline, seed, words_by_prompt


@pytest.fixture(scope="module")
def typed():
    return markdown_of(word_of(seed()))


def test_every_prompt_gets_the_same_words(typed):
    from_markdown = read_brief(seed(), outline())
    from_word = read_brief(typed.text, outline())
    assert typed.remarks == ()
    assert words_by_prompt(from_word) == words_by_prompt(from_markdown)
    assert from_word.found == from_markdown.found
    assert from_word.own_sections == ()


def test_as_many_lines_are_answers_and_set_aside_and_none_is_parked(typed):
    from_markdown = read_brief(seed(), outline()).counts()
    from_word = read_brief(typed.text, outline()).counts()
    # A Word file has neither front matter nor fences: 11 lines of structure.
    assert from_markdown["structure"] - from_word["structure"] == 11
    for fate in ("answer", "set_aside", "parked"):
        assert from_word[fate] == from_markdown[fate]


def test_most_texts_are_the_same_to_the_letter(typed):
    in_markdown, in_word = (
        {(each.section, each.prompt): each.text for each in read_brief(text, outline()).answers}
        for text in (seed(), typed.text)
    )
    others = [key for key, text in in_markdown.items() if in_word[key] != text]
    # Two lists are indented otherwise.
    assert len(others) == 2


def test_headings_that_are_only_bold_lines_are_read_as_in_markdown():
    bold = re.sub(r"(?m)^#+ \**(.*?)\**$", r"**\1**", seed())
    from_markdown = read_brief(bold, outline())
    from_word = read_brief(markdown_of(word_of(bold)).text, outline())
    assert words_by_prompt(from_word) == words_by_prompt(from_markdown)
    assert len(from_word.found) == 40
    assert from_word.counts()["parked"] == from_markdown.counts()["parked"]
