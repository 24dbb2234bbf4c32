"""Remarking, replying, and giving a remark to somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.plain_form import PlainForm
from briefs.commenting.discussion import Discussion
from briefs.document.anchors import CONTEXT, MAX_QUOTE
from briefs.models import Brief
from briefs.models.comment import MAX_COMMENT

NO_TEXT = {"required": _("Write the comment first.")}


def comment_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MAX_COMMENT,
        error_messages=NO_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-mentions": ""}),
    )


class CommentForm(PlainForm, forms.Form):
    """A remark. `before` is what stands before the passage, where a script knows it."""

    text = comment_field(_("Comment"))
    prompt_key = forms.ChoiceField(label=_("About"), required=False)
    quote = forms.CharField(
        label=_("Passage"),
        help_text=_("Copied from the text; left empty, the comment is about all of it."),
        max_length=MAX_QUOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    before = forms.CharField(
        max_length=4 * CONTEXT, required=False, widget=forms.HiddenInput, strip=False
    )

    def __init__(self, discussion: Discussion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = discussion.section
        field = self.fields["prompt_key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("The whole section")),
            *((one.key, one.label or section.title) for one in discussion.questions),
        ]


class ReplyForm(PlainForm, forms.Form):
    text = comment_field(_("Reply"))


class TaskForm(PlainForm, forms.Form):
    """Whose task a remark is, and until when."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    due_date = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, brief: Brief, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        members = User.objects.filter(memberships__brief=brief, is_active=True)
        field.queryset = members.order_by("name", "pk")
