from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.plain_form import PlainForm
from briefs.drafting.record import find_revision
from briefs.models import Revision, Section
from briefs.prompts import Question
from briefs.revisions import latest_revision

# What "to" says for the text that somebody is writing, which has no number yet.
TYPED = "typed"


class CompareForm(PlainForm, forms.Form):
    """Which two revisions: `old` is None for the time before anything was written. `wants_typed`:
    `new` is None, as it is to be what is typed now. Where nothing is, that is the newest."""

    old: Revision | None = None
    new: Revision | None = None
    wants_typed = False

    def __init__(
        self, section: Section, user: User, asked: dict[str, str], *, is_typed_in: bool
    ) -> None:
        super().__init__(asked)
        self.section = section
        self.user = user
        self.is_typed_in = is_typed_in
        # "from" is a word of Python's, so the fields are named here.
        self.fields["from"] = forms.CharField(label=_("From revision"), max_length=20)
        self.fields["to"] = forms.CharField(label=_("To revision"), max_length=20)

    def clean(self) -> dict[str, Any]:
        self.old = self._revision("from")
        if self.cleaned_data.get("to") != TYPED:
            self.new = self._revision("to")
        elif self.is_typed_in:
            self.wants_typed = True
        else:
            self.new = latest_revision(self.section)
        return self.cleaned_data

    def _revision(self, field: str) -> Revision | None:
        if field not in self.cleaned_data:
            return None
        try:
            return find_revision(self.section, self.cleaned_data[field], self.user)
        except ValidationError as mistake:
            self.add_error(field, mistake)
            return None


class RestoreForm(PlainForm, forms.Form):
    """Which prompts to bring back, and the newest revision that the person saw."""

    started_from = forms.IntegerField(
        min_value=0,
        error_messages={
            "required": _("This page does not say which text you saw. Open it again, then restore.")
        },
    )

    def __init__(
        self, questions: list[Question], posted: MultiValueDict[str, str] | None = None
    ) -> None:
        super().__init__(posted)
        self.chosen = posted.getlist("prompts") if posted else []
        self.fields["prompts"] = forms.MultipleChoiceField(
            choices=[(question.key, question.label) for question in questions],
            error_messages={"required": _("Choose at least one text to bring back.")},
        )
