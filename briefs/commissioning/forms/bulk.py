from collections.abc import Collection
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from briefs.commissioning.forms.base import date_field
from briefs.commissioning.forms.section import ADD, NOBODY, ONLY, SAY_WHAT, SameForAllForm
from briefs.models import Membership

Role = Membership.Role
WRITING = (Role.AUTHOR, *Membership.DECIDING)


class BulkForm(SameForAllForm):
    """The same author, reviewers or due date for sections of many briefs. What isn't said stays."""

    author = forms.ChoiceField(label=_("Author"), required=False)
    reviewers = forms.MultipleChoiceField(
        label=_("Reviewers"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=_("Several with Ctrl or Cmd."),
    )
    reviewers_how = forms.ChoiceField(
        label=_("These reviewers"),
        choices=[(ADD, _("come to those that it has")), (ONLY, _("are all; none chosen: nobody"))],
        initial=ADD,
        required=False,
    )
    due_date = date_field(_("Due"))
    no_due_date = forms.BooleanField(label=_("No due date"), required=False)

    def __init__(self, user: User, *args: Any) -> None:
        # It stands on one page with a filter that has fields of the same names.
        super().__init__(*args, auto_id="assign_%s")
        self.people = {str(person.pk): person for person in people_in_managed(user)}
        deciding = {str(person.pk) for person in people_in_managed(user, Membership.DECIDING)}
        choices = [(key, str(person)) for key, person in self.people.items()]
        first = [("", gettext("As it is")), (NOBODY, gettext("Nobody"))]
        self.choices_of("author", [*first, *choices])
        self.choices_of("reviewers", [choice for choice in choices if choice[0] in deciding])
        self.helper.layout = Layout(
            "author", "reviewers", "reviewers_how", "due_date", "no_due_date"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_dates(cleaned)
        if not self.errors and not self.assignment:
            self.add_error(None, SAY_WHAT)
        return cleaned


def people_in_managed(user: User, roles: Collection[str] = WRITING) -> list[User]:
    """Who has one of the roles in the briefs that somebody manages, by name."""
    managing = Membership.objects.filter(user=user, role=Role.MANAGER)
    working = Membership.objects.filter(role__in=roles)
    if not user.is_superuser:
        working = working.filter(brief__in=managing.values("brief"))
    people = User.objects.filter(pk__in=working.values("user"), is_active=True)
    return list(people.order_by("name", "pk"))
