"""A brief's "at a glance" lines as somebody types them: one fact a line, "Label: value"."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_FACTS = 40
LONGEST_FACT = 300  # characters


def read_facts(text: str) -> list[list[str]]:
    """The facts in a text. Raises `ValidationError` for a line without a label and a value, and for
    more or longer lines than a cover holds."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_FACTS or any(len(line) > LONGEST_FACT for line in lines):
        raise ValidationError(
            _("At most %(most)s lines of %(longest)s characters each fit on the cover.")
            % {"most": MOST_FACTS, "longest": LONGEST_FACT}
        )
    facts = [[half.strip() for half in line.split(":", 1)] for line in lines]
    for line, fact in zip(lines, facts, strict=True):
        if len(fact) != 2 or not all(fact):
            raise ValidationError(
                _("Write “%(line)s” as a label, a colon and a value.") % {"line": line}
            )
    return facts


def write_facts(facts: list[list[str]]) -> str:
    """The text that `read_facts()` reads them from."""
    return "\n".join(f"{label}: {value}" for label, value in facts)
