from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm

MAX_COMMENT = 5000
_NO_REVISION = _("This page does not say which revision you read. Open it again, then decide.")


class RevisionForm(PlainForm, forms.Form):
    """Which revision was on the screen."""

    revision = forms.IntegerField(
        min_value=1, error_messages={"required": _NO_REVISION, "invalid": _NO_REVISION}
    )


class RequestForm(RevisionForm):
    """`as_typed`: the page shows the text as it is typed, so whatever stands is what is meant."""

    as_typed = forms.BooleanField(required=False)


class ApproveForm(RevisionForm):
    """`kind` is which of their sign-offs somebody gives, where they have several to give."""

    kind = forms.SlugField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "kind" not in self.data:
            cleaned["kind"] = None
        return cleaned


class OverrideForm(RevisionForm):
    comment = forms.CharField(
        label=_("Why it is approved without them"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Give the reason. It is printed with the text.")},
    )


class CountersignForm(RevisionForm):
    """`revision` is that of the override."""

    comment = forms.CharField(label=_("Remark"), max_length=MAX_COMMENT, required=False)


class RequestChangesForm(RevisionForm):
    comment = forms.CharField(
        label=_("Or say what must change"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say what must change.")},
    )
