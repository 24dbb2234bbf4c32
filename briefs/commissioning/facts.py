"""A brief's "at a glance" lines: what the cover takes, and how somebody types them, one a line, as
"Label: value". A colon within the label has a backslash before it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.lines import check_line, readable_line

MOST_FACTS = 40
LONGEST_FACT = 300  # characters, with the colon and the blank behind it

_LINE = re.compile(r"(?P<label>(?:\\[\\:]|\\(?![\\:])|[^\\:])*):(?P<value>.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\:])")
_BREAK = re.compile(r"\s*\n\s*")


def fits_the_cover(fact: Sequence[str]) -> bool:
    """Whether one fact, label and value, isn't too long."""
    return len(": ".join(fact)) <= LONGEST_FACT


def check_facts(facts: Sequence[Sequence[str]]) -> None:
    """Raises `ValidationError` for what a cover doesn't take: more or longer facts, a fact without
    label or value, a line break, and characters that nobody sees."""
    if len(facts) > MOST_FACTS or not all(map(fits_the_cover, facts)):
        raise ValidationError(
            _("At most %(most)s lines of %(longest)s characters each fit on the cover.")
            % {"most": MOST_FACTS, "longest": LONGEST_FACT}
        )
    for fact in facts:
        line = ": ".join(fact)
        if len(fact) != 2 or not all(fact) or "\n" in line:
            raise ValidationError(
                _("Write “%(line)s” as a label, a colon and a value.") % {"line": line}
            )
        check_line(line)


def read_facts(text: str) -> list[list[str]]:
    """The facts in a text. Raises `ValidationError` for what a cover doesn't take."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    facts = [_read(line.strip()) for line in lines if line.strip()]
    check_facts(facts)
    return facts


def write_facts(facts: Iterable[Sequence[str]]) -> str:
    """The text that `read_facts()` reads them from."""
    return "\n".join(f"{_escaped(label)}: {value}" for label, value in facts)


def tidy_fact(label: str, value: str) -> tuple[str, str]:
    """An imported fact as the cover has it: each half on one line, of characters that are seen."""
    return _tidy(label), _tidy(value)


def _read(line: str) -> list[str]:
    """Label and value; the whole line when there is no colon between them."""
    found = _LINE.fullmatch(line)
    if found is None:
        return [line]
    return [_ESCAPED.sub(r"\1", found["label"]).strip(), found["value"].strip()]


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace(":", "\\:")


def _tidy(half: str) -> str:
    half = half.replace("\r\n", "\n").replace("\r", "\n")
    return readable_line(unicodedata.normalize("NFC", _BREAK.sub(" ", half))).strip()
