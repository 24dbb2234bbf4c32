from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.plain_form import PlainForm
from briefs.models import LooseText
from briefs.placing.targets import Targets


class PlaceForm(PlainForm, forms.Form):
    """Which piece of a loose text goes under which prompt."""

    piece = forms.CharField(
        label=gettext_lazy("Text to move"),
        strip=False,
        help_text=gettext_lazy(
            "Cut away at the beginning or the end what should not move; it goes on waiting here."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "class": "prose"}),
    )

    def __init__(
        self, targets: Targets, typed: Mapping[str, Any] | None = None, *, loose: LooseText
    ) -> None:
        super().__init__(typed, initial=targets.initial(loose))
        self.fields["target"] = forms.ChoiceField(
            label=_("Put it at the end of"),
            choices=[("", _("Choose a prompt")), *targets.choices],
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def add_refusal(self, refusal: ValidationError) -> None:
        """Puts each sentence beside its field; one about the target's length stands beside the
        target."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, mistakes in refusal.error_dict.items():
            self.add_error(name if name in self.fields else "target", mistakes)


class DismissForm(PlainForm, forms.Form):
    """Why a loose text isn't needed."""

    reason = forms.CharField(label=gettext_lazy("Why this text isn’t needed"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
