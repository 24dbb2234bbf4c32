from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from briefs.commenting.panel import panel
from briefs.drafting.actions import name_for_reader, name_live_text
from briefs.drafting.desk import Desk
from briefs.drafting.views import save_posted
from briefs.models import Section, SignOff
from briefs.permissions import check_can_review
from briefs.review.actions import (
    approve_section,
    request_changes,
    request_review,
    withdraw_review,
)
from briefs.review.desk import ReviewDesk, Step
from briefs.review.forms import (
    ApproveForm,
    CountersignForm,
    OverrideForm,
    RequestChangesForm,
    RequestForm,
    RevisionForm,
)
from briefs.review.many import MOST_ROWS, Outcome, approve_opened, note_opening, waiting_for
from briefs.review.overriding import countersign, override_section
from briefs.review.wording import what_was_done
from briefs.suggesting.panel import Suggestions


@require_safe
def section_review(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    desk = ReviewDesk(
        section,
        person(request),
        request.GET.get("from", "").strip(),
        as_source=request.GET.get("as") == "source",
    )
    is_read = request.method == "GET" and desk.is_in_review
    if is_read and desk.revision and not desk.refusals["approve"]:
        note_opening(desk.revision, person(request))
    status = 422 if desk.mistake else 200
    return _page(request, desk, RequestChangesForm(), sentence=desk.mistake, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def review_many(request: HttpRequest) -> HttpResponse:
    user = person(request)
    refused: list[Outcome] = []
    if request.method == "POST":
        outcomes = approve_opened(request.POST.getlist("chosen"), by=user)
        refused = [outcome for outcome in outcomes if outcome.refusal]
        done = len(outcomes) - len(refused)
        sentence = ngettext(
            "Your approval of %(count)s section is recorded.",
            "Your approval of %(count)s sections is recorded.",
            done,
        )
        if done:
            messages.success(request, sentence % {"count": done})
        if not outcomes:
            messages.error(request, _("Tick the sections that you want to approve."))
        if not refused:
            return redirect("review_many")
    context = {"waiting": waiting_for(user), "refused": refused, "most": MOST_ROWS}
    status = 409 if refused else 200
    return render(request, "briefs/review/review_many.html", context, status=status)


@require_POST
def review_request(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    return _act(request, section, RequestForm(request.POST), request_review, "request")


@require_POST
def review_save_and_request(
    request: HttpRequest, brief_slug: str, section_key: str
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    saved = save_posted(request, Desk(section))
    if isinstance(saved, HttpResponse):
        return saved
    # The save stands whatever comes of this. Words of others that came in with it weren't read.
    read = RevisionForm({"revision": saved.version})
    return _act(request, section, read, request_review, "request")


@require_POST
def review_withdraw(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    return _act(request, section, RevisionForm(request.POST), withdraw_review, "withdraw")


@require_POST
def review_approve(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    return _act(request, section, ApproveForm(request.POST), approve_section, "approve")


@require_POST
def review_override(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    return _act(request, section, OverrideForm(request.POST), override_section, "override")


@require_POST
def review_countersign(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    check_can_review(person(request), section)
    form = CountersignForm(request.POST)
    desk = ReviewDesk(section, person(request))
    is_valid = form.is_valid()
    read = form.cleaned_data.get("revision")
    if desk.override is None or not is_valid or desk.override.revision.number != read:
        sentence = _("The override that you read is not the one that waits now. Read it again.")
        return _page(request, desk, RequestChangesForm(), sentence=sentence, status=409)
    try:
        countersign(desk.override, by=person(request), comment=form.cleaned_data["comment"])
    except PermissionDenied as denied:
        return _page(request, desk, RequestChangesForm(), sentence=str(denied), status=403)
    messages.success(request, _("Countersigned. The override is no longer marked."))
    return redirect("section_review", brief_slug, section_key)


@require_POST
def review_request_changes(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    return _act(
        request, section, RequestChangesForm(request.POST), request_changes, "request_changes"
    )


def _section(request: HttpRequest, brief_slug: str, section_key: str) -> Section:
    sections = Section.objects.visible_to(person(request)).select_related("brief")
    section = get_object_or_404(sections, brief__slug=brief_slug, key=section_key)
    # A decision names a revision; typed text has its number before that is looked at.
    if request.method == "POST":
        name_live_text(section)
    else:
        name_for_reader(section, person(request))
    return section


def _act(
    request: HttpRequest,
    section: Section,
    form: RevisionForm,
    action: Callable[..., Section | SignOff],
    step: Step,
) -> HttpResponse:
    """Takes one step. Refused, the page comes back as things stand now, with what was typed."""
    if not form.is_valid():
        return _mistaken(request, section, form, step)
    try:
        done = action(section, by=person(request), **form.cleaned_data)
    except PermissionDenied as denied:
        section.refresh_from_db(fields=["version"])
        is_stale = form.cleaned_data["revision"] != section.version
        return _page_again(
            request, section, form, status=409 if is_stale else 403, sentence=str(denied)
        )
    # By this mark the page knows that the comment it keeps in the tab has done its work.
    mark = f"decided-{person(request).pk}:{section.pk}" if isinstance(done, SignOff) else ""
    messages.success(request, what_was_done(done), extra_tags=mark)
    return redirect("section_review", section.brief.slug, section.key)


def _mistaken(
    request: HttpRequest, section: Section, form: RevisionForm, step: Step
) -> HttpResponse:
    """What is wrong with the form, unless the person may not take the step at all."""
    denied = ReviewDesk(section, person(request)).refusals[step]
    if denied:
        return _page_again(request, section, form, status=403, sentence=denied)
    sentence = " ".join(str(mistake) for mistake in form.errors.get("revision", []))
    return _page_again(request, section, form, status=422, sentence=sentence)


def _page_again(
    request: HttpRequest, section: Section, form: RevisionForm, **outcome: Any
) -> HttpResponse:
    desk = ReviewDesk(section, person(request))
    if isinstance(form, RequestChangesForm):
        return _page(request, desk, form, **outcome)
    if isinstance(form, OverrideForm):
        return _page(request, desk, RequestChangesForm(), override_form=form, **outcome)
    return _page(request, desk, RequestChangesForm(), **outcome)


def _page(
    request: HttpRequest,
    desk: ReviewDesk,
    form: RequestChangesForm,
    *,
    status: int,
    sentence: str = "",
    override_form: OverrideForm | None = None,
) -> HttpResponse:
    context = {
        "override_form": override_form or OverrideForm(),
        "review": desk,
        "desk": desk.desk,
        "form": form,
        "sentence": sentence,
        "suggestions": Suggestions(desk.section, person(request), desk.desk.questions),
        **panel(desk.section, person(request), desk.desk.questions, desk.desk.texts, here="review"),
    }
    return render(request, "briefs/review/section_review.html", context, status=status)
