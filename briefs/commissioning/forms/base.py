"""What the forms of this step share: their frame, dates, and what each was opened on."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.plain_form import PlainForm

TEXT = {"dir": "auto"}


def date_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A date by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class ManagersForm(PlainForm, forms.Form):
    """A form that stands inside the page's own form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def add_refusal(self, refusal: ValidationError) -> None:
        """Puts each sentence beside its field, or above the form when it has none."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, mistakes in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, mistakes)

    def open_on(self, now: Mapping[str, Any], untouched: Iterable[str] = ()) -> None:
        """After a conflict was shown: the next press starts from what stands `now`, and a field
        that was left as it was shows it, so that it isn't taken for a change."""
        data: Any = copy(self.data)
        for name in ("seen", *untouched):
            if isinstance(now[name], list):
                data.setlist(name, now[name])
            else:
                data[name] = now[name]
        self.data = data

    def choices_of(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def sign_seen(opened_on: Mapping[str, Any], salt: str) -> str:
    """What a form is opened on, to be carried by it and compared with what comes back."""
    return signing.dumps(dict(opened_on), salt=salt, compress=True)


def read_seen(text: str, salt: str) -> dict[str, Any]:
    """What a form of ours was opened on. Raises `ValidationError` for anything else."""
    try:
        opened_on: dict[str, Any] = signing.loads(text, salt=salt)
    except signing.BadSignature as unreadable:
        raise ValidationError(
            gettext("This form is out of date. Open the page again.")
        ) from unreadable
    return opened_on
