import json
import re
from itertools import count

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from briefs.document.blocks import parse
from briefs.document.escape import escape_structure, number_notes
from briefs.document.text import normalise
from tests.briefs.document.markdownish import TEXT

# Deep nesting is ours to limit: a reader with a higher limit must find nothing more.
PLAIN = MarkdownIt("commonmark", {"html": True, "maxNesting": 200})
EXTENDED = (
    MarkdownIt("commonmark", {"html": True, "maxNesting": 200})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
)
STRUCTURE = ("heading_open", "html_block", "html_inline")
DEEP = "> " * 12


def structure(text: str, parser: MarkdownIt) -> list[str]:
    """What another reader sees in a text that an answer may not hold."""
    env: dict[str, object] = {}
    tokens = parser.parse(text, env)
    found = [f"reference {label}" for label in env.get("references", {})]
    while tokens:
        token = tokens.pop()
        tokens += token.children or []
        if token.type in STRUCTURE or (token.type == "hr" and token.markup.startswith("-")):
            found.append(f"{token.type} {token.map} {token.content}")
    return found


def without_labels(text: str) -> str:
    return re.sub(r"\[\^[^\]]*\]", "[^]", json.dumps(parse(text)))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Plain *text* & [a](http://b.example).", "Plain *text* & [a](http://b.example)."),
        ("# a\n\n## b ##\n\n####### c\n\n#d\n\n#", "\\# a\n\n\\## b ##\n\n####### c\n\n#d\n\n\\#"),
        ("- # a\n  > ## b\n\n1. x\n   # c", "- \\# a\n  > \\## b\n\n1. x\n   \\# c"),
        ("a\n===\n\nb\n=\n\nc\n-", "a\n\\===\n\nb\n\\=\n\nc\n\\-"),
        ("a\n---\n\n- - -\n\n***\n\n___", "a\n***\n\n***\n\n***\n\n___"),
        ("* ---\n* a\n---", "* ___\n* a\n***"),
        ("| a\n---\n| b", "| a\n|---|\n| b"),
        ("|a|\n|-|\n|# b|", "|a|\n|-|\n|# b|"),
        ("a|b\n-|-\n# c|d", "a|b\n-|-\n\\# c|d"),
        ("```\n# a\n---\n<b>", "```\n# a\n---\n<b>\n```"),
        ("~~~~ x\na\n~~~", "~~~~ x\na\n~~~\n~~~~"),
        ("```\n# a\n```", "```\n# a\n```"),
        ("    # a\n    <b>", "    # a\n    <b>"),
        ("a <b>c</b> 1 < 2 `<d>` <https://e.example>", "a \\<b>c\\</b> 1 < 2 `<d>` <https://e.example>"),
        ("<div>\n# a\n</div>", "\\<div>\n\\# a\n\\</div>"),
        ("<!-- a\n\n# b -->", "\\<!-- a\n\n\\# b -->"),
        ("[a](<b c>) ![d <e>](f) \\<g>", "[a](<b c>) ![d \\<e>](f) \\<g>"),
        ("|a <b>|`<c>`|\n|-|-|\n|x\\|<d>| <e>|", "|a \\<b>|`<c>`|\n|-|-|\n|x\\|\\<d>| \\<e>|"),
        ("`a\n# b\n  ===` c\n# d", "`a # b\n  ===` c\n\\# d"),
        ("> `a\n>  # b`", "> `a  # b`"),
        ("[a]: http://b.example\n[c]: d", "\\[a]: http://b.example\n[c]: d"),
        ("- [a\n  b]: c", "- \\[a\n  b]: c"),
        ("a[^x] b[^y] c[^z]\n\n[^y]: d\n\n[^x]: e[^y]",
            "a[^2] b[^1] c\\[^z\\]\n\n[^1]: d\n\n[^2]: e[^1]"),
        ("`[^x]` [^x]\n\n[^x]: a\n\n[^x]: b", "`[^x]` [^1]\n\n[^1]: a\n\n[^2]: b"),
        (f"{DEEP}> # a\n{DEEP}- b\n{DEEP}1. c", f"{DEEP}\\> # a\n{DEEP}\\- b\n{DEEP}1\\. c"),
        (f"{DEEP}[^x]: a[^y]\n\n[^y]: b", f"{DEEP}\\[^x\\]\\: a[^1]\n\n[^1]: b"),
    ],
)  # fmt: skip
def test_escape_structure(text: str, escaped: str) -> None:
    assert escape_structure(text) == escaped


def test_labels_are_unique_in_a_file() -> None:
    labels = count(1)
    answers = ["a[^x]\n\n[^x]: b", "c[^1] d[^2]\n\n[^2]: e"]
    escaped = [escape_structure(answer, labels) for answer in answers]
    assert escaped == ["a[^1]\n\n[^1]: b", "c\\[^1\\] d[^2]\n\n[^2]: e"]


@settings(max_examples=400)
@given(TEXT)
@example('[a <b x="](http://u.example)">')
@example("![![a <b>](c)](d) ^[e ^[<f>] [^1]]\n\n[^1]: <g>")
@example("\u3000\n<a>\n#\tb")
@example('[a `]: x` "b](u)"')
def test_another_reader_finds_no_structure_in_any_text(text: str) -> None:
    escaped = escape_structure(text)
    assert structure(escaped, EXTENDED) == []
    # A reader without footnotes takes `[^1]: word` for a link definition.
    if "]:" not in escaped:
        assert structure(escaped, PLAIN) == []


@settings(max_examples=400)
@given(TEXT)
def test_escaping_is_settled_after_once_and_changes_no_block(text: str) -> None:
    escaped = escape_structure(text)
    assert normalise(escaped) == escaped
    assert escape_structure(escaped) == escaped
    assert without_labels(escaped) == without_labels(text)


@settings(max_examples=200)
@example("'`\n<script>`'")
@example("a `b\n<!-- c` d\n<div>`e`")
@given(TEXT)
def test_the_headings_around_an_answer_stay_headings(text: str) -> None:
    file = f"# A\n\n{escape_structure(text)}\n\n# B\n"
    for parser in (EXTENDED,) if "]:" in file else (PLAIN, EXTENDED):
        tokens = parser.parse(file)
        headings = [
            (token.level, tokens[index + 1].content)
            for index, token in enumerate(tokens)
            if token.type == "heading_open"
        ]
        assert headings == [(0, "A"), (0, "B")]


@pytest.mark.parametrize(
    "piece",
    ["<a ", "# a\n", "[^1] ", "[^1]: a\n\n", "|a|b\n", "> - ", "[", "![", "^[", "---\n", "a\n=\n"],
)
def test_long_texts_of_one_mark_are_escaped_once(piece: str) -> None:
    escaped = escape_structure(normalise(piece * (8 * 1024 // len(piece))))
    assert escape_structure(escaped) == escaped


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("a[^7] <b> # c\n\n[^7]: d", "a[^1] <b> # c\n\n[^1]: d"),
        ("a[^4] b[^3]\n\n[^3]: c[^4]\n\n[^4]: d", "a[^2] b[^1]\n\n[^1]: c[^2]\n\n[^2]: d"),
        ("- a[^x]\n\n| a[^2] |\n|---|\n\n[^2]: b\n[^x]: c", None),
        ("a[^9] `[^9]`", "a[^9] `[^9]`"),
        ("[^b]:\n# [^1]:", "[^2]:\n# [^1]:"),
        ("a[^b] [^1] `[^2]`\n\n[^b]: c", "a[^3] [^1] `[^2]`\n\n[^3]: c"),
        ("no notes ---\n\n---", "no notes ---\n\n---"),
    ],
)
def test_notes_are_numbered_from_1_and_nothing_else_changes(text, numbered):
    found = number_notes(text)
    if numbered is not None:
        assert found == numbered
    assert number_notes(found) == found
    assert re.sub(r"\[\^\w+\]", "[^]", found) == re.sub(r"\[\^\w+\]", "[^]", text)


def read(text: str) -> str:
    """A text as it is read. A note in itself is shown as its sign, whatever it is called."""
    return re.sub(r"\[\^[^\]\s]+\]", "[^]", json.dumps(parse(text)))


@given(TEXT)
def test_any_notes_numbered_anew_read_as_before(text):
    text = normalise(text)
    assert read(number_notes(text)) == read(text)
    assert number_notes(escape_structure(text, count(5))) == number_notes(escape_structure(text))
