"""What a release asks of a manager, and how a file in hand is named."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm
from briefs.releasing.actions import Wish
from briefs.releasing.standing import SectionStanding, Standing

_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class UnclearRow:
    """A section that isn't clear, with its fields; `unapproved` only where there is a choice."""

    section: SectionStanding
    reason: forms.BoundField
    unapproved: forms.BoundField | None


class ReleaseForm(PlainForm, forms.Form):
    """A reason for each section that isn't clear, or one for all that are left blank."""

    seen = forms.CharField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)
    for_all = forms.CharField(
        label=_("Reason for all that are left blank below"),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "dir": "auto"}),
    )

    def __init__(self, standing: Standing, data: Any = None) -> None:
        super().__init__(data, initial={"seen": standing.seen, "token": uuid4()})
        self.standing = standing
        for section in standing.unclear:
            self.fields[_reason(section)] = self._reason_field(section)
            if section.may_go_unapproved:
                self.fields[_unapproved(section)] = self._unapproved_field(section)

    @property
    def rows(self) -> Iterator[UnclearRow]:
        for section in self.standing.unclear:
            box = self[_unapproved(section)] if section.may_go_unapproved else None
            yield UnclearRow(section, self[_reason(section)], box)

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            seen=given["seen"],
            token=given["token"],
            reasons={
                section.node.key: given[_reason(section)] or given["for_all"]
                for section in self.standing.unclear
            },
            unapproved=frozenset(
                section.node.key
                for section in self.standing.unclear
                if given.get(_unapproved(section))
            ),
        )

    def add_refusal(self, refusal: ValidationError) -> None:
        """Puts each sentence beside its section's reason, or above the form when it has none."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            self._show_what_stands()
            return
        names = {section.node.key: _reason(section) for section in self.standing.unclear}
        for key, mistakes in refusal.error_dict.items():
            self.add_error(names.get(key), mistakes)

    def _show_what_stands(self) -> None:
        """The next press is on what this page shows now."""
        data: Any = copy(self.data)
        data["seen"] = self.standing.seen
        self.data = data

    def _reason_field(self, section: SectionStanding) -> forms.CharField:
        look = {"class": "form-control", "dir": "auto"}
        return forms.CharField(
            label=gettext("Reason for releasing “%(title)s” although it isn’t clear")
            % {"title": section.node.title},
            max_length=_LONGEST_REASON,
            required=False,
            widget=forms.TextInput(attrs=look),
        )

    def _unapproved_field(self, section: SectionStanding) -> forms.BooleanField:
        return forms.BooleanField(
            label=gettext("Release revision %(newest)s, although nobody approved it")
            % {"newest": section.newest},
            required=False,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )


class VerifyForm(PlainForm, forms.Form):
    """A file in hand, or its SHA-256. `digest` of the cleaned data names it."""

    file = forms.FileField(
        label=_("The file in hand"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
    )
    sha256 = forms.CharField(
        label=_("Or its SHA-256"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "spellcheck": "false"}),
    )

    def clean_sha256(self) -> str:
        digest = "".join(self.cleaned_data["sha256"].split()).lower()
        if digest and not _DIGEST.fullmatch(digest):
            raise ValidationError(gettext("A SHA-256 has 64 digits, 0 to 9 and a to f."))
        return digest

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, digest = given.get("file"), given.get("sha256")
        if self.errors:
            return given
        if bool(file) == bool(digest):
            self.add_error("file", gettext("Choose a file or paste a SHA-256, one of both."))
            return given
        given["digest"] = _digest_of(file) if file else digest
        return given


def _digest_of(file: Any) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _reason(section: SectionStanding) -> str:
    return f"reason_{section.pk}"


def _unapproved(section: SectionStanding) -> str:
    return f"unapproved_{section.pk}"
