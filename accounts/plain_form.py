"""What a form says of a field that was left empty, and where whoever is refused lands, in every
form of the house."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils.text import capfirst
from django.utils.translation import gettext as _

UNNAMED = forms.Field.default_error_messages["required"]


class PlainForm(forms.BaseForm):
    """Names the field, where Django says “This field is required.” and leaves it open which.

    A field with a sentence of its own, by `error_messages`, keeps that. The page that comes back
    has the focus on the first field that is wrong, and where there is none, on the first sentence.
    """

    @property
    def first_mistake(self) -> str | None:
        """The name of the first field in sight that is wrong."""
        wrong = (name for name in self.fields if name in self.errors)
        return next((name for name in wrong if not self.fields[name].widget.is_hidden), None)

    @property
    def page_mistakes(self) -> list[str]:
        """What is wrong with no field in sight: the form as a whole, and what is hidden in it."""
        hidden = [str(each) for field in self.hidden_fields() for each in field.errors]
        return list(dict.fromkeys([*map(str, self.non_field_errors()), *hidden]))

    def add_error(self, field: str | None, error: Any) -> None:
        if field is not None and getattr(error, "message", None) == UNNAMED:
            error = ValidationError(self._sentence_if_empty(field), code="required")
        super().add_error(field, error)
        for name, each in self.fields.items():
            each.widget.attrs.pop("autofocus", None)
            if name == self.first_mistake:
                each.widget.attrs["autofocus"] = True

    def _sentence_if_empty(self, name: str) -> str:
        field = self.fields[name]
        if field.widget.is_hidden:
            return _("Something is missing from this page. Open it again, then repeat this step.")
        label = {"label": capfirst(field.label or pretty_name(name))}
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField):
            return _("Choose something under “%(label)s”.") % label
        return _("Fill in “%(label)s”.") % label
