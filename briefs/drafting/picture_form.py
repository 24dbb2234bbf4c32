"""Choosing a picture and saying what it shows; on a page of its own, also where it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm
from briefs.document.pictures import MAX_ALT
from briefs.drafting.picture_file import check_size
from briefs.prompts import Question


class PictureUploadForm(PlainForm, forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("A PNG or JPEG file of at most 5 MB. Where and how it was taken is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
        allow_empty_file=True,
    )
    alt = forms.CharField(
        label=_("What the picture shows"),
        help_text=_(
            "For readers who can’t see it. Say what one learns from it: not “chart”, but “Exports "
            "fell from 2020 on”."
        ),
        max_length=MAX_ALT,
    )

    def clean_file(self) -> bytes:
        sent = self.cleaned_data["file"]
        check_size(sent.size)
        content: bytes = sent.read()
        return content


class PictureForm(PictureUploadForm):
    prompt = forms.ChoiceField(
        label=_("At the end of"), help_text=_("You can move it within the text afterwards.")
    )

    def __init__(self, questions: list[Question], title: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["prompt"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(question.key, question.label or title) for question in questions]
