from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lines import check_line
from accounts.plain_form import PlainForm
from briefs.document.look import Paper
from briefs.document.tree import TextState
from briefs.export.contents import Contents
from briefs.export.markdown_options import MarkdownOptions
from briefs.export.options import AS_THE_BRIEF, ExportOptions
from briefs.models import Brief

PRINTED = ("paper", "has_contents", "has_clearance")


class TextForm(PlainForm, forms.Form):
    """Which text goes out."""

    TEXTS: ClassVar = [
        (TextState.APPROVED.value, _("Approved text")),
        (TextState.WORKING.value, _("Working text, marked DRAFT on every page")),
    ]

    text = forms.ChoiceField(
        label=_("Which text"),
        choices=TEXTS,
        widget=forms.RadioSelect,
        initial=TextState.APPROVED.value,
        error_messages={"required": _("Choose the approved or the working text.")},
    )


class ExportForm(TextForm):
    """Which text, and how it is printed. A form that says nothing of options, as the short menu,
    means the brief's own."""

    has_options = forms.BooleanField(required=False, widget=forms.HiddenInput)
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)
    opened_marking = forms.CharField(required=False, widget=forms.HiddenInput)
    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[(Paper.A4.value, _("A4")), (Paper.LETTER.value, _("Letter"))],
        required=False,
    )
    marking = forms.CharField(
        label=_("Marking"),
        max_length=60,
        required=False,
        help_text=_("Of this file alone. Only managers of the brief may change it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    has_contents = forms.BooleanField(label=_("With contents"), required=False)
    has_clearance = forms.BooleanField(
        label=_("With the clearance table"),
        help_text=_("It stays where an approval by override, or a reason, has to be told."),
        required=False,
    )
    has_discussions = forms.BooleanField(
        label=_("With the comments"),
        help_text=_(
            "At the end of the PDF and the web page, beside the text in Word, in the JSON. "
            "Markdown holds none."
        ),
        required=False,
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections"), required=False, widget=forms.CheckboxSelectMultiple
    )
    per_section = forms.BooleanField(
        label=_("One file for each section, packed as a ZIP file with the pictures"),
        required=False,
    )
    no_front_matter = forms.BooleanField(
        label=_("Without the lines at the top that say what the file is"),
        required=False,
        help_text=_("An import goes by these lines. Leave them in if the file is to come back."),
    )
    is_kept = forms.BooleanField(
        label=_("Print this brief so from now on"),
        help_text=_("Paper, contents and clearance table; also of its editions."),
        required=False,
    )

    def __init__(
        self,
        brief: Brief,
        contents: Contents,
        data: Any = None,
        *,
        may_manage: bool = False,
        text: str = "",
    ) -> None:
        own = {
            "has_options": True,
            "opened_on": ",".join(f"{getattr(brief, name)}" for name in PRINTED),
            "paper": brief.paper,
            "marking": brief.marking,
            "opened_marking": brief.marking,
            "has_contents": brief.has_contents,
            "has_clearance": brief.has_clearance,
        }
        super().__init__(data, initial=own | ({"text": text} if text else {}))
        self.brief = brief
        self.contents = contents
        sections = self.fields["sections"]
        assert isinstance(sections, forms.MultipleChoiceField)
        sections.choices = [pair for _part, named in contents.outline for pair in named]
        self.fields["marking"].disabled = not may_manage
        self.fields["is_kept"].disabled = not may_manage

    def clean_marking(self) -> str:
        marking = " ".join(str(self.cleaned_data["marking"]).split())
        check_line(marking)
        return marking

    @property
    def chosen(self) -> list[str]:
        """The keys of the sections that are ticked, as they were sent."""
        return [str(key) for key in self["sections"].value() or ()]

    @property
    def wanted_text(self) -> TextState:
        return TextState(self.cleaned_data["text"])

    @property
    def options(self) -> ExportOptions:
        said = self.cleaned_data
        if not said["has_options"]:
            return replace(AS_THE_BRIEF, markdown=self.markdown)
        every = len(said["sections"]) == self.contents.sections
        paper = Paper(said["paper"] or self.brief.paper)
        # Nobody asked for the marking of before, which a page that was opened then still shows.
        own = (self.brief.marking, self.data.get("opened_marking", self.brief.marking))
        return ExportOptions(
            paper=paper if paper != self.brief.paper else None,
            marking=None if said["marking"] in own else said["marking"],
            has_contents=self._other("has_contents"),
            has_clearance=self._other("has_clearance"),
            has_discussions=said["has_discussions"],
            sections=frozenset() if every else frozenset(said["sections"]),
            markdown=self.markdown,
        )

    @property
    def markdown(self) -> MarkdownOptions:
        """Of a valid form; other formats don't ask it."""
        said = self.cleaned_data
        return MarkdownOptions(not said["no_front_matter"], said["per_section"])

    @property
    def wishes(self) -> dict[str, Any]:
        """What was changed here of how the brief is printed: what wasn't stays as it is now."""
        opened = self.cleaned_data["opened_on"].split(",")
        opened += [""] * (len(PRINTED) - len(opened))
        said = {name: self.cleaned_data[name] for name in PRINTED}
        return {
            name: value
            for (name, value), before in zip(said.items(), opened, strict=False)
            if str(value) != before
        }

    def _other(self, name: str) -> bool | None:
        said: bool = self.cleaned_data[name]
        return said if said != getattr(self.brief, name) else None
