"""Outputs speak the language of their brief, and are no mixture of two."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from briefs.document.translation import ngettext
from briefs.document.tree import DiscussionNode, Document, EditionMark, PartNode, Reply, SectionNode
from briefs.export.docx.write import write_docx
from briefs.export.html import write_html
from briefs.export.pdf.content import Book, Content
from briefs.releasing.changes import with_changes
from setup.words import CONTEXT, brought_in_line, catalogs, said
from tests.briefs.export.documents import CLEARED, make_document
from tests.briefs.export.word import part_of, words_in

CATALOGS = {path.parent.parent.name: catalog for path, catalog in catalogs()}
TAGS = [name.replace("_", "-") for name in CATALOGS]
PLACEHOLDER = re.compile(r"%\(\w+\)s")
# Labels that are English and nothing else.
ENGLISH = {
    "At a glance",
    "Approved by",
    "Contents",
    "Clearance",
    "DRAFT",
    "Draft: working text",
    "Excerpt",
    "Not yet approved",
    "Nothing is written here yet.",
    "Prepared by",
    "What changed",
}


def whole(language: str) -> Document:
    """A document in which every label stands."""
    replies = (Reply("Edith", CLEARED.approved_at, "Since when?"),)
    remarks = [
        DiscussionNode("goals/needs", "past", "Steel", is_resolved=done, replies=replies)
        for done in (True, False)
    ]
    return make_document(
        "Close.[^1]\n\n[^1]: World Bank.",
        language=language,
        discussions=tuple(remarks),
        excerpt_of=40,
        changes=("-",),
    )


def text_of_page(page: str) -> str:
    return unescape(re.sub(r"<style.*?</style>|<[^>]+>", "\n", page, flags=re.DOTALL))


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_has_just_the_words_that_outputs_say(name):
    catalog = CATALOGS[name]
    brought = brought_in_line(catalog, said())
    assert {each.id for each in catalog if each.id} == {each.id for each in brought if each.id}
    assert not catalog.obsolete


@pytest.mark.parametrize("name", CATALOGS)
def test_every_word_has_a_translation_with_the_same_places_to_fill(name):
    for message in CATALOGS[name]:
        if not message.id:
            continue
        assert message.context == CONTEXT
        assert not message.fuzzy
        ones = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        assert len(told) == (CATALOGS[name].num_plurals if len(ones) > 1 else 1)
        for words in told:
            assert words.strip() == words != ""
            assert set(PLACEHOLDER.findall(words)) == set(PLACEHOLDER.findall(ones[-1])), words


@pytest.mark.parametrize("tag", TAGS)
def test_labels_are_in_the_language_of_the_brief(tag):
    document = whole(tag)
    page = text_of_page(write_html(document)).splitlines()
    word = words_in(part_of(write_docx(document), "document"))
    pdf = Content([document], Path(settings.PDF_FONTS_DIR)).text
    for label in ENGLISH:
        assert label not in page
        assert label not in word
        assert f'"{label}"' not in pdf


@pytest.mark.parametrize("tag", ["sv", "fa", "ff-Adlm", "xx"])
def test_in_a_language_without_a_catalog_every_label_is_english(tag):
    page = text_of_page(write_html(whole(tag))).splitlines()
    assert set(page) >= ENGLISH
    assert set(page) >= {"Date", "Section", "Status", "Comments"}


def test_dates_are_in_the_language_of_the_brief_where_labels_are_not():
    assert "24 november 2025" in write_html(whole("sv"))


def test_a_brief_in_brazil_and_one_in_portugal_are_spelled_as_there():
    assert '<th scope="col">Seção</th>' in write_html(whole("pt-BR"))
    assert '<th scope="col">Secção</th>' in write_html(whole("pt-PT"))


def test_words_that_need_a_number_have_its_form():
    [one] = (catalog for name, catalog in CATALOGS.items() if name == "ru")
    assert one.num_plurals == 3
    with translation.override("ru"):
        forms = [
            ngettext("%(count)s word added", "%(count)s words added", n) % {"count": n}
            for n in (1, 3, 5, 21)
        ]
    assert forms == [
        "добавлено 1 слово",
        "добавлено 3 слова",
        "добавлено 5 слов",
        "добавлено 21 слово",
    ]


def test_a_book_speaks_the_language_of_its_first_brief():
    content = Content([whole("fr"), whole("de")], Path(settings.PDF_FONTS_DIR), Book("Deux")).text
    assert '"contents": "Sommaire"' in content
    assert '"contents": "Inhalt"' in content
    assert '"Fiches", "2"' in content


def test_what_changed_is_told_in_the_language_of_the_newer_edition():
    first, second = (EditionMark(number, date(2025, 11, 24)) for number in (1, 2))
    old = make_document("Relations are close.", edition=first)
    new = make_document("Relations are very close.", language="fr", edition=second)
    assert with_changes(old, new).changes == (
        "Depuis l’édition 1, le texte de 1 section a changé.",
        "Preface\u00a0: 1 mot ajouté.",
    )


@pytest.mark.parametrize(("tag", "comma"), [("ja", "、"), ("ar", "، "), ("fa", "، ")])
def test_lists_have_the_comma_of_the_language(tag, comma):
    document = whole(tag)
    [cites] = document.parts[0].sections
    cited = [replace(each, answers=cites.answers + each.answers) for each in sections()]
    document = replace(document, parts=(PartNode("goals", 1, "Goals", tuple(cited)),))
    page = text_of_page(write_html(document))
    word = words_in(part_of(write_docx(document), "document")).replace("\u200e", "")
    pdf = json.loads(Content([document], Path(settings.PDF_FONTS_DIR)).text)["briefs"][0]
    for told in (page, word):
        assert comma.join(document.prepared_by) in told
        assert comma.join(CLEARED.approved_by) in told
    assert f"\n1.1\n{comma}\n1.2\n" in page
    assert f"\nEdith\n{comma}" in page
    assert f"(1.1{comma}1.2)" in word
    assert f"(1.1{comma}1.2)" in pdf["sources"][0]["cited"]
    assert comma.join(CLEARED.approved_by) in pdf["clearance"][0]["approved_by"]
    assert f"1.1 Needs{comma}Past" in pdf["discussions"][0]["about"]
    assert pdf["comma"] == comma


def sections() -> tuple[SectionNode, ...]:
    return make_document().parts[1].sections


def test_what_changed_has_the_comma_of_the_language():
    old = make_document("One.", language="ja", edition=EditionMark(1, date(2025, 1, 1)))
    new = make_document("Two and three.", language="ja", edition=EditionMark(2, date(2025, 1, 2)))
    assert "、" in with_changes(old, new).changes[1]
