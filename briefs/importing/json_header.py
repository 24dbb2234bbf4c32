"""What a brief as JSON says of itself, and whether it is of a size that a brief can have."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.lines import readable_line
from briefs.commissioning.facts import MOST_FACTS, fits_the_cover, tidy_fact
from briefs.document.text import normalise, size
from briefs.document.tree import Document, LooseKind
from briefs.importing.header import is_language
from briefs.importing.json_values import line_of
from briefs.importing.report import FoundLoose, Header, Oddity, OddityKind

MOST_TEXTS = 10_000
MOST_BYTES = 10 * 1024 * 1024  # of all texts, which may have come in with several imports
LONGEST_LINE, LONGEST_MARK = 200, 60

_BREAK = re.compile(r"\s*[\r\n]\s*")


def check_is_of_bearable_size(document: Document) -> None:
    """Before anything is made of each text: a brief has some hundreds. Raises
    `ValidationError`."""
    for name, line, most in (
        ("title", document.title, LONGEST_LINE),
        ("subject", document.subject, LONGEST_LINE),
        ("reference", document.reference, LONGEST_MARK),
        ("marking", document.marking, LONGEST_MARK),
    ):
        if len(line) > most:
            raise ValidationError(
                _("“%(name)s” has %(size)s characters; it takes %(most)s at most. Shorten it.")
                % {"name": name, "size": f"{len(line):,}", "most": most}
            )
    texts = list(_texts(document))
    if len(texts) > MOST_TEXTS:
        raise ValidationError(
            _("The file holds more than %(most)s texts, which no brief has. Divide it.")
            % {"most": f"{MOST_TEXTS:,}"}
        )
    if sum(map(size, texts)) > MOST_BYTES:
        raise ValidationError(
            _("The texts of the file have more than %(most)s MB, which no brief has. Divide it.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )


def read_header(
    document: Document, oddities: list[Oddity]
) -> tuple[Header, tuple[FoundLoose, ...]]:
    """What the brief is called and is on, and the facts that its cover doesn't take. What is odd
    is added to `oddities`."""
    facts: list[tuple[str, str]] = []
    parked = []
    for node in document.facts:
        fact = tidy_fact(node.label, node.value)
        if all(fact) and fits_the_cover(fact) and len(facts) < MOST_FACTS:
            facts.append(fact)
            continue
        text, line = normalise(f"{node.label}: {node.value}"), line_of(node.label)
        parked.append(FoundLoose(LooseKind.PARKED, None, text, line))
        sentence = _("This is no fact that the cover takes; it is parked beside the brief.")
        oddities.append(Oddity(line, OddityKind.FRONT_MATTER, sentence))
    header = Header(
        title=_line(document.title),
        subject=_line(document.subject),
        country=_line(document.country),
        language=_language(document.language, oddities),
        reference=_line(document.reference),
        marking=_line(document.marking),
        date=document.date,
        facts=tuple(facts),
    )
    return header, tuple(parked)


def _language(tag: str, oddities: list[Oddity]) -> str:
    if is_language(tag):
        return str(tag)
    if tag:
        sentence = _("“%(tag)s” is the tag of no language; the template's language is taken.")
        sentence %= {"tag": _line(tag)[:40]}
        oddities.append(Oddity(line_of(tag), OddityKind.FRONT_MATTER, sentence))
    return ""


def _line(text: str) -> str:
    """On one line, of characters that are seen."""
    return readable_line(_BREAK.sub(" ", str(text))).strip()


def _texts(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield section.title
        for answer in section.answers:
            yield answer.text
    for loose in document.loose:
        yield loose.text
    for fact in document.facts:
        yield fact.value
