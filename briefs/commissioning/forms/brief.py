from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from briefs.commissioning.actions import BriefData
from briefs.commissioning.facts import read_facts, write_facts
from briefs.commissioning.forms.base import TEXT, ManagersForm, date_field, read_seen, sign_seen
from briefs.models import BriefTemplate


class BriefForm(ManagersForm):
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=lambda: [("", _("None: a free subject")), *countries],
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
        help_text=_("What the brief is about. Left empty, the country's name."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
        help_text=_("As it stands on the cover. Left empty, the subject."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), initial="en")
    reference = forms.CharField(
        label=_("Reference"), max_length=60, required=False, widget=forms.TextInput(attrs=TEXT)
    )
    marking = forms.CharField(
        label=_("Marking"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
        help_text=_("Such as “Official”; printed on every page."),
    )
    date = date_field(_("Date"), _("Left empty, that of the newest text."))
    facts = forms.CharField(
        label=_("At a glance"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, **TEXT}),
        help_text=_(
            "The cover's box: one fact a line, as in “Capital: Brussels”. A colon within the label "
            "is written “\\:”."
        ),
    )

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("language", _languages(language))

    def clean_facts(self) -> list[list[str]]:
        return read_facts(self.cleaned_data["facts"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        country = countries.name(cleaned.get("country") or "") or ""
        for name in ("subject", "title", "reference", "marking"):
            cleaned[name] = " ".join(cleaned.get(name, "").split())
        if "subject" not in self.errors:
            cleaned["subject"] = cleaned["subject"] or country or cleaned["title"]
        if "title" not in self.errors:
            cleaned["title"] = cleaned["title"] or cleaned["subject"]
        if not cleaned["subject"] and not self.errors:
            self.add_error("subject", gettext("Choose a country, or write a subject."))
        return cleaned

    @property
    def brief_data(self) -> BriefData:
        names = ("title", "subject", "country", "language", "reference", "marking", "date", "facts")
        return BriefData(**{name: self.cleaned_data[name] for name in names})


class BriefAddForm(BriefForm):
    template = forms.ModelChoiceField(
        label=_("Template"),
        queryset=BriefTemplate.objects.order_by("title", "-version"),
        empty_label=None,
        help_text=_("The outline and its version. A brief keeps the one that it was made from."),
    )
    field_order = ["country", "subject", "title", "template", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].required = False
        self.fields["language"].initial = ""
        self.choices_of("language", [("", _("That of the template")), *_languages("en")])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        template = cleaned.get("template")
        if template and not cleaned.get("language") and "language" not in self.errors:
            cleaned["language"] = template.language
        return cleaned


class BriefChangeForm(BriefForm):
    """Carries what it was opened on, so that only what was changed here is changed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seen = read_seen(cleaned.get("seen", ""), "brief_change")
        cleaned["seen"] = BriefData(**{**seen, "date": parse_date(seen["date"] or "-")})
        return cleaned

    def show_now(self, initial: Mapping[str, Any]) -> None:
        """After a conflict was shown. `initial` is what the form would open on now."""
        seen, said = asdict(self.cleaned_data["seen"]), self.cleaned_data
        self.open_on(initial, [name for name in seen if name in said and said[name] == seen[name]])


def _languages(own: str) -> list[tuple[str, str]]:
    """Those to choose from, by their own names, and the brief's own, whatever that is."""
    known = {code: about["name_local"] for code, about in LANG_INFO.items() if "name" in about}
    known.setdefault(own, own)
    return sorted(known.items(), key=lambda row: row[1].casefold())


def initial_of(data: BriefData) -> dict[str, Any]:
    """What a brief's form opens on."""
    plain = asdict(data)
    seen = {**plain, "date": data.date.isoformat() if data.date else ""}
    return {
        **plain,
        "facts": write_facts(data.facts),
        "seen": sign_seen(seen, "brief_change"),
    }
