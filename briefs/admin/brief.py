from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.filters import RelatedOnlyFieldListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.http import person
from briefs.admin.brief_forms import ChangedBriefForm, NewBriefForm
from briefs.admin.exporting import export
from briefs.admin.members import MemberInline, save_members
from briefs.admin.refusing import RefusingAdmin, refusals
from briefs.commissioning.actions import (
    archive_brief,
    change_brief,
    create_brief,
    unarchive_brief,
)
from briefs.commissioning.facts import write_facts
from briefs.models import Brief
from briefs.permissions import check_can_manage, refusal

FIELDS = ("country", "subject", "title", "language", "reference", "marking", "date", "facts")
FIXED = ("template", "slug", "created_at", "updated_at", "archived_at")


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

    list_display = ("title", "country", "template", "is_in_use", "updated_at")
    list_filter = (ArchivedFilter, ("template", RelatedOnlyFieldListFilter))
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

    def get_form(
        self, request: HttpRequest, obj: Brief | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Brief]]:
        form = ChangedBriefForm if obj else NewBriefForm
        return super().get_form(request, obj, change, form=form, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Brief | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("template", *FIELDS)
        if self.has_change_permission(request, obj):
            return ("seen", *FIELDS, *FIXED)
        return (*FIELDS[:-1], "fact_lines", *FIXED)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Brief | None = None
    ) -> tuple[str, ...]:
        return FIXED if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Brief | None) -> tuple[Any, ...]:
        return tuple(self.inlines) if obj else ()  # Whoever makes a brief is its first member.

    def save_model(self, request: HttpRequest, obj: Brief, form: Any, change: bool) -> None:
        typed, by = form.cleaned_data, person(request)
        with refusals():
            if change:
                change_brief(obj, form.brief_data, by=by, seen=typed["seen"])
            else:
                made = create_brief(form.brief_data, typed["template"], by=by)
                obj.pk, obj.slug = made.pk, made.slug

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
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
        return write_facts(brief.facts)

    @admin.display(description=gettext_lazy("in use"), boolean=True, ordering="archived_at")
    def is_in_use(self, brief: Brief) -> bool:
        return not brief.is_archived
