"""Discussions as Word's comments."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from briefs.document.tree import DiscussionNode, Reply
from briefs.export.docx.write import write_docx
from tests.briefs.export.documents import make_document
from tests.briefs.export.word import W14, W15, W, opened, part_of, parts_of, words_in

NINE = datetime(2025, 11, 1, 9, tzinfo=UTC)


def discussion(quote: str = "", answer: str | None = "body", *texts: str, **more) -> DiscussionNode:
    replies = tuple(Reply("Ada Author", NINE, text) for text in texts or ("Really?",))
    values = {"section": "opening/preface", "is_resolved": False, **more}
    return DiscussionNode(answer=answer, quote=quote, replies=replies, **values)


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


TEXT = (
    "Relations are **very** close, [as ever](https://example.org).[^1]\n\n"
    "- Steel and coal\n- Iron\n\n"
    "| Year | Sum |\n|---|---|\n| 2024 | 55 |\n\n`code` ![A map](m.png) end\n\n[^1]: The note."
)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Relations", "Relations"),
        ("very", "very"),
        ("are very close", "are very close"),
        ("close, as", "close, as"),
        ("ever Steel", "ever.Steel"),
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
                discussion("close", "body", "One.\nTwo.", "Three."),
                discussion("are", is_resolved=True),
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
    new = make_document("Relations are very close now.", discussions=(discussion("very close"),))
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
