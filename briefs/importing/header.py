"""The front matter of a file, whole or broken: what it says of the brief."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.lines import readable_line
from briefs.commissioning.facts import LONGEST_FACT, MOST_FACTS, fits_the_cover, tidy_fact
from briefs.document.front_matter import read_pair, read_scalar
from briefs.importing.matching import split_number
from briefs.importing.report import Header, Oddity, OddityKind

MOST_LINES = 200

_FENCE = re.compile(r"-{3,}[ \t]*")
_CLOSING = re.compile(r"(?:-{3,}|\.{3})[ \t]*")
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_LATER_FIELD = re.compile(r"(?P<key>[A-Za-z]+)\s*:\s*(?P<value>[\"'].*)", re.DOTALL)
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TEMPLATE = re.compile(r"(?P<key>[-a-z0-9_]+)(?:\s+(?P<version>[0-9]+))?")
_PLAIN_KEYS = ("title", "subject", "reference", "marking")
_OF_THE_FILE = ("text", "edition", "unapproved", "changes")  # true of that file, not of the brief
_KNOWN = frozenset(
    {*_PLAIN_KEYS, *_OF_THE_FILE, "country", "language", "date", "facts", "template"}
)


@dataclass(slots=True)
class FrontMatter:
    """What was read, and the line (from 0) at which the text begins.

    `template` is the key of the outline that a file of our own names, blank in any other.
    `unplaced` are the lines, from 0, that say something of the brief but have no place in its data.
    """

    header: Header
    end: int
    template: str = ""
    oddities: list[Oddity] = field(default_factory=list)
    unplaced: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Field:
    """`entries` are the lines below it, by their number; all are counted from 1."""

    key: str
    value: str
    line: int
    entries: dict[int, str] = field(default_factory=dict)


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Reads the fields between two fences at the very top; without any, the text begins at 0."""
    opening = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    if opening == len(lines) or not _FENCE.fullmatch(lines[opening]):
        return FrontMatter(Header(), 0)
    fields, end, is_closed = _fields(lines, opening + 1)
    if not fields or not (is_closed or any(found.key in _KNOWN for found in fields)):
        return FrontMatter(Header(), 0)
    found = FrontMatter(Header(), end)
    if not is_closed:
        sentence = _("The front matter opens here and is never closed; it was read up to the text.")
        found.oddities.append(Oddity(opening + 1, OddityKind.FRONT_MATTER, sentence))
    # Whether the file is one of ours decides how its title is read.
    for each in sorted(fields, key=lambda each: each.key != "template"):
        _take(found, each)
    return found


def read_stray_field(text: str) -> tuple[str, str] | None:
    """The field of a front matter that became Markdown once, such as a heading `title: "x"`."""
    match = _LATER_FIELD.fullmatch(text.strip())
    if match is None or match["key"].casefold() not in _KNOWN:
        return None
    return match["key"].casefold(), clean_title(read_scalar(match["value"]))[0]


def is_language(tag: str) -> bool:
    """Whether a text has the form of a tag of BCP 47, and is no longer than a brief takes."""
    return _LANGUAGE.fullmatch(tag) is not None and len(tag) <= 12


def clean_title(title: str) -> tuple[str, str]:
    """A title without what only sorts it: blanks before it, and a number, which comes second."""
    title = " ".join(title.replace("\\.", ".").split())
    number, rest = split_number(title)
    return rest, number


def _fields(lines: Sequence[str], start: int) -> tuple[list[_Field], int, bool]:
    """The fields, the line after them, and whether a fence closes them."""
    fields: list[_Field] = []
    for at in range(start, min(len(lines), start + MOST_LINES)):
        line = lines[at]
        if _CLOSING.fullmatch(line):
            return fields, at + 1, True
        match = _FIELD.fullmatch(line.rstrip())
        if match:
            fields.append(_Field(match["key"].casefold(), match["value"] or "", at + 1))
        elif fields and line[:1] in (" ", "\t", "-") and line.strip():
            fields[-1].entries[at + 1] = line.strip()
        elif line.strip():
            return fields, at, False
    return fields, min(len(lines), start + MOST_LINES), False


def _take(found: FrontMatter, each: _Field) -> None:
    value = readable_line(read_scalar(each.value))
    if each.key == "template":
        match = _TEMPLATE.fullmatch(value)
        found.template = match["key"] if match else ""
        return
    if each.key in _OF_THE_FILE:
        return
    if each.key == "facts":
        _take_facts(found, each)
        return
    entries = [readable_line(entry) for entry in each.entries.values()]
    value = " ".join([value, *entries]).strip() if entries else value
    if each.key == "title":
        _take_title(found, value, each.line)
    elif each.key in _PLAIN_KEYS:
        plain: Any = {each.key: value.strip()}
        found.header = replace(found.header, **plain)
    elif not _take_coded(found, each.key, value.strip()):
        sentence = _("“%(key)s: %(value)s” says nothing that a brief has a place for; left off.")
        found.oddities.append(
            Oddity(
                each.line,
                OddityKind.FRONT_MATTER,
                sentence % {"key": each.key, "value": value[:200]},
            )
        )


def _take_facts(found: FrontMatter, each: _Field) -> None:
    facts = list(found.header.facts)
    lines = {each.line: each.value} if each.value.strip() not in ("", "[]") else {}
    for line, entry in (lines | each.entries).items():
        pair = read_pair(entry.removeprefix("-"))
        fact = tidy_fact(*pair) if pair and line != each.line else ("", "")
        if all(fact) and fits_the_cover(fact) and len(facts) < MOST_FACTS:
            facts.append(fact)
            continue
        if all(fact):
            sentence = _(
                "The cover takes %(most)s facts of %(longest)s characters each; this one is "
                "parked beside the brief."
            ) % {"most": MOST_FACTS, "longest": LONGEST_FACT}
        else:
            sentence = _(
                "This is no fact for the cover, which has a label, a colon and a value; it is "
                "parked beside the brief."
            )
        found.unplaced.add(line - 1)
        found.oddities.append(Oddity(line, OddityKind.FRONT_MATTER, sentence))
    found.header = replace(found.header, facts=tuple(facts))


def _take_title(found: FrontMatter, value: str, line: int) -> None:
    if found.template:
        found.header = replace(found.header, title=value)
        return
    title, number = clean_title(value)
    found.header = replace(found.header, title=title)
    if number or value != value.strip():
        sentence = _("The title is padded or numbered to be sorted by; “%(title)s” was taken.")
        found.oddities.append(Oddity(line, OddityKind.FRONT_MATTER, sentence % {"title": title}))


def _take_coded(found: FrontMatter, key: str, value: str) -> bool:
    if key == "country" and _COUNTRY.fullmatch(value):
        found.header = replace(found.header, country=value.upper())
    elif key == "language" and is_language(value):
        found.header = replace(found.header, language=value)
    elif key == "date":
        try:
            found.header = replace(found.header, date=dt.date.fromisoformat(value))
        except ValueError:
            return False
    else:
        return not value
    return True
