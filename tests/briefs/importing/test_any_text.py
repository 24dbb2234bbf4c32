"""Any Markdown in: every line has one fate, its words are kept, and export is a fixed point."""

import re
import time
import unicodedata
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.document.front_matter import read_pair, read_scalar, write_pair, write_scalar
from briefs.document.titles import escape_title, plain_title
from briefs.export.markdown import write_markdown
from briefs.importing.reading import read_brief
from briefs.importing.report import Fate
from tests.briefs.importing.sources import LINE_ENDS, ODD_TITLES, SOURCES
from tests.briefs.importing.stored import OUTLINE, document_of

# Words that a label takes from its line, and so from the answer.
LABELS = {"Past", "Future", "plans", "Risks", "Mixed", "Matters", "Needs", "Wants", "Public"}
LABELS |= {"and", "Health", "Preface"}
KEPT = (Fate.ANSWER, Fate.PARKED, Fate.SET_ASIDE)


def words(text):
    """How often each word stands in a text. A note's label is none: notes are counted anew."""
    text = re.sub(r"\[\^[^\]\s]+\]", "", text)
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


@settings(max_examples=300)
@given(SOURCES, LINE_ENDS)
def test_every_line_has_one_fate_and_its_words_stand_in_the_outcome(source, line_end):
    source = source.replace("\n", line_end)
    reading = read_brief(source, OUTLINE)
    lines = re.split(r"\r\n|\r|\n", source)
    assert [fate is None for fate in reading.fates] == [not line.strip() for line in lines]
    outcome: Counter[str] = Counter()
    for text in (*reading.answers, *reading.own_sections, *reading.loose):
        outcome += words(text.text)
    kept: Counter[str] = Counter()
    for line, fate in zip(lines, reading.fates, strict=True):
        if fate in KEPT:
            kept += words(line)
    assert set(kept - outcome) <= LABELS


@settings(max_examples=300)
@given(SOURCES)
def test_what_was_exported_and_imported_is_exported_with_the_same_bytes(source):
    once = write_markdown(document_of(read_brief(source, OUTLINE)))
    reading = read_brief(once, OUTLINE)
    assert reading.loose == ()
    assert write_markdown(document_of(reading)) == once


@settings(max_examples=200)
@given(st.data())
def test_odd_titles_and_data_come_back_as_they_were(data):
    """Own sections may be called like a part, like a template's section, or in marks."""
    source = "## Preface\n\nA.\n\n## Goals\n\n### Public Health\n\n### X\n\nB.\n\n### Y\n\nC.\n"
    reading = read_brief(source, OUTLINE)
    titles = st.one_of(
        ODD_TITLES, st.sampled_from(["1. Goals", "Public Health", "Goals", "2.1 X", "# X"])
    ).map(lambda title: " ".join(unicodedata.normalize("NFC", title).split()))
    own = [
        replace(each, title=data.draw(titles), part=part, after=after)
        for each, (part, after) in zip(
            reading.own_sections,
            [("opening", "opening/preface"), ("goals", "goals/health")],
            strict=True,
        )
    ]
    document = replace(
        document_of(replace(reading, own_sections=tuple(own))),
        title=data.draw(ODD_TITLES),
        reference=data.draw(ODD_TITLES).strip(),
    )
    once = write_markdown(document)
    again = read_brief(once, OUTLINE)
    assert [each.title for each in again.own_sections] == [each.title for each in own]
    assert again.header.title == unicodedata.normalize("NFC", document.title)
    assert write_markdown(document_of(again)) == once


@given(ODD_TITLES, ODD_TITLES)
def test_a_scalar_and_a_title_are_read_as_they_were_written(one, two):
    one, two = (unicodedata.normalize("NFC", text) for text in (one, two))
    assert read_scalar(write_scalar(one)) == one
    assert read_pair(write_pair(one, two)) == (one, two)
    title = " ".join(one.split())
    assert plain_title(escape_title(one)) == title
    assert "\n" not in write_scalar(one) + escape_title(one)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("quotes", ">" * 2_000_000),
        ("brackets", "[" * 2_000_000),
        ("asterisks", "*" * 1_000_000 + "\n" + "*a *b " * 100_000),
        ("headings", "".join(f"## Heading number {n} of many\n" for n in range(12_000))),
        ("bold lines", "".join(f"**Public Heals {n}**\n\n" for n in range(10_000))),
        ("labels", "### Needs & Wants\n" + "- **Pasta:** x\n" * 20_000),
        ("paragraph", "## Preface\n" + "a\n" * 20_000),
        ("deep list", "## Preface\n" + "".join("  " * n + "- x\n" for n in range(1_400))),
        ("deep quote", "## Preface\n" + "".join("> " * n + "x\n" for n in range(1_400))),
        ("notes", "## Preface\n" + "*Guidance for the section, Public Health " * 40_000),
        ("own file", "---\ntemplate: small 1\n---\n## 1. Goals\n" + "### 1.1 X\n#### Y\n" * 8_000),
    ],
)
def test_hostile_text_is_read_in_bearable_time(name, source):
    start = time.perf_counter()
    reading = read_brief(source, OUTLINE)
    took = time.perf_counter() - start
    assert sum(reading.counts().values()) == sum(bool(line.strip()) for line in source.split("\n"))
    # About a second each; what isn't linear takes minutes.
    assert took < 20, name
