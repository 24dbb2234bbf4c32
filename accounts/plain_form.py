"""What a form says of a field that was left empty, in every form of the house."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils.text import capfirst
from django.utils.translation import gettext as _

UNNAMED = forms.Field.default_error_messages["required"]


class PlainForm(forms.BaseForm):
    """Names the field, where Django says “This field is required.” and leaves it open which.

    A field with a sentence of its own, by `error_messages`, keeps that.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        if field is not None and getattr(error, "message", None) == UNNAMED:
            error = ValidationError(self._sentence_if_empty(field), code="required")
        super().add_error(field, error)

    def _sentence_if_empty(self, name: str) -> str:
        field = self.fields[name]
        if field.widget.is_hidden:
            return _("Something is missing from this page. Open it again, then repeat this step.")
        label = {"label": capfirst(field.label or pretty_name(name))}
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField):
            return _("Choose something under “%(label)s”.") % label
        return _("Fill in “%(label)s”.") % label
