"""A brief's "at a glance" lines as somebody types them: one fact a line, "Label: value"."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def read_facts(text: str) -> list[list[str]]:
    """The facts in a text. Raises `ValidationError` for a line without a label and a value."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
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
