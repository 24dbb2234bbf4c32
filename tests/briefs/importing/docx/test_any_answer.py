"""Whatever an answer is made of, a Word file of ours brings it back as it was."""

import pytest
from hypothesis import example, given, settings

from briefs.document.text import normalise
from briefs.export.docx.write import write_docx
from briefs.importing.reading import read_file
from tests.briefs.importing.docx.alike import alike
from tests.briefs.importing.docx.any_answer import ANSWERS
from tests.briefs.importing.docx.own_documents import answered
from tests.briefs.importing.stored import OUTLINE


def back(text: str) -> str:
    return read_file(write_docx(answered(OUTLINE, [text])), OUTLINE).answers[0].text


@settings(max_examples=100)
@given(ANSWERS.map(normalise))
@example("- a\n  > b\n  > - c\n\n  d")
@example("> - a\n>   - b\n>\n>   c\n>\n> d")
@example("- > - > a\n- b")
@example("40000. a\n40001. b")
def test_an_answer_comes_back(text):
    assert alike(back(text)) == alike(text)


@pytest.mark.parametrize(
    "text",
    [
        "> a\n>\n> > b\n> >\n> > > c\n>\n> d",
        "- a\n  > b\n- c\n  ```\n  d\n  ```",
        "- a\n\n  b\n\n- c",
        "> - a\n>   1. b\n>\n> c",
        "a\n\n***\n\nb",
        "- a\n  ***\n- b",
        "1. a\n   > b\n   > - c\n   > - d\n2. e",
        "31766. a\n31767. b\n31768. c",
        "999999999. a",
        "1. a\n2. b\n3) c",
        "- > a\n- b\n-\n- c",
        "- a\n  - ```\n    b\n    ```\n- - - c",
        "```\n```",
        "> | A | B |\n> | --- | --: |\n> | 1 | 2 |",
        "| A |\n| --- |",
        "| **A** | *B* |\n| --- | :-: |\n| `C` | D |",
    ],
)
def test_it_comes_back_letter_by_letter_where_it_is_written_so(text):
    assert back(text) == text
