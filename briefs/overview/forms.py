"""What lists are filtered by. A filter that can't be read is named on the page and left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from briefs.models import Activity, Brief, Membership, Section
from briefs.overview.happenings import people_of
from briefs.overview.search import MOST_WORDS, words_of

ALL_APPROVED = "all_approved"
SORTS = {"title": _("Title"), "changed": _("Last changed"), "due": _("Next due")}


class FilterForm(forms.Form):
    """The look of a filter: the fields stand in one row, without crispy's layout."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            look = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            is_box = isinstance(field, forms.BooleanField)
            field.widget.attrs["class"] = "form-check-input" if is_box else look


class BriefFilterForm(FilterForm):
    q = forms.CharField(
        label=_("Words in titles and text"),
        max_length=200,
        required=False,
        widget=forms.SearchInput(attrs={"dir": "auto"}),
    )
    state = forms.ChoiceField(
        label=_("With sections"),
        required=False,
        choices=[
            ("", _("In any state")),
            *Section.State.choices,
            (ALL_APPROVED, _("All of them approved")),
        ],
    )
    role = forms.ChoiceField(
        label=_("My role"),
        required=False,
        choices=[("", _("Any role")), *Membership.Role.choices],
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(SORTS.items()))
    archived = forms.BooleanField(label=_("Archived briefs"), required=False)

    def clean_q(self) -> str:
        query: str = self.cleaned_data["q"]
        if len(words_of(query)) > MOST_WORDS:
            raise forms.ValidationError(
                gettext("Search for %(most)s words at most.") % {"most": MOST_WORDS}
            )
        return query


class ActivityFilterForm(FilterForm):
    person = forms.ChoiceField(label=_("Person"), required=False)
    verb = forms.ChoiceField(
        label=_("Act"), required=False, choices=[("", _("Any act")), *Activity.Verb.choices]
    )

    def __init__(self, brief: Brief, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        if isinstance(person, forms.ChoiceField):
            person.choices = [("", gettext("Anybody")), *people_of(brief)]
