from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from briefs.commissioning.clearance import shown_rules
from briefs.commissioning.forms.base import ManagersForm, read_seen, sign_seen
from briefs.document.clearance import MOST_SIGN_OFFS, ClearanceRule, SignOffKind
from briefs.models import Section

_SALT = "brief_clearance"
TEMPLATE, OWN = "template", "own"


class ClearanceForm(ManagersForm):
    """The same rule for every section that is ticked, alone or with its part. Carries what it
    showed of each."""

    sections = forms.MultipleChoiceField(required=False)
    parts = forms.MultipleChoiceField(required=False)
    which = forms.ChoiceField(
        label=_("What they need"),
        choices=[(OWN, _("What is said here")), (TEMPLATE, _("What the template says"))],
        initial=OWN,
        widget=forms.RadioSelect,
    )
    anybody = forms.IntegerField(
        label=_("Sign-offs of anybody who decides"),
        min_value=0,
        max_value=MOST_SIGN_OFFS,
        initial=1,
    )
    in_order = forms.BooleanField(
        label=_("In this order: each waits for those before it"), required=False
    )
    is_blind = forms.BooleanField(
        label=_("Blind: nobody sees another's decision until all have decided"), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, sections: list[Section], kinds: tuple[SignOffKind, ...], *args: Any) -> None:
        self.now = {"seen": sign_seen(shown_rules(sections), _SALT)}
        super().__init__(*args, initial=self.now)
        self.rows = sections
        self.kinds = {f"kind-{kind.key}": kind.key for kind in kinds}
        for kind in kinds:
            self.fields[f"kind-{kind.key}"] = forms.IntegerField(
                label=kind.label, min_value=0, max_value=MOST_SIGN_OFFS, initial=0
            )
        self.choices_of("sections", [(section.key, section.title) for section in sections])
        self.choices_of("parts", [(section.part.key, section.part.key) for section in sections])
        self.helper.layout = Layout("which", "anybody", *self.kinds, "in_order", "is_blind", "seen")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["seen"] = read_seen(cleaned.get("seen", ""), _SALT)
        if not self.errors:
            if not self.ticked:
                self.add_error(None, gettext("Tick the sections that this is for."))
            elif self.rule and not self.rule.needed:
                self.add_error("anybody", gettext("At least one sign-off is needed."))
        return cleaned

    @property
    def rule(self) -> ClearanceRule | None:
        """None for what the template says."""
        said = self.cleaned_data
        if said["which"] == TEMPLATE:
            return None
        kinds = tuple(key for name, key in self.kinds.items() for _each in range(said[name]))
        return ClearanceRule(
            said["anybody"] + len(kinds), kinds, said["in_order"], said["is_blind"]
        )

    @property
    def ticked(self) -> list[Section]:
        said = self.cleaned_data
        return [
            row for row in self.rows if row.key in said["sections"] or row.part.key in said["parts"]
        ]
