"""The form of one thing in a draft of an outline. It takes whatever a person types; what an outline
may not say is told beside the field, and holds only publishing up."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.plain_form import PlainForm
from briefs.brief_templates.draft_tree import Node
from briefs.brief_templates.file_table import MOST_THAT_MAKES_SENSE, Mistake
from briefs.document.clearance import MOST_SIGN_OFFS
from briefs.document.text import normalise
from briefs.models import Brief, Prompt

_SALT = "briefs.outline-draft"
_LINE = {"dir": "auto"}
_RANGES = ("words", "paragraphs")


def _line(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        max_length=1000,
        widget=forms.TextInput(attrs=_LINE),
    )


def _guidance() -> forms.CharField:
    return forms.CharField(
        label=_("Guidance"),
        required=False,
        max_length=20_000,
        help_text=_("What to write here and what to look out for. It is shown to authors only."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


def _number(label: Any, most: int = MOST_THAT_MAKES_SENSE) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


_KEY_HELP = _(
    "Names it in addresses and from version to version. Text goes with it when it changes, but "
    "what was approved has to be approved anew."
)


class KindsField(forms.CharField):
    """The kinds of sign-offs that a template knows: one a line, its key and its name."""

    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(": ".join(each) for each in value)
        return value

    def to_python(self, value: Any) -> Any:
        pairs = [line.partition(":") for line in (super().to_python(value) or "").splitlines()]
        named = [[key.strip(), name.strip() or key.strip()] for key, _colon, name in pairs]
        return [each for each in named if each[0]]


class KeysField(forms.CharField):
    """The kinds of sign-offs that a section asks for: their keys, in order."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        keys = [key.strip() for key in (super().to_python(value) or "").split(",")]
        return [key for key in keys if key]


class NodeForm(PlainForm, forms.Form):
    """Opened on what a node says now; `seen` carries that."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, node: Node, data: Any = None) -> None:
        now = _flat(node.fields, self.names())
        super().__init__(data, initial={**now, "seen": signing.dumps(now, salt=_SALT)})
        self.now = now
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @classmethod
    def names(cls) -> list[str]:
        return [name for name in cls.base_fields if name != "seen"]

    def clean_seen(self) -> dict[str, Any]:
        try:
            opened_on: dict[str, Any] = signing.loads(self.cleaned_data["seen"], salt=_SALT)
        except signing.BadSignature as unreadable:
            raise ValidationError(
                gettext("This form is out of date. Open the page again.")
            ) from unreadable
        return _nested(opened_on)

    @property
    def wanted(self) -> dict[str, Any]:
        """The fields as a template file has them."""
        return _nested({name: self.cleaned_data.get(name) for name in self.names()})

    def show_now(self, refusal: ValidationError) -> None:
        """What somebody else wrote meanwhile is told beside the field, and a next press means
        it."""
        data: Any = copy(self.data)
        data["seen"] = signing.dumps(self.now, salt=_SALT)
        self.data = data
        for name, sentences in refusal.error_dict.items():
            self.add_error(name if name in self.fields else f"{name}_least", sentences)

    def show_mistakes(self, mistakes: Iterable[Mistake]) -> None:
        """What the loader of a template file would say, beside the fields; nothing is refused."""
        self.mistakes: dict[str, list[str]] = {}
        for mistake in mistakes:
            name = mistake.field if mistake.field in self.fields else f"{mistake.field}_least"
            place = name if name in self.fields else ""
            self.mistakes.setdefault(place, []).append(mistake.sentence)


class TemplateForm(NodeForm):
    title = _line(_("Title"))
    language = _line(
        _("Language"),
        _(
            "A language tag such as en, fr or pt-BR. Briefs that are imported have it when they "
            "name none."
        ),
    )
    sign_off_kinds = KindsField(
        label=_("Kinds of sign-offs"),
        required=False,
        max_length=2000,
        help_text=_(
            "One a line, as in “legal: Legal adviser”. A section may ask for them; who gives them "
            "is said in each brief, under “People”."
        ),
    )


class NewTemplateForm(TemplateForm):
    key = _line(_("Key"), _("Names the template for ever, in small letters, digits and hyphens."))


class PartForm(NodeForm):
    title = _line(_("Title"), _("Blank only for the first part, the opening, which has no number."))
    key = _line(_("Key"), _KEY_HELP)


class SectionForm(NodeForm):
    title = _line(_("Title"))
    guidance = _guidance()
    words_least = _number(_("Words, at least"))
    words_most = _number(_("Words, at most"))
    sign_offs_needed = _number(_("Sign-offs needed"), MOST_SIGN_OFFS)
    sign_off_kinds = KeysField(
        label=_("Of which kinds"),
        required=False,
        max_length=500,
        help_text=_(
            "Kinds of the template in their order, as in “desk, legal”. The others are anybody's "
            "who decides on reviews."
        ),
    )
    sign_offs_in_order = forms.BooleanField(
        label=_("In this order: each waits for those before it"), required=False
    )
    is_blind = forms.BooleanField(
        label=_("Blind: nobody sees another's decision until all have decided"), required=False
    )
    key = _line(_("Key"), _KEY_HELP)


class PromptForm(NodeForm):
    label = _line(_("Label"), _("Blank for the section's body, under its title."))
    form = forms.ChoiceField(label=_("To be written as"), choices=Prompt.Form)
    guidance = _guidance()
    words_least = _number(_("Words, at least"))
    words_most = _number(_("Words, at most"))
    paragraphs_least = _number(_("Paragraphs, at least"))
    paragraphs_most = _number(_("Paragraphs, at most"))
    key = _line(_("Key"), _KEY_HELP)


FORMS: dict[str, type[NodeForm]] = {
    "template": TemplateForm,
    "part": PartForm,
    "section": SectionForm,
    "prompt": PromptForm,
}


class AddForm(PlainForm, forms.Form):
    """The name of what is added; a prompt may have none."""

    name = forms.CharField(required=False, max_length=200, label=_("Title"))


class BeginForm(PlainForm, forms.Form):
    """A template of its own, by its title."""

    title = forms.CharField(max_length=200, label=_("Title"), widget=forms.TextInput(attrs=_LINE))


class PublishForm(PlainForm, forms.Form):
    """Confirms what was shown, by its digest."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SampleForm(PlainForm, forms.Form):
    """Whose text the sample brief has: our own, or that of a brief."""

    brief = forms.ModelChoiceField(
        Brief.objects.none(),
        to_field_name="slug",
        required=False,
        label=_("Text of"),
        empty_label=_("sample text"),
    )

    def __init__(self, briefs: Any, *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["brief"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = briefs


def _flat(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name in names:
        of, _bar, end = name.rpartition("_")
        flat[name] = fields.get(of, {}).get(end) if of in _RANGES else fields.get(name)
        if name == "sign_offs_needed":
            flat[name] = fields.get(name) or max(1, len(fields.get("sign_off_kinds") or ()))
    return flat


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in flat.items():
        of, _bar, end = name.rpartition("_")
        if of in _RANGES:
            fields.setdefault(of, {})
            if value is not None:
                fields[of][end] = value
        else:
            fields[name] = normalise(value).strip() if isinstance(value, str) else value
    for name in ("sign_off_kinds", "sign_offs_in_order", "is_blind"):
        if name in fields:
            fields[name] = fields[name] or None
    if fields.get("sign_offs_needed", 0) in (1, None):
        fields["sign_offs_needed"] = None
    return fields
