import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.lines import check_lines
from accounts.plain_form import PlainForm
from briefs.drafting.picture_file import check_size
from briefs.models import HouseStyle
from briefs.printing.actions import HouseWish
from briefs.printing.contrast import contrast_with_white

LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
TEXT = {"dir": "auto"}


class HouseStyleForm(PlainForm, forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("At the head of the cover, such as “Ministry of Foreign Affairs”."),
        widget=forms.TextInput(attrs=TEXT),
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Below it, such as “Directorate for Europe”."),
        widget=forms.TextInput(attrs=TEXT),
    )
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        help_text=gettext_lazy("Of headings, rules and links."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG or JPEG, at most 5 MB; printed up to 42 mm wide."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        allow_empty_file=True,
    )
    has_no_logo = forms.BooleanField(label=gettext_lazy("Print no logo"), required=False)

    def __init__(self, style: HouseStyle, data: Any = None, files: Any = None) -> None:
        initial = {
            "seen": style.version,
            "organisation": style.organisation,
            "unit": style.unit,
            "colour": style.colour,
        }
        super().__init__(data, files, initial=initial)
        if not style.logo:
            del self.fields["has_no_logo"]

    def clean_colour(self) -> str:
        colour = str(self.cleaned_data["colour"]).lower()
        contrast = contrast_with_white(colour)
        if contrast is None:
            raise ValidationError(_("Write the colour as # and six digits, such as #1f3a5f."))
        if contrast < LEAST_CONTRAST:
            raise ValidationError(
                _(
                    "This colour is too light to be read on white: its contrast is %(contrast).1f "
                    "to 1, and 4.5 is the least. Choose a darker one."
                )
                # Rounded down: 4.48 isn't the 4.5 that it would be written as.
                % {"contrast": math.floor(contrast * 10) / 10}
            )
        return colour

    def clean_logo(self) -> bytes | None:
        sent = self.cleaned_data["logo"]
        if sent is None:
            return None
        check_size(sent.size)
        content: bytes = sent.read()
        return content

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("organisation", "unit"):
            cleaned[name] = " ".join(cleaned.get(name, "").split())
        check_lines(organisation=cleaned["organisation"], unit=cleaned["unit"])
        return cleaned

    def show_now(self, style: HouseStyle) -> None:
        """Has the next press mean it, after somebody else's change was told."""
        self.data = dict(self.data.items()) | {"seen": str(style.version)}

    @property
    def wish(self) -> HouseWish:
        said = self.cleaned_data
        logo = b"" if said.get("has_no_logo") and said["logo"] is None else said["logo"]
        return HouseWish(said["seen"], said["organisation"], said["unit"], said["colour"], logo)
