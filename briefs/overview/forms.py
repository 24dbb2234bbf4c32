"""What lists are filtered by. A filter that can't be read is named on the page and left out."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.plain_form import PlainForm
from briefs.models import Activity, Brief, BriefTemplate, Membership, Section
from briefs.overview.happenings import people_of
from briefs.overview.search import MOST_WORDS, words_of
from briefs.reading import section_numbers

ALL_APPROVED = "all_approved"
OVERDUE, DUE_SOON = "overdue", "soon"
MINE, MANAGED, NOBODY = "mine", "managed", "nobody"
SORTS = {"title": _("Title"), "changed": _("Last changed"), "due": _("Next due")}


class FilterForm(PlainForm, forms.Form):
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


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ActivityFilterForm(FilterForm):
    person = forms.ChoiceField(label=_("Person"), required=False)
    verb = forms.ChoiceField(
        label=_("Act"), required=False, choices=[("", _("Any act")), *Activity.Verb.choices]
    )
    section = forms.ChoiceField(label=_("Section"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=_calendar())
    until = forms.DateField(label=_("Until"), required=False, widget=_calendar())

    def __init__(self, brief: Brief, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose_from("person", [("", gettext("Anybody")), *people_of(brief)])
        self._choose_from("section", [("", gettext("Any section")), *_sections_of(brief)])

    def clean(self) -> dict[str, Any]:
        wanted = super().clean() or self.cleaned_data
        since, until = wanted.get("since"), wanted.get("until")
        if since and until and since > until:
            self.add_error("until", gettext("Choose a day that is not before the first."))
        return wanted

    def _choose_from(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def _sections_of(brief: Brief) -> list[tuple[str, str]]:
    sections = list(brief.sections.in_outline_order())
    numbers = section_numbers(sections)
    return [(section.key, f"{numbers[section.pk]} {section.title}".strip()) for section in sections]


class GridFilterForm(FilterForm):
    """`author` may be `NOBODY`; what can't be read is left out, and said."""

    template = forms.ChoiceField(label=_("Template"), required=False)
    q = forms.CharField(
        label=_("Part of the title"),
        max_length=200,
        required=False,
        widget=forms.SearchInput(attrs={"dir": "auto"}),
    )
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any status")), *Section.State.choices],
    )
    author = forms.ChoiceField(label=_("Author"), required=False)
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label=_("Reviewer"), required=False, empty_label=_("Anybody")
    )
    when = forms.ChoiceField(
        label=_("Dates"), required=False, choices=[("", _("Any")), (OVERDUE, _("Overdue"))]
    )

    def __init__(
        self, templates: Collection[BriefTemplate], people: Collection[User], *args: Any
    ) -> None:
        super().__init__(*args)
        of, author = self.fields["template"], self.fields["author"]
        reviewer = self.fields["reviewer"]
        assert isinstance(of, forms.ChoiceField)
        assert isinstance(author, forms.ChoiceField)
        assert isinstance(reviewer, forms.ModelChoiceField)
        of.choices = [(each.key, each.title) for each in templates]
        author.choices = [
            ("", gettext("Anybody")),
            (NOBODY, gettext("No author yet")),
            *((str(each.pk), str(each)) for each in people),
        ]
        reviewer.queryset = User.objects.filter(pk__in=[each.pk for each in people])


class DueFilterForm(FilterForm):
    brief = forms.CharField(
        label=_("Part of the brief's title"),
        max_length=200,
        required=False,
        widget=forms.SearchInput(attrs={"dir": "auto"}),
    )
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[
            ("", _("Overdue or due soon")),
            (OVERDUE, _("Overdue")),
            (DUE_SOON, _("Due within seven days")),
        ],
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[
            ("", _("Mine and those that I manage")),
            (MINE, _("I am author or reviewer")),
            (MANAGED, _("In briefs that I manage")),
            (NOBODY, _("Without an author")),
        ],
    )
