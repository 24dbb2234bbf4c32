import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.blocks import parse
from briefs.document.text import normalise
from tests.briefs.document.markdownish import TEXT


def paragraph(*inlines: Any) -> dict[str, Any]:
    return {"kind": "paragraph", "inlines": list(inlines)}


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("one\ntwo  \nthree", [paragraph("one two", {"kind": "break"}, "three")]),
        ("# one\n\n## two ##", [paragraph("# one"), paragraph("## two ##")]),
        ("one\n===", [paragraph("one ===")]),
        ("one\n---", [paragraph("one"), {"kind": "rule"}]),
        ("<div>a</div> <!-- b -->", [paragraph("<div>a</div> <!-- b -->")]),
        ("[a]: http://a.example\n\n[a]", [paragraph("[a]: http://a.example"), paragraph("[a]")]),
        ("```py\na\n\n<b>\n```", [{"kind": "code", "text": "a\n\n<b>", "language": "py"}]),
        ("    a\n\n    b", [{"kind": "code", "text": "a\n\nb", "language": ""}]),
        ("> a\n> > b", [{"kind": "quote", "blocks": [
            paragraph("a"), {"kind": "quote", "blocks": [paragraph("b")]}]}]),
        ("- a\n- b\n  1. c", [{"kind": "bullet_list", "tight": True, "items": [
            [paragraph("a")],
            [paragraph("b"), {"kind": "ordered_list", "start": 1, "tight": True, "items": [
                [paragraph("c")]]}]]}]),
        ("4) a\n\n5) b", [{"kind": "ordered_list", "tight": False, "start": 4, "items": [
            [paragraph("a")], [paragraph("b")]]}]),
        ("0. a", [
            {"kind": "ordered_list", "tight": True, "start": 0, "items": [[paragraph("a")]]}]),
        ("|a|b|c|d|\n|-|:-|-:|:-:|\n|1|2|3|", [{
            "kind": "table", "alignments": ["", "left", "right", "center"],
            "head": [["a"], ["b"], ["c"], ["d"]], "rows": [[["1"], ["2"], ["3"], []]]}]),
    ],
)  # fmt: skip
def test_blocks(text: str, blocks: list[Any]) -> None:
    assert parse(text) == blocks


@pytest.mark.parametrize(
    ("text", "inlines"),
    [
        ("**a *b* c**", [{"kind": "strong", "inlines": [
            "a ", {"kind": "emphasis", "inlines": ["b"]}, " c"]}]),
        ("~~a~~ `*b*`", [
            {"kind": "strike", "inlines": ["a"]}, " ", {"kind": "code", "text": "*b*"}]),
        ("[a](https://b.example/?c=1&d)", [
            {"kind": "link", "href": "https://b.example/?c=1&d", "inlines": ["a"]}]),
        ("<x@y.example>", [
            {"kind": "link", "href": "mailto:x@y.example", "inlines": ["x@y.example"]}]),
        ("a [*b*](ftp://c) d", ["a ", {"kind": "emphasis", "inlines": ["b"]}, " d"]),
        ("[a](/b) [c](#d) <ftp://e> [f](//g)", ["a c ftp://e f"]),
        ("[a](javascript:b)", ["[a](javascript:b)"]),
        ("[a *<http://b.example>*](http://c.example) <http://d.example>", [
            {"kind": "link", "href": "http://c.example",
             "inlines": ["a ", {"kind": "emphasis", "inlines": ["http://b.example"]}]},
            " ",
            {"kind": "link", "href": "http://d.example", "inlines": ["http://d.example"]}]),
        ("[<http://b.example>](ftp://c)", [
            {"kind": "link", "href": "http://b.example", "inlines": ["http://b.example"]}]),
        ("![a *b* `c`](d.png)", [{"kind": "image", "source": "d.png", "alt": "a b c"}]),
        ("&lt;b&gt; \\*", ["<b> *"]),
    ],
)  # fmt: skip
def test_inlines(text: str, inlines: list[Any]) -> None:
    assert parse(text) == [paragraph(*inlines)]


def test_the_first_reference_to_a_note_carries_it() -> None:
    assert parse("a[^x] b[^x] c^[*d*]\n\n[^x]: e\n\n    f") == [
        paragraph(
            "a",
            {"kind": "footnote", "number": 1, "blocks": [paragraph("e"), paragraph("f")]},
            " b",
            {"kind": "footnote", "number": 1, "blocks": []},
            " c",
            {
                "kind": "footnote",
                "number": 2,
                "blocks": [paragraph({"kind": "emphasis", "inlines": ["d"]})],
            },
        )
    ]


def test_a_note_that_nothing_refers_to_stands_where_it_was_written() -> None:
    text = "a\n\n[^x]: b [^y]\n\nc\n\n[^y]: d\n\ne [^z]"
    note = {"kind": "footnote", "number": 1, "blocks": [paragraph("d")]}
    assert parse(text) == [
        paragraph("a"),
        paragraph("b ", note),
        paragraph("c"),
        paragraph("e [^z]"),
    ]


def test_a_note_defined_twice_is_shown_twice() -> None:
    assert parse("a[^x]\n\n[^x]: b\n\n[^x]: c") == [
        paragraph("a", {"kind": "footnote", "number": 1, "blocks": [paragraph("b")]}),
        paragraph("c"),
    ]


def test_notes_that_refer_to_each_other_end() -> None:
    assert parse("[^x]\n\n[^x]: a [^y]\n\n[^y]: b [^x]") == [
        paragraph({"kind": "footnote", "number": 1, "blocks": [paragraph("a ", {
            "kind": "footnote", "number": 2, "blocks": [paragraph("b ", {
                "kind": "footnote", "number": 1, "blocks": []})]})]})
    ]  # fmt: skip


@pytest.mark.parametrize(
    "opening", ["> ", "- ", "1. ", "**a _b ", "![", "^[", "[", "[^a]: ", "> - ", "~~a *b ", "[a](<"]
)
def test_no_depth_of_nesting_loses_text_or_fails(opening: str) -> None:
    text = opening * 400 + "word" + "](u)" * 400
    blocks = parse(text)
    assert "word" in json.dumps(blocks)
    assert depth(blocks) < 80


def test_a_chain_of_notes_is_neither_lost_nor_too_deep() -> None:
    chain = "\n\n".join(f"[^{n}]: note-{n} [^{n + 1}]" for n in range(300))
    blocks = parse(f"start [^0]\n\n{chain}\n\n[^300]: end")
    shown = json.dumps(blocks)
    assert [shown.count(f"note-{n} ") for n in range(300)] == [1] * 300
    assert depth(blocks) < 80


@given(TEXT)
def test_any_text_is_read_and_none_of_its_words_are_lost(text: str) -> None:
    assert json.dumps(parse(f"{text}\n\nlast")).count("last") == 1


@given(st.text())
def test_any_characters_are_read(text: str) -> None:
    json.dumps(parse(normalise(text)))


def depth(value: Any) -> int:
    match value:
        case dict():
            return 1 + max((depth(item) for item in value.values()), default=0)
        case list():
            return 1 + max((depth(item) for item in value), default=0)
        case _:
            return 0
