"""Choosing a file, and saying what the brief made of it is called."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.models import User
from accounts.plain_form import PlainForm
from briefs.brief_templates.outlines import outline_of, outline_of_brief
from briefs.document.outline import Outline
from briefs.drafting.picture_file import none_known
from briefs.drafting.pictures import known_in
from briefs.importing.actions import NewBrief
from briefs.importing.opening import LONGEST_SIGNATURE, check_file_size, open_file
from briefs.importing.reading import read_opened
from briefs.importing.report import Reading
from briefs.importing.sealing import SentFile, seal, unseal
from briefs.models import Brief, BriefTemplate

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

ACCEPTED = (
    ".docx,.md,.markdown,.txt,text/markdown,.json,application/json,"
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)


def _country_choices() -> list[tuple[str, str]]:
    return [("", str(_("As the file says, or none"))), *countries]


class FileForm(PlainForm, forms.Form):
    """A file to be read against an outline, of the brief that it goes into if there is one. Valid,
    it has `sent` and `reading`."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A Word file (.docx) of at most 20 MB, a Markdown file (UTF-8) of at most 2 MB, or a "
            "brief that was exported as JSON. "
            "Nothing is stored yet."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )
    sent: SentFile
    reading: Reading

    def __init__(self, *args: Any, into: Brief | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outline = outline_of_brief(into) if into else None
        self.known = known_in(into) if into else none_known

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outline = self.outline_asked(cleaned)
        file = cleaned.get("file")
        if file is None or outline is None:
            return cleaned
        try:
            check_file_size(file.size, file.read(LONGEST_SIGNATURE))
            file.seek(0)
            opened = open_file(file.read(), self.known)
            self.sent = SentFile(
                file.name,
                opened.text,
                is_converted=opened.is_converted,
                remarks=opened.remarks,
                pictures=opened.pictures,
            )
            self.reading = read_opened(opened, outline, self.known)
        except ValidationError as refusal:
            self.add_error("file", refusal)
        return cleaned

    def outline_asked(self, cleaned: dict[str, Any]) -> Outline | None:
        return self.outline


class NewBriefFileForm(FileForm):
    """A file of which a brief is to be made."""

    country = forms.ChoiceField(label=_("Country"), choices=_country_choices, required=False)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        required=False,
        help_text=_("Only when the brief is on something else than a country."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    template = forms.ModelChoiceField(BriefTemplate.objects.none(), label=_("Template"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = BriefTemplate.objects.newest_versions()
        field = self.fields["template"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = templates
        field.empty_label = None
        field.initial = templates.first()

    def outline_asked(self, cleaned: dict[str, Any]) -> Outline | None:
        template = cleaned.get("template")
        return outline_of(template) if template else None


class ConfirmForm(PlainForm, forms.Form):
    """A file that was reported on, to be stored. Valid, it has `sent` and `reading`.

    It asks for the file once more when that is too large for the page to carry it."""

    sealed = forms.CharField(widget=forms.HiddenInput, strip=False)
    file = forms.FileField(
        label=_("The file once more"),
        required=False,
        help_text=_(
            "It is too large to be kept by this page, as files with pictures are. Nothing is "
            "stored before you have chosen it again."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    sent: SentFile
    reading: Reading

    def __init__(self, *args: Any, user: User, into: Brief | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.outline = outline_of_brief(into) if into else None
        self.known = known_in(into) if into else none_known

    @classmethod
    def of(cls, file: SentFile, user: User, **initial: Any) -> "ConfirmForm":
        """The form to be shown below a report."""
        sealed = seal(file, user)
        form = cls(user=user, initial={"sealed": sealed, **initial})
        if unseal(sealed, user).digest:
            form.fields["file"].required = True
        else:
            del form.fields["file"]
        return form

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outline = self.outline_asked(cleaned)
        if "sealed" in cleaned and outline is not None:
            sent = self.file_again(unseal(cleaned["sealed"], self.user), cleaned.get("file"))
            self.reading = read_opened(sent.opened, outline, self.known)
            self.sent = sent
        return cleaned

    def file_again(self, sent: SentFile, file: "UploadedFile[bytes] | None") -> SentFile:
        """The file that was sealed, with its text."""
        if not sent.digest:
            del self.fields["file"]
            return sent
        self.fields["file"].required = True
        if file is None:
            raise ValidationError(
                _("Choose “%(name)s” once more: a file of this size isn't kept meanwhile.")
                % {"name": sent.name}
            )
        check_file_size(file.size or 0, file.read(LONGEST_SIGNATURE))
        file.seek(0)
        return sent.with_opened(open_file(file.read(), self.known))

    def outline_asked(self, cleaned: dict[str, Any]) -> Outline | None:
        return self.outline


class ConfirmNewBriefForm(ConfirmForm):
    """The same for a new brief, with what it is called and on."""

    template = forms.ModelChoiceField(BriefTemplate.objects.all(), widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    country = forms.ChoiceField(label=_("Country"), choices=_country_choices, required=False)

    def outline_asked(self, cleaned: dict[str, Any]) -> Outline | None:
        template = cleaned.get("template")
        return outline_of(template) if template else None

    @property
    def new_brief(self) -> NewBrief:
        """What was confirmed. Of a valid form."""
        return NewBrief(
            template=self.cleaned_data["template"],
            country=self.cleaned_data["country"],
            title=self.cleaned_data["title"],
            subject=self.cleaned_data["subject"],
            source=self.sent.name,
            upload=self.sent.upload,
        )
