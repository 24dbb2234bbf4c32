"""Briefs to print: forty sections in six parts, with lists, tables and footnotes, of any length."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count, cycle

from bench.printing.words import Words
from briefs.document.tree import (
    AnswerNode,
    Clearance,
    Document,
    Fact,
    PartNode,
    SectionNode,
    TemplateName,
    TextState,
)

BRIEF = 30_000
"""Characters of Markdown in a usual brief."""

# By part: how many sections it has. The opening has no number.
_PARTS = (3, 6, 9, 8, 8, 6)
_SECTIONS = sum(_PARTS)
_ANSWERS_EACH = 2
_DAY = date(2026, 11, 2)
_LONG_WORD = re.compile(r"\b[a-z]{5,}\b")
_APPROVED = Clearance(3, ("Edith Editor",), datetime(2026, 10, 5, 9, 30, tzinfo=UTC))


def make_brief(name: str, characters: int = BRIEF) -> Document:
    """The brief of this name; with another one no paragraph is the same. In a short one not every
    prompt is answered."""
    words = Words(name)
    texts = _texts(words, characters / (_SECTIONS * _ANSWERS_EACH))
    return Document(
        slug="ruritania",
        title=f"Ruritania {name}",
        subject="Kingdom of Ruritania",
        country="BE",
        language="en",
        reference="RU/2026/014",
        marking="UNCLASSIFIED",
        date=_DAY,
        modified_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        facts=tuple(Fact(words.title(), words.figure()) for _ in range(6)),
        prepared_by=("Ada Author", "Ben Author"),
        template=TemplateName("country-brief", 1, "Country brief"),
        text=TextState.WORKING,
        parts=tuple(_part(number, words, texts) for number in range(len(_PARTS))),
        loose=(),
    )


def with_a_word_changed(document: Document, word: str) -> Document:
    """The same brief, but for the first long word of one answer in its middle."""
    written = [each for section in document.sections for each in section.answers if each.text]
    old = written[len(written) // 2]
    new = replace(old, text=_LONG_WORD.sub(word, old.text, count=1))
    return replace(document, parts=tuple(_changed(part, old, new) for part in document.parts))


def _changed(part: PartNode, old: AnswerNode, new: AnswerNode) -> PartNode:
    sections = (
        replace(section, answers=tuple(new if each is old else each for each in section.answers))
        for section in part.sections
    )
    return replace(part, sections=tuple(sections))


def _part(number: int, words: Words, texts: Iterator[str]) -> PartNode:
    sections = tuple(_section(number, place, words, texts) for place in range(_PARTS[number]))
    return PartNode(f"part-{number}", number or None, words.title() if number else "", sections)


def _section(part: int, place: int, words: Words, texts: Iterator[str]) -> SectionNode:
    return SectionNode(
        key=f"part-{part}/section-{place}",
        number=f"{part}.{place + 1}" if part else "",
        title=words.title(),
        status="drafting",
        is_own=False,
        content_hash="0" * 64,
        revision=3,
        clearance=_APPROVED if place % 3 == 0 else None,
        answers=tuple(
            AnswerNode(f"prompt-{number}", words.title(), next(texts))
            for number in range(_ANSWERS_EACH)
        ),
    )


def _texts(words: Words, room: float) -> Iterator[str]:
    """One text after another, for ever, of so many characters each in the mean; blank when those
    before had more than that."""
    blocks = _blocks(words)
    written = 0
    for number in count():
        text = ""
        while written + len(text) < room * number + room / 2:
            text = f"{text}\n\n{next(blocks)}".strip()
        written += len(text)
        yield text


def _blocks(words: Words) -> Iterator[str]:
    """For ever, a paragraph and one of the other kinds in turn, most of them lists. Each sixth
    paragraph has a note, and each sixteenth block is a table: more than in the real brief that we
    know, which has none of either."""
    others = cycle([_list, _list, _numbers, _list, _list, _quote, _list, _table])
    for number in count(1):
        yield words.paragraph() if number % 6 else _with_note(words, number)
        yield next(others)(words)


def _with_note(words: Words, number: int) -> str:
    source = f"{words.title()}, {words.name()} {words.random.randint(1990, 2025)}."
    return f"{words.paragraph()}[^{number}]\n\n[^{number}]: {source}"


def _list(words: Words) -> str:
    return "\n".join(f"- {words.sentence()}" for _ in range(words.random.randint(3, 6)))


def _numbers(words: Words) -> str:
    return "\n".join(f"{number}. {words.sentence()}" for number in range(1, 4))


def _quote(words: Words) -> str:
    return f"> {words.sentence()}"


def _table(words: Words) -> str:
    years = range(2022, 2026)
    rows = [["Sector", *map(str, years)], [":--", *["--:" for _ in years]]]
    rows += [[words.phrase(), *[words.figure() for _ in years]] for _ in range(5)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
