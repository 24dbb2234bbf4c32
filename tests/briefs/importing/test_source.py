import pytest
from django.core.exceptions import ValidationError

from briefs.importing.source import MAX_BYTES, MAX_LINES, is_json, text_of


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"# A\r\n\r\nB\r\n", "# A\n\nB\n"),
        (b"# A\rB", "# A\nB"),
        (b"\xef\xbb\xbf# A", "# A"),
        ("# Ä".encode(), "# Ä"),
        (b"x" * MAX_BYTES, "x" * MAX_BYTES),
    ],
)
def test_text_is_read_with_its_line_ends_made_one(content, text):
    assert text_of(content) == text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b" \n\t\r\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"# A\n\nB \xff\n", r"not UTF-8 text \(line 3\)"),
        ("# Ä".encode("utf-16"), "not a text file|not UTF-8"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (b"\n<!DOCTYPE html><title>A</title>", "a web page, not Markdown"),
        (b'<?xml version="1.0"?>\n<html lang="en">', "a web page, not Markdown"),
        (b"x" * (MAX_BYTES + 1), "the most that can be imported is 2 MB"),
        (b"x\n" * MAX_LINES, "more than 50,000 lines"),
    ],
)
def test_what_cannot_be_a_brief_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        text_of(content)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('{"a": 1}', True),
        ('\n { \n "a": 1}', True),
        ("{}", True),
        ('[{"a": 1}]', True),
        ("{Braces} in a text", False),
        ("[a link](https://a.example)", False),
        ('["Quoted" link](https://a.example)', False),
        ("# {", False),
        ("", False),
    ],
)
def test_json_is_told_from_markdown_by_how_it_begins(text, is_one):
    assert is_json(text) is is_one


def test_json_may_be_longer_than_markdown():
    text = '{"a":' + "\n" * (MAX_BYTES + 1) + "1}"
    assert text_of(text.encode()) == text
