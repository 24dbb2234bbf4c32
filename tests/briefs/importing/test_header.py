import datetime as dt

import pytest

from briefs.importing.header import read_front_matter
from briefs.importing.report import Header, OddityKind


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
