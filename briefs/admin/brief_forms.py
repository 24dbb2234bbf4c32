"""The forms of the brief's own pages, as the admin wants them: with a row behind them."""

from typing import Any

from django import forms

from briefs.admin.refusing import RefusingForm
from briefs.commissioning.actions import brief_data
from briefs.commissioning.forms.brief import BriefAddForm, BriefChangeForm, initial_of
from briefs.models import Brief

WIDTHS = {forms.TextInput: "vTextField", forms.Textarea: "vLargeTextField"}


def widen(fields: dict[str, forms.Field]) -> None:
    for field in fields.values():
        if type(field.widget) in WIDTHS:
            field.widget.attrs["class"] = WIDTHS[type(field.widget)]


class NewBriefForm(BriefAddForm, RefusingForm):
    class Meta:
        model = Brief
        fields = ("template",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widen(self.fields)


class ChangedBriefForm(BriefChangeForm, RefusingForm):
    class Meta:
        model = Brief
        fields = ("title",)

    def __init__(self, *args: Any, instance: Brief, **kwargs: Any) -> None:
        self.now = initial_of(brief_data(instance))
        super().__init__(
            *args, instance=instance, initial=self.now, language=instance.language, **kwargs
        )
        widen(self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.mistake is not None:
            self.show_now(self.now)
        return cleaned
