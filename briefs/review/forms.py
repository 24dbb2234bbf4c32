from django import forms
from django.utils.translation import gettext_lazy as _

MAX_COMMENT = 5000
_NO_REVISION = _("This page does not say which revision you read. Open it again, then decide.")


class RevisionForm(forms.Form):
    """Which revision was on the screen."""

    revision = forms.IntegerField(
        min_value=1, error_messages={"required": _NO_REVISION, "invalid": _NO_REVISION}
    )


class RequestChangesForm(RevisionForm):
    comment = forms.CharField(
        label=_("Or say what must change"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say what must change.")},
    )
