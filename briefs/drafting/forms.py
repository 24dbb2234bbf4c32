from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.plain_form import PlainForm
from briefs.document.compare import Change, compare
from briefs.document.text import normalise, not_known_reason
from briefs.drafting.starting import StartedFrom
from briefs.models import Prompt, Revision
from briefs.prompts import Question

PREFIX = "text-"


class StartedFromField(forms.RegexField):
    """Goes with the form, unseen, and comes back as `StartedFrom`."""

    def __init__(self) -> None:
        super().__init__(r"\A[0-9]{1,9}(\.[0-9]{1,18})?\Z", widget=forms.HiddenInput)

    def clean(self, value: Any) -> StartedFrom:
        version, _point, seq = super().clean(value).partition(".")
        return StartedFrom(int(version), int(seq) if seq else None)


class SectionForm(PlainForm, forms.Form):
    """A section's form: one field per prompt, and the version that the writer started from."""

    started_from = StartedFromField()

    def __init__(self, questions: list[Question], title: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[PREFIX + question.key] = PromptField(question, title)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "started_from",
            *(
                Field(PREFIX + question.key, template="briefs/drafting/prompt.html")
                for question in questions
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for question in self.questions:
            name = PREFIX + question.key
            if not_known_reason(normalise(cleaned.get(name, ""))) == "":
                self.add_error(name, _("Say why it is not known, after “Not known:”."))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """The writer's text by prompt key, also when the form isn't valid. A field that the request
        lacks isn't in it."""
        return {
            question.key: self.data[PREFIX + question.key]
            for question in self.questions
            if PREFIX + question.key in self.data
        }

    def add_refusal(self, refusal: ValidationError) -> None:
        """Puts each sentence beside its field, or above the form when it is about the whole
        brief."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for key, mistakes in refusal.error_dict.items():
            self.add_error(PREFIX + key if PREFIX + key in self.fields else None, mistakes)

    def show_theirs(
        self, theirs: dict[str, str], written_in: Mapping[str, Revision] | None = None
    ) -> None:
        """Shows a colleague's text beside each field where both changed the same words, and in
        which revision they wrote it."""
        for key, text in theirs.items():
            field = self.fields[PREFIX + key]
            revision = (written_in or {}).get(key)
            if isinstance(field, PromptField):
                field.theirs, field.mine, field.written_in = text, self.texts[key], revision
            name = revision.created_by_name if revision else _("Somebody")
            self.add_error(
                PREFIX + key,
                _(
                    "%(name)s changed the same words. Their text stands below; put into "
                    "yours what should stay."
                )
                % {"name": name},
            )


def initial_texts(texts: dict[str, str], started_from: StartedFrom) -> dict[str, Any]:
    """What a section's form starts with."""
    return {"started_from": str(started_from)} | {PREFIX + key: text for key, text in texts.items()}


class PromptField(forms.CharField):
    """One prompt's text, with what the page says around it.

    `theirs` is a colleague's text where both changed the same words, None otherwise; `written_in`
    is the revision in which they wrote it.
    """

    def __init__(self, question: Question, title: str) -> None:
        super().__init__(
            required=False,
            strip=False,
            label=question.label or title,
            widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "spellcheck": "true"}),
        )
        self.question = question
        self.form_label = Prompt.Form(question.form).label
        self.theirs: str | None = None
        self.written_in: Revision | None = None
        self.mine = ""

    @property
    def heading_id(self) -> str:
        """What names a text without a label of its own: the page's heading. Blank for others."""
        return "" if self.question.label else "section-title"

    @property
    def asked_range(self) -> str:
        """The asked length in words ("100–180"), blank when nothing is asked."""
        least, most = self.question.words.least, self.question.words.most
        if least is not None and most is not None:
            return f"{least}–{most}"
        if most is not None:
            return _("at most %(most)s") % {"most": most}
        return _("at least %(least)s") % {"least": least} if least is not None else ""

    @property
    def difference(self) -> list[Change]:
        """From the colleague's text to the writer's own."""
        return compare(normalise(self.theirs or ""), normalise(self.mine))
