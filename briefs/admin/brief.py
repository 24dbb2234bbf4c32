# ruff: noqa: TID251 - the admin is pages
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.filters import RelatedOnlyFieldListFilter
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.http import person
from briefs.admin.exporting import export
from briefs.admin.members import MemberInline, save_members
from briefs.admin.refusing import RefusingAdmin, RefusingForm, refusals
from briefs.commissioning.actions import (
    BriefData,
    archive_brief,
    change_brief,
    create_brief,
    unarchive_brief,
)
from briefs.models import Brief, BriefTemplate
from briefs.permissions import check_can_manage, refusal

FIELDS = ("title", "subject", "country", "language", "reference", "marking", "date")


def fact_lines(brief: Brief) -> str:
    return "\n".join(f"{label}: {value}" for label, value in brief.facts)


class BriefForm(RefusingForm):
    fact_lines = forms.CharField(
        label=gettext_lazy("At a glance"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "class": "vLargeTextField"}),
        help_text=gettext_lazy("One fact a line, as in “Capital: Brussels”."),
    )

    class Meta:
        model = Brief
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact_lines"].initial = fact_lines(self.instance)

    def clean_fact_lines(self) -> list[list[str]]:
        lines = [line for line in self.cleaned_data["fact_lines"].splitlines() if line.strip()]
        facts = [[half.strip() for half in line.split(":", 1)] for line in lines]
        for line, fact in zip(lines, facts, strict=True):
            if len(fact) != 2 or not all(fact):
                raise ValidationError(
                    _("Write “%(line)s” as a label, a colon and a value.") % {"line": line.strip()}
                )
        return facts

    @property
    def brief_data(self) -> BriefData:
        data = {name: self.cleaned_data[name] for name in FIELDS}
        return BriefData(**data, facts=self.cleaned_data["fact_lines"])


class ArchivedFilter(admin.SimpleListFilter):
    title = gettext_lazy("archived")
    parameter_name = "archived"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", _("In use")), ("yes", _("Archived"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in {"no", "yes"}:
            return queryset.filter(archived_at__isnull=self.value() == "no")
        return queryset


@admin.action(description=gettext_lazy("Archive"), permissions=["change"])
def archive(desk: admin.ModelAdmin[Brief], request: HttpRequest, briefs: QuerySet[Brief]) -> None:
    done = _each(request, briefs, archive_brief)
    if done:
        sentence = ngettext("Archived %(n)s brief.", "Archived %(n)s briefs.", done)
        messages.success(request, sentence % {"n": done})


@admin.action(description=gettext_lazy("Bring back from the archive"), permissions=["change"])
def unarchive(desk: admin.ModelAdmin[Brief], request: HttpRequest, briefs: QuerySet[Brief]) -> None:
    done = _each(request, briefs, unarchive_brief)
    if done:
        sentence = ngettext("Brought %(n)s brief back.", "Brought %(n)s briefs back.", done)
        messages.success(request, sentence % {"n": done})


def _each(request: HttpRequest, briefs: QuerySet[Brief], act: Callable[..., Brief]) -> int:
    """How many an action was done to; each refusal is shown as a message."""
    done = 0
    for brief in briefs:
        try:
            act(brief, by=person(request))
            done += 1
        except PermissionDenied as denied:
            messages.error(request, f"{brief.title}: {denied}")
    return done


@admin.register(Brief)
class BriefAdmin(RefusingAdmin[Brief]):
    """Briefs are made, changed and archived here, never deleted."""

    form = BriefForm
    list_display = ("title", "country", "template", "is_in_use", "updated_at")
    list_filter = (ArchivedFilter, ("template", RelatedOnlyFieldListFilter), "language")
    list_select_related = ("template",)
    list_per_page = 50
    search_fields = ("title", "subject", "slug", "reference")
    actions = (export, archive, unarchive)
    inlines = (MemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Brief]:
        return Brief.objects.visible_to(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Brief | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        if obj is None or request.method == "POST":
            return may  # What was typed is answered by the action, on a page that still holds it.
        return may and not refusal(check_can_manage, person(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Brief | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Brief | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("template", *FIELDS, "fact_lines")
        return (
            *FIELDS,
            "fact_lines",
            "template",
            "slug",
            "created_at",
            "updated_at",
            "archived_at",
        )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Brief | None = None
    ) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("template", "slug", "created_at", "updated_at", "archived_at")

    def get_inlines(self, request: HttpRequest, obj: Brief | None) -> tuple[Any, ...]:
        return tuple(self.inlines) if obj else ()  # Whoever makes a brief is its first member.

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs["queryset"] = BriefTemplate.objects.newest_versions()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Brief, form: BriefForm, change: bool) -> None:
        with refusals():
            if change:
                change_brief(obj, form.brief_data, by=person(request))
            else:
                made = create_brief(
                    form.brief_data, form.cleaned_data["template"], by=person(request)
                )
                obj.pk, obj.slug = made.pk, made.slug

    def save_formset(
        self, request: HttpRequest, form: BriefForm, formset: Any, change: bool
    ) -> None:
        with refusals():
            save_members(formset, by=person(request))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        brief = context["original"]
        if brief is not None:
            context["refusal"] = refusal(check_can_manage, person(request), brief)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The brief's record, which holds what was done on its own pages too."""
        brief = self.get_object(request, object_id)
        if brief is None or not self.has_view_permission(request, brief):
            return super().history_view(request, object_id, extra_context)
        return redirect("activity_list", brief.slug)

    def view_on_site(self, brief: Brief) -> str:
        return brief.get_absolute_url()

    @admin.display(description=gettext_lazy("At a glance"))
    def fact_lines(self, brief: Brief) -> str:
        return fact_lines(brief)

    @admin.display(description=gettext_lazy("in use"), boolean=True, ordering="archived_at")
    def is_in_use(self, brief: Brief) -> bool:
        return not brief.is_archived
