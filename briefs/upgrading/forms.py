from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm
from briefs.models import Brief, BriefTemplate

SEEN = "seen-"


class UpgradeForm(PlainForm, forms.Form):
    """Confirms a plan that was shown, by its digest."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class VersionForm(PlainForm, forms.Form):
    """To which version: the newest, or another that is newer than the brief's."""

    def __init__(self, brief: Brief, asked: Any) -> None:
        newer = BriefTemplate.objects.filter(
            key=brief.template.key, version__gt=brief.template.version
        ).order_by("-version")
        self.newest = newer.first()
        initial = {"to": self.newest.version if self.newest else ""}
        super().__init__(asked if asked.get("to") else None, initial=initial)
        self.fields["to"] = forms.ModelChoiceField(
            newer, label=_("Move to"), to_field_name="version", empty_label=None
        )
        self.versions = list(newer)

    @property
    def target(self) -> BriefTemplate | None:
        """The version asked for, else the newest; None when none is newer."""
        if self.is_bound and self.is_valid():
            target: BriefTemplate = self.cleaned_data["to"]
            return target
        return self.newest


class UpgradeManyForm(PlainForm, forms.Form):
    """Which briefs, by their addresses. `seen-<address>` is the digest of the plan that was
    shown for one."""

    def __init__(self, briefs: Iterable[Brief], data: Any = None) -> None:
        super().__init__(data)
        self.by_slug = {brief.slug: brief for brief in briefs}
        self.fields["briefs"] = forms.MultipleChoiceField(
            choices=[(slug, slug) for slug in self.by_slug],
            error_messages={
                "required": gettext("Choose at least one brief."),
                "invalid_choice": gettext(
                    "One of these briefs can't be moved any more. Choose again."
                ),
            },
        )

    @property
    def chosen(self) -> list[Brief]:
        return [self.by_slug[slug] for slug in self.cleaned_data["briefs"]]

    def seen(self, brief: Brief) -> str:
        """Blank when no plan was shown: then nothing fits it."""
        return str(self.data.get(SEEN + brief.slug, ""))
