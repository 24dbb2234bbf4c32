from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm
from briefs.document.tree import TextState


class ExportForm(PlainForm, forms.Form):
    TEXTS: ClassVar = [
        (TextState.APPROVED.value, _("Approved text")),
        (TextState.WORKING.value, _("Working text, marked DRAFT on every page")),
    ]

    text = forms.ChoiceField(
        label=_("Which text"),
        choices=TEXTS,
        widget=forms.RadioSelect,
        initial=TextState.APPROVED.value,
        error_messages={"required": _("Choose the approved or the working text.")},
    )
