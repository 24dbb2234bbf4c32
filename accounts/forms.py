from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    BaseUserCreationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.plain_form import PlainForm
from accounts.time_zones import time_zone_choices


class SignInForm(PlainForm, AuthenticationForm):
    """Sign in by e-mail. The field stays named "username", by which Django and axes know it."""

    username = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )

    error_messages = {
        "invalid_login": _(
            "No account in use has this e-mail address and password. "
            "Check both, or reset the password."
        ),
        "inactive": _("This account is no longer in use. Ask the manager of your brief."),
    }

    def clean_username(self) -> str:
        email: str = self.cleaned_data["username"]
        return email.lower()


class ResetForm(PlainForm, PasswordResetForm):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


class OwnPasswordForm(PlainForm, PasswordChangeForm):
    """A new password, by whoever knows the old one."""


class NewPasswordForm(PlainForm, SetPasswordForm):  # type: ignore[type-arg]
    """A new password, by whoever has the link from the e-mail."""


class ProfileForm(PlainForm, forms.ModelForm[User]):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices)

    class Meta:
        model = User
        fields = ["name", "time_zone", "theme", "has_plain_text_box"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}
        help_texts = {
            "name": _("As it stands in the history and in the clearance table of a brief."),
            "has_plain_text_box": _(
                "For screen readers, and for whoever likes it better: text shows as it is typed, "
                "without the editor’s help for lists, tables and pasting."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].label = _("Theme")
        self.fields["name"].label = _("Name")
        self.fields["has_plain_text_box"].label = _("Write in plain text boxes")


class AccountCreationForm(PlainForm, BaseUserCreationForm[User]):
    class Meta:
        model = User
        fields = ["email", "name"]
