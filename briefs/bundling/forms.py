from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.lines import check_lines
from briefs.export.formats import ExportFormat
from briefs.export.forms import TextForm
from briefs.models import Bundle

FORMATS = {**dict(ExportFormat.choices), Bundle.BOOK: _("One PDF of all, as a book")}


class BundleForm(TextForm):
    """In which format, and which text of each brief."""

    file_format = forms.ChoiceField(
        label=_("Format"),
        choices=[*FORMATS.items()],
        initial=ExportFormat.PDF.value,
    )
    title = forms.CharField(
        label=_("Title of the book"),
        max_length=200,
        required=False,
        help_text=_("On its cover. Only for a book."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ["file_format", "title", "text"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"token": uuid4()})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["title"] = " ".join(cleaned.get("title", "").split())
        check_lines(title=cleaned["title"])
        if cleaned.get("file_format") == Bundle.BOOK and not cleaned["title"]:
            self.add_error(
                "title", gettext("A book needs a title, such as “Briefs for the visit”.")
            )
        return cleaned
