import datetime as dt

import pytest

from briefs.brief_templates.outlines import outline_of
from briefs.importing.header import read_front_matter
from briefs.importing.reading import read_brief
from briefs.importing.report import Fate, Header, OddityKind


def read(text):
    return read_front_matter(text.split("\n"))


def test_every_field_that_we_write_is_read():
    front = read(
        '---\ntitle: "2. Belgium: now"\nsubject: Belgium\ncountry: be\nlanguage: en-GB\n'
        "reference: 'It''s 7'\nmarking: Restricted\ndate: 2026-01-31\nfacts:\n"
        '  - Capital: Brussels\n  - "a: b": "c"\ntemplate: small 3\ntext: working\n---\n# X'
    )
    assert front.header == Header(
        "2. Belgium: now",
        "Belgium",
        "BE",
        "en-GB",
        "It's 7",
        "Restricted",
        dt.date(2026, 1, 31),
        (("Capital", "Brussels"), ("a: b", "c")),
    )
    assert (front.template, front.end, front.oddities) == ("small", 14, [])


def test_a_title_that_people_wrote_loses_its_padding_and_its_number():
    front = read('---\ntitle: "    2\\. Belgium"\n---\n')
    assert front.header.title == "Belgium"
    assert [(oddity.line, oddity.kind) for oddity in front.oddities] == [
        (2, OddityKind.FRONT_MATTER)
    ]


def test_a_front_matter_that_is_never_closed_ends_where_the_text_begins():
    front = read("---\ntitle: Belgium\n\n# Belgium\n\nWords: many.\n")
    assert (front.header.title, front.end) == ("Belgium", 3)
    assert [oddity.line for oddity in front.oddities] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "# A\n",
        "",
        "---\n---\n",
        "---\n\n## A\n---\n",
        "----x\ntitle: A\n---\n",
        "---\nNote: a\nb\n",
    ],
)
def test_what_is_no_front_matter_is_left_to_the_text(text):
    front = read(text)
    assert (front.header, front.end, front.oddities) == (Header(), 0, [])


def test_what_has_no_place_in_a_brief_is_said():
    front = read("---\ntitle: A\nauthor: Ann\ndate: soon\ncountry: Belgium\n---\n")
    assert [oddity.line for oddity in front.oddities] == [3, 4, 5]
    assert "author: Ann" in front.oddities[0].sentence


def test_what_no_database_can_hold_is_replaced():
    front = read('---\ntitle: "A\\u0000B\\ud800"\nfacts:\n  - "C\\u0001": "D\\ud800"\n---\n')
    assert front.header.title == "A\ufffdB\ufffd"
    assert front.header.facts == (("C\ufffd", "D\ufffd"),)


def test_a_value_on_several_lines_is_joined():
    assert read("---\ntitle: >\n  A\n  B\n---\n").header.title in ("> A B", "A B")


def test_facts_that_the_cover_does_not_take_are_parked_in_words(template):
    entries = [f"  - Fact {number}: yes" for number in range(42)]
    entries[1:1] = ["  - no fact", "  - Label:", f"  - Long: {'x' * 300}"]
    lines = ["---", "title: A", "facts:", *entries, "---", "## Preface", "", "Text."]
    reading = read_brief("\n".join(lines), outline_of(template))

    assert [label for label, _value in reading.header.facts] == [f"Fact {n}" for n in range(40)]
    parked = "\n".join(loose.text for loose in reading.loose)
    assert parked.split("\n") == [*entries[1:4], *entries[-2:]]
    assert [loose.section for loose in reading.loose] == [None, None]
    said = {oddity.line: oddity.sentence for oddity in reading.oddities}
    assert list(said) == [5, 6, 7, 47, 48]
    assert "no fact for the cover" in said[5]
    assert "takes 40 facts of 300 characters each" in said[47]
    assert [reading.fates[line - 1] for line in said] == [Fate.PARKED] * 5


def test_facts_given_twice_are_all_kept():
    front = read("---\nfacts:\n  - A: b\nfacts: C\n  - D: e\n---\n")
    assert front.header.facts == (("A", "b"), ("D", "e"))
    assert front.unplaced == {3}


def test_unseen_characters_are_shown_where_they_stood():
    front = read("---\ntitle: Bel\x7fgium\nmarking: a\x9fb\nfacts:\n  - C\x80: D\x85E\n---\n")
    assert (front.header.title, front.header.marking) == ("Bel\ufffdgium", "a\ufffdb")
    assert front.header.facts == (("C\ufffd", "D\ufffdE"),)
