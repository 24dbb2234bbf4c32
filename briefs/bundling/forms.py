from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm
from briefs.document.tree import TextState
from briefs.export.formats import ExportFormat
from briefs.export.forms import TextForm


class BundleForm(PlainForm, forms.Form):
    """In which format, and which text of each brief."""

    file_format = forms.ChoiceField(
        label=_("Format"), choices=ExportFormat.choices, initial=ExportFormat.PDF.value
    )
    text = forms.ChoiceField(
        label=_("Which text"),
        choices=TextForm.TEXTS,
        widget=forms.RadioSelect,
        initial=TextState.APPROVED.value,
    )

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
