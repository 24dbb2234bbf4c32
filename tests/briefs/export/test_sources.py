from dataclasses import replace

from briefs.document.tree import AnswerNode, PartNode
from briefs.document.words import words_in
from briefs.export.sources import sources_of
from tests.briefs.export.documents import make_document, make_section


def document_of(*texts: str):
    sections = tuple(
        make_section(f"p/s{number}", f"S{number}", AnswerNode("a", "", text), number=f"1.{number}")
        for number, text in enumerate(texts, start=1)
    )
    return replace(make_document(), parts=(PartNode("p", 1, "P", sections),))


def told(document):
    return [
        (words_in(source.blocks), [node.number for node in source.cited_in])
        for source in sources_of(document)
    ]


def test_sources_are_the_notes_in_their_order_each_once_with_the_sections_that_cite_them():
    document = document_of(
        "A[^1] b[^2]\n\n[^1]: World Bank, 2024.\n[^2]: OECD, 2023.",
        "C[^x]\n\n[^x]: World  Bank,\n    2024.",
        "D^[OECD, 2023.] and E^[Eurostat.]",
    )
    assert told(document) == [
        ("World Bank, 2024.", ["1.1", "1.2"]),
        ("OECD, 2023.", ["1.1", "1.3"]),
        ("Eurostat.", ["1.3"]),
    ]


def test_sources_of_a_note_that_is_cited_twice_or_says_nothing():
    document = document_of("A[^1] b[^1] c[^2]\n\n[^1]: One.\n[^2]:")
    assert told(document) == [("One.", ["1.1"])]


def test_sources_stand_in_lists_tables_and_quotes_and_hold_no_notes_themselves():
    document = document_of(
        "- a[^1]\n\n> b[^2]\n\n| h[^3] |\n|---|\n| c[^4] |\n\n"
        "[^1]: One[^5].\n[^2]: Two.\n[^3]: Three.\n[^4]: Four.\n[^5]: Five."
    )
    assert [words for words, _cited in told(document)] == [
        "One.",
        "Five.",
        "Two.",
        "Three.",
        "Four.",
    ]
    first = sources_of(document)[0]
    assert first.blocks == [{"kind": "paragraph", "inlines": ["One", "."]}]


def test_sources_of_a_brief_without_notes_are_none():
    assert sources_of(make_document("No note.")) == []
