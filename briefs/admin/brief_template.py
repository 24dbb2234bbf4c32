from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from briefs.admin.access import ReadOnlyAdmin
from briefs.brief_templates.outlines import outline_of
from briefs.document.outline import OutlinePart, OutlineSection
from briefs.models import BriefTemplate, Prompt


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part with the numbers that a brief prints; in the opening they are blank."""

    number: str
    part: OutlinePart
    sections: list[tuple[str, OutlineSection]]


def numbered(parts: tuple[OutlinePart, ...]) -> list[NumberedPart]:
    """The parts and sections of an outline in order, with their numbers."""
    rows: list[NumberedPart] = []
    for part in parts:
        number = str(1 + sum(bool(row.number) for row in rows)) if part.title else ""
        sections = [
            (f"{number}.{place}" if number else "", section)
            for place, section in enumerate(part.sections, start=1)
        ]
        rows.append(NumberedPart(number, part, sections))
    return rows


@admin.register(BriefTemplate)
class BriefTemplateAdmin(ReadOnlyAdmin[BriefTemplate]):
    """A version never changes; `manage.py load_brief_template` loads the next one."""

    change_form_template = "admin/briefs/brieftemplate/change_form.html"
    list_display = ("title", "version", "key", "language", "brief_count", "loaded_at")
    list_filter = ("key", "language")
    search_fields = ("title", "key")
    fields = ("title", "version", "key", "language", "loaded_at", "digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[BriefTemplate]:
        return BriefTemplate.objects.annotate(brief_count=Count("briefs"))

    @admin.display(description=_("briefs"), ordering="brief_count")
    def brief_count(self, template: BriefTemplate) -> int:
        return int(getattr(template, "brief_count"))  # noqa: B009 - added by the query

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["parts"] = numbered(outline_of(context["original"]).parts)
        context["prompt_forms"] = Prompt.Form.choices
        return super().render_change_form(request, context, *args, **kwargs)
