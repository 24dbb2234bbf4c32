from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm
from briefs.models import Section
from briefs.prompts import Question
from briefs.suggesting.actions import MAX_REASON

_LEAD = 400
_NO_REVISION = _("This page does not say which revision you read. Open it again, then decide.")


class PassageForm(PlainForm, forms.Form):
    """Words as they are read. `before` is what stands before them, where a script knows it."""

    prompt = forms.ChoiceField(label=_("Under"))
    quote = forms.CharField(
        label=_("Words as they stand in the text"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Copy the words that you would write differently.")},
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, section: Section, questions: Sequence[Question], *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["prompt"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.label or section.title) for one in questions]

    def clean_before(self) -> str:
        before: str = self.cleaned_data["before"]
        return before[-_LEAD:]


class RevisionForm(PlainForm, forms.Form):
    """Which revision was on the screen."""

    revision = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": _NO_REVISION, "invalid": _NO_REVISION},
    )

    @property
    def hidden_mistakes(self) -> str:
        """What is wrong with what the page itself sent, once each."""
        mistakes = [str(each) for field in self.hidden_fields() for each in field.errors]
        return " ".join(dict.fromkeys(mistakes))


class SuggestionForm(RevisionForm):
    """Other words for a passage of that revision."""

    prompt = forms.CharField(widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    length = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    new = forms.CharField(
        label=_("As you would write it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "class": "prose"}),
        help_text=_("With the marks of the text: **bold**, *italic*. Left empty, it is taken out."),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class DeclineForm(PlainForm, forms.Form):
    reason = forms.CharField(label=_("Why not"), required=False, max_length=MAX_REASON)
