"""Review decisions on many sections at once. Each is confirmed on a page that shows the text and
its revision's number, and names that number: a text that changed meanwhile isn't decided on unread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.http import person
from accounts.models import User
from accounts.plain_form import PlainForm
from briefs.drafting.actions import name_live_text
from briefs.drafting.desk import ReadAnswer, read_answers
from briefs.models import Section, SignOff
from briefs.permissions import refusal
from briefs.prompts import questions_of, texts_now
from briefs.review.actions import (
    approve_section,
    check_can_approve,
    check_can_request_changes,
    check_can_request_review,
    check_can_withdraw,
    request_changes,
    request_review,
    withdraw_review,
)
from briefs.review.forms import MAX_COMMENT

MOST_AT_ONCE = 50


class CommentForm(PlainForm, forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("What must change"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Say what must change.")},
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One move of the review, as the admin offers it. `form` asks for what it needs besides the
    revision, None for nothing."""

    action: str
    title: str | Promise
    rule: Callable[[User, Section], None]
    act: Callable[..., Section | SignOff]
    form: type[forms.Form] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A selected section as the page shows it. `refusal` says why the step can't be taken, blank
    where it can; `mishap` why it wasn't a moment ago."""

    section: Section
    answers: list[ReadAnswer]
    refusal: str
    mishap: str


@admin.action(description=gettext_lazy("Ask for review"), permissions=["change"])
def ask_for_review(
    desk: admin.ModelAdmin[Section], request: HttpRequest, sections: QuerySet[Section]
) -> HttpResponse | None:
    step = Step("ask_for_review", _("Ask for review"), check_can_request_review, request_review)
    return _take(step, desk, request, sections)


@admin.action(description=gettext_lazy("Withdraw the request for review"), permissions=["change"])
def take_back(
    desk: admin.ModelAdmin[Section], request: HttpRequest, sections: QuerySet[Section]
) -> HttpResponse | None:
    step = Step(
        "take_back", _("Withdraw the request for review"), check_can_withdraw, withdraw_review
    )
    return _take(step, desk, request, sections)


@admin.action(description=gettext_lazy("Approve"), permissions=["change"])
def approve(
    desk: admin.ModelAdmin[Section], request: HttpRequest, sections: QuerySet[Section]
) -> HttpResponse | None:
    step = Step("approve", _("Approve"), check_can_approve, approve_section)
    return _take(step, desk, request, sections)


@admin.action(description=gettext_lazy("Request changes"), permissions=["change"])
def send_back(
    desk: admin.ModelAdmin[Section], request: HttpRequest, sections: QuerySet[Section]
) -> HttpResponse | None:
    step = Step(
        "send_back", _("Request changes"), check_can_request_changes, request_changes, CommentForm
    )
    return _take(step, desk, request, sections)


def _take(
    step: Step, desk: admin.ModelAdmin[Section], request: HttpRequest, sections: QuerySet[Section]
) -> HttpResponse | None:
    if sections.count() > MOST_AT_ONCE:
        messages.error(
            request, _("Select %(most)s sections at most at once.") % {"most": MOST_AT_ONCE}
        )
        return None
    form = step.form(request.POST if "confirmed" in request.POST else None) if step.form else None
    if "confirmed" not in request.POST:
        return _page(step, desk, request, sections, form, {})
    if form and not form.is_valid():
        return _with_status(422, _page(step, desk, request, sections, form, {}))
    mishaps = _act(step, request, sections, form.cleaned_data if form else {})
    done = len(sections) - len(mishaps)
    if done:
        sentence = ngettext("%(step)s: %(n)s section.", "%(step)s: %(n)s sections.", done)
        messages.success(request, sentence % {"step": step.title, "n": done})
    if not mishaps:
        return None
    left = desk.get_queryset(request).filter(pk__in=mishaps)
    return _with_status(409, _page(step, desk, request, left, form, mishaps))


def _act(
    step: Step, request: HttpRequest, sections: QuerySet[Section], words: dict[str, Any]
) -> dict[int, str]:
    """Takes the step section by section, and returns the sentences of those that were refused."""
    mishaps: dict[int, str] = {}
    for section in sections:
        seen = request.POST.get(f"revision-{section.pk}", "")
        number = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
        try:
            step.act(section, by=person(request), revision=number, **words)
        except PermissionDenied as denied:
            mishaps[section.pk] = str(denied)
        except ValidationError as mistake:
            mishaps[section.pk] = " ".join(mistake.messages)
    return mishaps


def _page(
    step: Step,
    desk: admin.ModelAdmin[Section],
    request: HttpRequest,
    sections: QuerySet[Section],
    form: forms.Form | None,
    mishaps: dict[int, str],
) -> TemplateResponse:
    for section in Section.objects.filter(pk__in=sections).being_written():
        # The page names revisions: they must be those of the words on it.
        name_live_text(section)
    candidates = [
        Candidate(
            section,
            read_answers(questions_of(section), texts_now(section), section.brief),
            refusal(step.rule, person(request), section),
            mishaps.get(section.pk, ""),
        )
        for section in sections.select_related("brief__template", "part", "section_template")
    ]
    context = {
        **desk.admin_site.each_context(request),
        "title": step.title,
        "opts": desk.opts,
        "media": desk.media,
        "step": step,
        "form": form,
        "candidates": candidates,
        "is_possible": any(not candidate.refusal for candidate in candidates),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/briefs/section/review_step.html", context)


def _with_status(status: int, page: TemplateResponse) -> TemplateResponse:
    page.status_code = status
    return page
