"""What isn't known, in the files that are read: in the language of the brief."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from briefs.document.anchors import anchor_of, find_passage, words_of
from briefs.document.tree import AnswerNode, DiscussionNode, Document, Passage, Reply
from briefs.document.words import letters_in
from briefs.export.docx.write import write_docx
from briefs.export.html import write_html
from briefs.export.json_tree import write_json
from briefs.export.markdown import write_markdown
from briefs.export.pdf.content import Content
from briefs.export.pdf.render import render_pdf
from tests.briefs.export.documents import make_document, make_section
from tests.briefs.export.test_docx_comments import commented
from tests.briefs.export.test_docx_comments import said as remarks_in
from tests.briefs.export.word import W, part_of, words_in

FONTS = Path(settings.PDF_FONTS_DIR)
RLM = "\u200f"
ARABIC = "لا إحصاء منذ عام 1990."
WRITTEN = {
    "ar": (ARABIC, f"غير معروف: {ARABIC}"),
    "fr": ("aucun chiffre.", "Non connu\u00a0: aucun chiffre."),
    "zh": ("没有数字。", "不详：没有数字。"),
    "fa": ("آماری نیست.", f"{RLM}Not known: آماری نیست."),
    "sv": ("inga siffror.", "Not known: inga siffror."),
    "en": ("no figures.", "Not known: no figures."),
}
RIGHT_TO_LEFT = {"ar", "fa"}
AT = datetime(2025, 11, 1, tzinfo=UTC)


def brief_in(tag: str, reason: str) -> Document:
    document = make_document(f"Not known: {reason}", language=tag)
    return replace(document, parts=document.parts[:1])


def paragraphs_in(file: bytes) -> dict[str, bool]:
    """Those of the text, each with whether it runs from right to left."""
    return {
        words_in(each): each.find(f"{W}pPr/{W}bidi") is not None
        for each in part_of(file, "document").iter(f"{W}p")
    }


@pytest.mark.parametrize("tag", WRITTEN)
def test_word_says_it_in_the_language_and_its_direction(tag):
    reason, shown = WRITTEN[tag]
    found = paragraphs_in(write_docx(brief_in(tag, reason)))
    assert found[shown] == (tag in RIGHT_TO_LEFT)


@pytest.mark.parametrize("tag", WRITTEN)
def test_the_web_page_says_it_in_the_language(tag):
    reason, shown = WRITTEN[tag]
    assert f'<p dir="auto">{shown}</p>' in write_html(brief_in(tag, reason))


@pytest.mark.parametrize("tag", WRITTEN)
def test_the_pdf_says_it_in_the_language_and_its_direction(tag):
    reason, shown = WRITTEN[tag]
    brief = json.loads(Content([brief_in(tag, reason)], FONTS).text)["briefs"][0]
    [answer] = brief["parts"][0]["sections"][0]["answers"]
    direction = "rtl" if tag in RIGHT_TO_LEFT else "ltr"
    assert answer["blocks"] == [{"kind": "paragraph", "inlines": [shown], "dir": direction}]


def test_every_character_of_it_is_drawn():
    assert render_pdf(brief_in("fa", "آماری نیست.")).replaced == ()


@pytest.mark.parametrize("tag", WRITTEN)
def test_markdown_and_json_keep_the_stored_words(tag):
    document = brief_in(tag, "x.")
    assert "\n\nNot known: x.\n" in write_markdown(document)
    assert '"Not known: x."' in write_json(document)


def test_older_text_is_in_the_language_of_the_file_too():
    old = make_document("Not known: a b c.", language="en")
    new = make_document("Not known: a b d.", language="fr")
    assert any(
        said.startswith("Non connu\u00a0: a b ") for said in paragraphs_in(write_docx(new, old))
    )
    assert "Not known" not in words_in(part_of(write_docx(new, old), "document"))


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("aucun", "aucun"),
        ("chiffre depuis", "chiffre depuis"),
        ("1990", "1990"),
        ("Not known", "Non connu"),
        ("known", "Non connu"),
        ("known: aucun", "Non connu\u00a0: aucun"),
        ("Not known: aucun chiffre depuis 1990", "Non connu\u00a0: aucun chiffre depuis 1990"),
    ],
)
def test_a_comment_lies_on_the_words_that_it_is_about(quote, words):
    text = "Not known: aucun chiffre depuis 1990."
    assert commented(write_docx(discussed(text, quote, "fr"))) == {"0": words}


@pytest.mark.parametrize(("tag", "words"), [("zh", "没有"), ("fa", "没有"), ("en", "没有")])
def test_a_comment_lies_on_the_words_in_any_language(tag, words):
    assert commented(write_docx(discussed("Not known: 没有 1。", words, tag))) == {"0": words}


def test_a_quotation_in_the_list_of_comments_says_it_too():
    document = discussed("Not known: aucun chiffre.", "Not known: aucun", "fr")
    assert '<blockquote dir="auto">Non connu\u00a0: aucun</blockquote>' in write_html(document)
    lost = replace(document.discussions[0], passage=None)
    file = write_docx(replace(document, discussions=(lost,)))
    assert remarks_in(file) == ["“Non connu\u00a0: aucun”Really?"]


def discussed(text: str, quote: str, tag: str) -> Document:
    place = find_passage(anchor_of(words_of(text), quote), words_of(text))
    assert place is not None
    start, end = (letters_in(words_of(text)[:at]) for at in (place.start, place.end))
    remark = DiscussionNode(
        "opening/preface",
        "body",
        quote,
        is_resolved=False,
        replies=(Reply("Ada", AT, "Really?"),),
        passage=Passage(start, end),
    )
    section = make_section("opening/preface", "Preface", AnswerNode("body", "", text))
    document = make_document(language=tag, discussions=(remark,))
    return replace(document, parts=(replace(document.parts[0], sections=(section,)),))
