"""Discussions as Word's comments."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from unicodedata import category
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefs.document.anchors import anchor_of, find_passage, words_of
from briefs.document.blocks import parse
from briefs.document.text import normalise
from briefs.document.tree import DiscussionNode, Passage, Reply
from briefs.document.words import letters_in, lines_in
from briefs.export.docx.write import write_docx
from tests.briefs.document.markdownish import LINE
from tests.briefs.export.documents import make_document
from tests.briefs.export.word import W14, W15, W, opened, part_of, parts_of, words_in

NINE = datetime(2025, 11, 1, 9, tzinfo=UTC)
TEXT = (
    "Relations are **very** close, [as ever](https://example.org).[^1]\n\n"
    "- Steel and coal\n- Iron\n\n"
    "| Year | Sum |\n|---|---|\n| 2024 | 55 |\n\n`code` ![A map](m.png) end\n\n[^1]: The note."
)


def discussion(quote: str = "", answer: str | None = "body", *texts: str, **more) -> DiscussionNode:
    """With its passage where the quote first stands in the words of `within`."""
    within = words_of(more.pop("within", TEXT))
    replies = tuple(Reply("Ada Author", NINE, text) for text in texts or ("Really?",))
    values = {"section": "opening/preface", "is_resolved": False, **more}
    place = find_passage(anchor_of(within, quote), within)
    passage = place and Passage(letters_in(within[: place.start]), letters_in(within[: place.end]))
    return DiscussionNode(answer=answer, quote=quote, replies=replies, passage=passage, **values)


def commented(content: bytes) -> dict[str, str]:
    """The words that each comment lies on, by its identity."""
    open_now: set[str] = set()
    found: dict[str, str] = {}

    def walk(element: ET.Element) -> None:
        for child in element:
            identity = child.get(f"{W}id", "")
            if child.tag == f"{W}commentRangeStart":
                open_now.add(identity)
                found[identity] = ""
            elif child.tag == f"{W}commentRangeEnd":
                open_now.remove(identity)
            elif child.tag == f"{W}r":
                for one in open_now:
                    found[one] += words_in_run(child)
            else:
                walk(child)

    walk(part_of(content, "document"))
    assert not open_now
    return found


def words_in_run(run: ET.Element) -> str:
    return "".join(one.text or "" for one in run if one.tag in (f"{W}t", f"{W}delText"))


def said(content: bytes) -> list[str]:
    return [words_in(one) for one in part_of(content, "comments").iter(f"{W}comment")]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Relations", "Relations"),
        ("very", "very"),
        ("are very close", "are very close"),
        ("close, as", "close, as"),
        ("ever. The note. Steel", "ever.Steel"),
        ("coal\nIron", "coalIron"),
        ("Sum 2024", "Sum2024"),
        ("code A map end", "code [A map] end"),
        ("end", "end"),
    ],
)
def test_docx_puts_a_comment_on_the_words_that_it_is_about(quote, words):
    content = write_docx(make_document(TEXT, discussions=(discussion(quote),)))
    assert commented(content)["0"].rstrip(".") == words.rstrip(".")
    assert said(content) == ["Really?"]


@pytest.mark.parametrize(
    ("quote", "answer", "text"),
    [
        ("", None, "Really?"),
        ("", "body", "Really?"),
        ("gone words", "body", "“gone words”Really?"),
        ("The note", "body", "“The note”Really?"),
        ("close", "elsewhere", "“close”Really?"),
        ("…", "body", "“…”Really?"),
    ],
)
def test_docx_puts_a_comment_on_the_heading_when_the_words_are_not_there(quote, answer, text):
    content = write_docx(make_document(TEXT, discussions=(discussion(quote, answer),)))
    assert commented(content) == {"0": "Preface"}
    assert said(content) == [text]


def test_docx_puts_a_comment_on_that_of_equal_words_which_it_is_about():
    text = "Steel is up.\n\n- Coal[^1]\n- **Steel**\n\n| Steel | Sum |\n|---|---|\n\n[^1]: Steel."
    words = words_of(text)
    starts = [found.start() for found in re.finditer("Steel", words)]
    remarks = []
    for start in starts:
        first = letters_in(words[:start])
        remarks.append(replace(discussion("Steel"), passage=Passage(first, first + 5)))
    content = write_docx(make_document(text, discussions=tuple(remarks)))
    assert len(starts) == 4
    # That of the note is on the heading, and comes last.
    places = [place_of(content, str(number)) for number in range(4)]
    assert places == ["Steel is up.", "Steel", "Steel", "Preface"]
    assert [commented(content)[str(number)] for number in range(3)] == ["Steel"] * 3


def test_docx_quotes_words_that_read_differently_now():
    passage = Passage(0, 9, is_changed=True)
    remark = replace(discussion("Bonds", "body", "Why?"), passage=passage)
    content = write_docx(make_document(TEXT, discussions=(remark,)))
    assert commented(content) == {"0": "Relations"}
    assert said(content) == ["“Bonds”Why?"]


@pytest.mark.parametrize("word", ["संबंधों के", "စံချိန်", "བཀྲ་ཤིས", "e\u0301te\u0301", "क्\u200dष"])
def test_docx_never_parts_a_letter_from_its_signs(word):
    text = f"{word} {word} x"
    count = letters_in(word)
    for end in range(1, count + 1):
        remark = replace(discussion(), passage=Passage(0, end))
        content = write_docx(make_document(text, discussions=(remark,)))
        runs = [words_in_run(run) for run in part_of(content, "document").iter(f"{W}r")]
        assert not [run for run in runs if run and category(run[0])[0] == "M"]


def place_of(content: bytes, identity: str) -> str:
    """The words of the paragraph in which a comment begins."""
    for paragraph in part_of(content, "document").iter(f"{W}p"):
        for begin in paragraph.iter(f"{W}commentRangeStart"):
            if begin.get(f"{W}id") == identity:
                return words_in(paragraph)
    raise LookupError(identity)


@given(st.lists(LINE, min_size=1, max_size=5).map("\n\n".join), st.data())
def test_docx_puts_a_comment_on_just_the_letters_of_its_passage(text, data):
    text = normalise(text)
    letters = [
        (one, is_of_note)
        for line, is_of_note in lines_in(parse(text))
        for one in line
        if one.isalnum()
    ]
    assume(letters)
    start = data.draw(st.integers(0, len(letters) - 1))
    end = data.draw(st.integers(start + 1, len(letters)))
    wanted = [one for one, is_of_note in letters[start:end] if not is_of_note]
    assume(wanted)
    remark = replace(discussion(), passage=Passage(start, end))
    content = write_docx(make_document(text, discussions=(remark,)))
    assert [one for one in commented(content)["0"] if one.isalnum()] == wanted


def test_docx_puts_a_comment_on_the_title_when_its_section_is_not_there():
    content = write_docx(make_document(discussions=(discussion(section="gone"),)))
    assert commented(content) == {"0": "Belgium"}


def test_docx_comments_say_who_wrote_them_and_when():
    content = write_docx(make_document(discussions=(discussion("close"),)))
    [comment] = opened(content).comments
    assert (comment.author, comment.initials, comment.text) == ("Ada Author", "AA", "Really?")
    assert comment.timestamp == NINE


def test_docx_keeps_replies_beneath_their_remark_and_what_is_resolved():
    content = write_docx(
        make_document(
            discussions=(
                discussion("close", "body", "One.\nTwo.", "Three.", within="Relations are close."),
                discussion("are", is_resolved=True, within="Relations are close."),
            )
        )
    )
    comments = list(part_of(content, "comments").iter(f"{W}comment"))
    last = [list(one.iter(f"{W}p"))[-1].get(f"{W14}paraId") for one in comments]
    assert said(content) == ["One.Two.", "Three.", "Really?"]
    extended = [
        (one.get(f"{W15}paraId"), one.get(f"{W15}paraIdParent"), one.get(f"{W15}done"))
        for one in part_of(content, "commentsExtended")
    ]
    assert extended == [(last[0], None, "0"), (last[1], last[0], "0"), (last[2], None, "1")]
    assert commented(content) == {"0": "close", "1": "close", "2": "are"}


def test_docx_lets_comments_overlap():
    document = make_document(
        TEXT, discussions=(discussion("are very"), discussion("very close"), discussion("very"))
    )
    assert commented(write_docx(document)) == {"0": "are very", "1": "very close", "2": "very"}


def test_docx_puts_comments_on_the_new_words_among_changes():
    text = "Relations are very close now."
    new = make_document(text, discussions=(discussion("very close", within=text),))
    content = write_docx(new, make_document("Relations are very very far now."))
    assert words_of_new(content) == "very close"


def words_of_new(content: bytes) -> str:
    document = part_of(content, "document")
    for parent in list(document.iter()):
        for gone in [one for one in parent if one.tag == f"{W}del"]:
            parent.remove(gone)
    inside, words = False, ""
    for one in document.iter():
        inside = (inside or one.tag == f"{W}commentRangeStart") and one.tag != f"{W}commentRangeEnd"
        words += (one.text or "") if inside and one.tag == f"{W}t" else ""
    return words


def test_docx_without_discussions_has_no_part_for_them():
    parts = parts_of(write_docx(make_document(discussions=())))
    assert not [name for name in parts if "comments" in name]
    assert b"comments" not in parts["[Content_Types].xml"]
