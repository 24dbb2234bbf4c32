from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.filters import RelatedOnlyFieldListFilter
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reversion.admin import VersionAdmin

from accounts.admin import WaryAdmin
from accounts.http import person
from briefs.admin.review import approve, ask_for_review, send_back, take_back
from briefs.drafting.actions import EditConflict, Saved, save_section
from briefs.drafting.desk import Desk
from briefs.drafting.forms import PREFIX, SectionForm, initial_texts
from briefs.drafting.record import lines_of
from briefs.drafting.starting import StartedFrom
from briefs.models import Section, SectionQuerySet
from briefs.overview.states import with_state
from briefs.permissions import check_can_edit, refusal

REVISIONS_A_PAGE = 100
CLOSED = frozenset(
    {"briefs_section_recoverlist", "briefs_section_recover", "briefs_section_revision"}
)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in Section.State]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state_now=self.value()) if self.value() else queryset


class WideSectionForm(SectionForm):
    """The form of the section's own page, in the admin's width."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "vLargeTextField"


@admin.register(Section)
class SectionAdmin(WaryAdmin, VersionAdmin):  # type: ignore[misc]
    """Sections are written in and decided on here, never made or deleted.

    Of django-reversion's admin only the history stays: its page of an old version empties Django's
    receivers for the whole process while it is shown, and its revert would restore the status too.
    """

    change_list_template = None
    change_form_template = "admin/briefs/section/change_form.html"
    object_history_template = "admin/briefs/section/object_history.html"
    list_display = (
        "title",
        "brief",
        "state_label",
        "author",
        "reviewer_names",
        "version",
        "edited_at",
    )
    list_filter = (
        StateFilter,
        ("brief", RelatedOnlyFieldListFilter),
        ("author", RelatedOnlyFieldListFilter),
        ("reviewers", RelatedOnlyFieldListFilter),
    )
    list_select_related = ("brief__template", "part", "section_template", "author")
    list_per_page = 50
    search_fields = ("section_template__title", "own_title", "brief__title")
    ordering = (
        "brief",
        "part__position",
        "position",
        F("section_template_id").desc(nulls_last=True),
        "pk",
    )
    actions = (ask_for_review, take_back, approve, send_back)

    def get_queryset(self, request: HttpRequest) -> SectionQuerySet:
        visible = Section.objects.visible_to(person(request))
        return with_state(visible.prefetch_related("reviewers"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return False

    def view_on_site(self, section: Section) -> str:
        return section.get_absolute_url()

    @admin.display(description=gettext_lazy("reviewers"))
    def reviewer_names(self, section: Section) -> str:
        return section.reviewer_names

    @admin.display(description=gettext_lazy("status"), ordering="state_now")
    def state_label(self, section: Section) -> str:
        return str(section.state.label)

    @contextmanager
    def create_revision(self, request: HttpRequest) -> Iterator[None]:
        # The actions record their own revisions; one around them would hold theirs back until the
        # page is done, and open a write transaction for whoever only looks.
        yield

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if url.name not in CLOSED]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        section = self.get_object(request, unquote(object_id))
        is_post = request.method == "POST"
        if not (self.has_change_permission if is_post else self.has_view_permission)(request):
            raise PermissionDenied
        if section is None:
            missing: HttpResponse = self._get_obj_does_not_exist_redirect(
                request, self.opts, object_id
            )
            return missing
        desk = Desk(section)
        if is_post:
            return self._save(request, desk)
        initial = initial_texts(desk.texts, desk.started_from)
        return self._page(
            request, desk, WideSectionForm(desk.questions, desk.section.title, initial=initial)
        )

    def _save(self, request: HttpRequest, desk: Desk) -> HttpResponse:
        sent = request.POST.copy()
        for key, text in desk.texts.items():
            # Shown empty on a page that says no, it would be emptied by the next save.
            sent.setdefault(PREFIX + key, text)
        form = WideSectionForm(desk.questions, desk.section.title, sent)
        if not form.is_valid():
            return self._page(request, desk, form, status=422)
        started_from = form.cleaned_data["started_from"]
        try:
            saved = save_section(
                desk.section,
                form.texts,
                by=person(request),
                started_from=started_from.version,
                typed_up_to=started_from.seq,
            )
        except EditConflict as conflict:
            bound = initial_texts(conflict.texts, StartedFrom(conflict.version))
            form = WideSectionForm(desk.questions, desk.section.title, bound)
            form.add_error(None, str(conflict))
            form.show_theirs(conflict.theirs)
            return self._page(request, desk, form, status=409)
        except ValidationError as too_much:
            form.add_refusal(too_much)
            return self._page(request, desk, form, status=422)
        except PermissionDenied as denied:
            form.add_error(None, str(denied))
            return self._page(request, desk, form, status=403)
        return self._saved(request, saved)

    def _saved(self, request: HttpRequest, saved: Saved) -> HttpResponse:
        if saved.revision is None:
            messages.info(request, _("Nothing new to save: the text is as it was."))
        else:
            sentence = _("Saved as revision %(number)s.") % {"number": saved.revision.number}
            self.log_change(request, saved.section, sentence)
            messages.success(request, sentence)
        if "_continue" in request.POST:
            return redirect(request.get_full_path())
        to_the_list: HttpResponse = self.response_post_save_change(request, saved.section)
        return to_the_list

    def _page(
        self, request: HttpRequest, desk: Desk, form: SectionForm, *, status: int = 200
    ) -> HttpResponse:
        section = desk.section
        refused = refusal(check_can_edit, person(request), section)
        may_write = self.has_change_permission(request) and (form.is_bound or not refused)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change section") if may_write else _("View section"),
            "subtitle": section.title,
            "adminform": AdminForm(cast("Any", form), [(None, {"fields": [*form.fields]})], {}),
            "errors": AdminErrorList(cast("Any", form), []),
            "media": self.media,
            "inline_admin_formsets": [],
            "is_popup": False,
            "to_field": None,
            "original": section,
            "object_id": section.pk,
            "preserved_filters": self.get_preserved_filters(request),
            "show_save": may_write,
            "show_save_and_continue": may_write,
            "desk": desk,
            "may_write": may_write,
            "refusal": refused,
        }
        page: HttpResponse = self.render_change_form(request, context, change=True, obj=section)
        page.status_code = status
        return page

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        section = self.get_object(request, unquote(object_id))
        context = self._history(request, section) if section else {}
        # Past VersionAdmin's own, which lists every version at once, with links to a closed page.
        page: HttpResponse = super(VersionAdmin, self).history_view(
            request, object_id, {**context, **(extra_context or {})}
        )
        return page

    def _history(self, request: HttpRequest, section: Section) -> dict[str, Any]:
        revisions = section.revisions.select_related("stored").prefetch_related("contributors")
        paginator = self.get_paginator(request, revisions.order_by("-number"), REVISIONS_A_PAGE)
        shown = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        return {
            "title": _("History of %(section)s") % {"section": section.title},
            "action_list": shown,
            "lines": lines_of(section, list(shown), person(request)),
            "page_range": paginator.get_elided_page_range(shown.number),
            "pagination_required": paginator.num_pages > 1,
        }
