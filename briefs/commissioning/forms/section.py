from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.lines import check_line
from accounts.models import User
from briefs.commissioning.assignments import Assignment, shown_of
from briefs.commissioning.forms.base import TEXT, ManagersForm, date_field, read_seen, sign_seen
from briefs.models import Membership, Part, Section
from briefs.permissions import RANK
from briefs.reading import part_numbers, section_numbers

Role = Membership.Role
NOBODY = "nobody"
ADD, ONLY = "add", "only"
SAY_WHAT = _("Say what is to change: author, reviewers or date.")


def people_field() -> forms.MultipleChoiceField:
    """Boxes to tick; who may stand there is filled in by the form."""
    return forms.MultipleChoiceField(
        label=_("Reviewers"), required=False, widget=forms.CheckboxSelectMultiple
    )


class SectionAddForm(ManagersForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        validators=[check_line],
        widget=forms.TextInput(attrs=TEXT),
    )
    place = forms.ChoiceField(label=_("Where"))

    def __init__(self, sections: list[Section], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {section.key: section for section in sections}
        self.parts = {section.part.key: section.part for section in sections}
        self.choices_of("place", _places(sections))

    @property
    def chosen(self) -> tuple[Part, Section | None]:
        """The part, and the section that the new one follows; None is the end of the part."""
        after = self.sections.get(self.cleaned_data["place"])
        return (after.part, after) if after else (self.parts[self.cleaned_data["place"]], None)


class AssignmentForm(ManagersForm):
    """Author, reviewers and due date of one section. Carries what it was opened on, so that only
    what was changed here is changed."""

    author = forms.ChoiceField(label=_("Author"), required=False)
    reviewers = people_field()
    due_date = date_field(_("Due"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, section: Section, members: list[Membership], *args: Any) -> None:
        opened_on = shown_of(section)
        self.now = {**opened_on, "seen": sign_seen(opened_on, "section_assign")}
        super().__init__(*args, initial=self.now)
        self.people = {str(member.user_id): member.user for member in members}
        nobody = [("", gettext("Nobody yet"))]
        self.choices_of("author", nobody + _who_may(members, Role.AUTHOR, [opened_on["author"]]))
        self.choices_of("reviewers", _who_may(members, Role.EDITOR, opened_on["reviewers"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["seen"] = read_seen(cleaned.get("seen", ""), "section_assign")
        return cleaned

    @property
    def assignment(self) -> Assignment:
        """What was changed here."""
        seen, said = self.cleaned_data["seen"], self.cleaned_data
        changed: Assignment = {}
        if said["author"] != seen["author"]:
            changed["author"] = self.people.get(said["author"])
        if sorted(said["reviewers"]) != seen["reviewers"]:
            changed["reviewers"] = [self.people[key] for key in said["reviewers"]]
        if said["due_date"] != parse_date(seen["due_date"] or "-"):
            changed["due_date"] = said["due_date"]
        return changed

    def show_now(self) -> None:
        """After a conflict was shown: what wasn't changed here shows what stands now."""
        seen = self.cleaned_data["seen"]
        said = {name: self.data.get(name) or "" for name in seen}
        said["reviewers"] = sorted(self.cleaned_data.get("reviewers", []))
        self.open_on(self.now, [name for name in seen if said[name] == seen[name]])


class SameForAllForm(ManagersForm):
    """What many sections get alike; what isn't said stays. The fields are those of the forms that
    are made of it: `author`, `reviewers`, `reviewers_how`, `due_date` and `no_due_date`."""

    people: dict[str, User]

    def check_dates(self, cleaned: Mapping[str, Any]) -> None:
        """Either a date or none."""
        if cleaned.get("due_date") and cleaned.get("no_due_date"):
            self.add_error("no_due_date", gettext("Choose a date or none, not both."))

    @property
    def assignment(self) -> Assignment:
        said = self.cleaned_data
        asked: Assignment = {}
        if said["author"]:
            asked["author"] = self.people.get(said["author"])
        chosen = [self.people[key] for key in said["reviewers"]]
        if said["reviewers_how"] == ONLY:
            asked["reviewers"] = chosen
        elif chosen:
            asked["more_reviewers"] = chosen
        if said["due_date"] or said["no_due_date"]:
            asked["due_date"] = said["due_date"]
        return asked


class AssignManyForm(SameForAllForm):
    """The same author, reviewers or due date for every section that is ticked, alone or with its
    part. What isn't said stays. Carries what it showed of each, so that nobody else's choice is
    undone unseen."""

    sections = forms.MultipleChoiceField(required=False)
    parts = forms.MultipleChoiceField(required=False)
    author = forms.ChoiceField(label=_("Author"), required=False)
    reviewers = people_field()
    reviewers_how = forms.ChoiceField(
        label=_("The reviewers that are ticked"),
        choices=[(ADD, _("come to those that it has")), (ONLY, _("are all; none ticked: nobody"))],
        initial=ADD,
        required=False,
        widget=forms.RadioSelect,
    )
    due_date = date_field(_("Due"), _("Left empty, each keeps its own."))
    no_due_date = forms.BooleanField(label=_("No due date"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, sections: list[Section], members: list[Membership], *args: Any) -> None:
        shown = {section.key: shown_of(section) for section in sections}
        self.now = {"seen": sign_seen(shown, "section_assign_many")}
        super().__init__(*args, initial=self.now)
        self.rows = sections
        self.people = {str(member.user_id): member.user for member in members}
        self.choices_of("sections", [(section.key, section.title) for section in sections])
        self.choices_of("parts", [(section.part.key, section.part.key) for section in sections])
        first = [("", gettext("As it is")), (NOBODY, gettext("Nobody"))]
        self.choices_of("author", first + _who_may(members, Role.AUTHOR))
        self.choices_of("reviewers", _who_may(members, Role.EDITOR))
        self.helper.layout = Layout(
            "author", "reviewers", "reviewers_how", "due_date", "no_due_date", "seen"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["seen"] = read_seen(cleaned.get("seen", ""), "section_assign_many")
        if not self.errors:
            if not self.ticked:
                self.add_error(None, gettext("Tick the sections that you want to assign."))
            elif not self.assignment:
                self.add_error(None, SAY_WHAT)
        elif "sections" in self.errors or "parts" in self.errors:
            self.add_error(
                None, gettext("The outline has changed meanwhile. Tick the sections anew.")
            )
        self.check_dates(cleaned)
        return cleaned

    @property
    def ticked(self) -> list[Section]:
        """The sections that are meant, in the outline's order."""
        keys, parts = self.cleaned_data["sections"], self.cleaned_data["parts"]
        return [row for row in self.rows if row.key in keys or row.part.key in parts]


def _who_may(
    members: list[Membership], least: Membership.Role, also: Collection[str] = ()
) -> list[tuple[str, str]]:
    """The members in that role or above whose account is in use, and who is assigned already."""
    return [
        (str(member.user_id), member.user.get_full_name())
        for member in members
        if (member.user.is_active and RANK[Role(member.role)] >= RANK[least])
        or str(member.user_id) in also
    ]


def _places(sections: list[Section]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a section can be added, part by part: behind each section, or at the part's end."""
    number_of, part_of = section_numbers(sections), part_numbers(sections)
    places = []
    for part_id, members in groupby(sections, key=lambda section: section.part_id):
        rows = list(members)
        part, number = rows[0].part, part_of[part_id]
        behind = [
            (row.key, _after(f"{number_of[row.pk]} {row.title}".strip())) for row in rows[:-1]
        ]
        end = (part.key, _after(f"{number_of[rows[-1].pk]} {rows[-1].title}".strip()))
        places.append((f"{number}. {part}" if number else str(part), [*behind, end]))
    return places


def _after(title: str) -> str:
    return gettext("After %(title)s") % {"title": title}
