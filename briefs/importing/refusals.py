"""A refusal of a brief's data as sentences that name what they are about."""

from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model

from briefs.models import Brief


def sentences_of(refusal: ValidationError) -> list[str]:
    """The sentences of a refusal; one that is about a field begins with the field's name."""
    if not hasattr(refusal, "error_dict"):
        return refusal.messages
    return [
        f"{_name(field)}: {sentence}"
        for field, sentences in refusal.message_dict.items()
        for sentence in sentences
    ]


def _name(field: str) -> str:
    fields = fields_for_model(Brief, fields=[field])
    return str(fields[field].label) if fields else field.capitalize()
