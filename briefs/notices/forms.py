from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.plain_form import PlainForm
from briefs.models.notice import Delivery
from briefs.notices.choices import choices_of
from briefs.notices.kinds import KINDS
from briefs.notices.reading import briefs_told_of
from briefs.overview.forms import FilterForm


class NoticeFilterForm(FilterForm):
    kind = forms.ChoiceField(
        label=_("About"),
        required=False,
        choices=[("", _("Anything")), *((kind.key, kind.label) for kind in KINDS)],
    )
    brief = forms.ChoiceField(label=_("Brief"), required=False)
    unread = forms.BooleanField(label=_("Only unread"), required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["brief"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Any brief")), *briefs_told_of(user)]


class NoticeSettingsForm(PlainForm, forms.Form):
    """One choice for each kind of notice, in the order of the table."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = choices_of([user.pk])[user.pk]
        for kind in KINDS:
            self.fields[kind.key] = forms.ChoiceField(
                label=str(kind.label), choices=Delivery.choices, initial=now[kind.key]
            )

    @property
    def wanted(self) -> dict[str, Delivery]:
        return {kind: Delivery(value) for kind, value in self.cleaned_data.items()}
