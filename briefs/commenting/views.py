from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from briefs.commenting.actions import (
    add_comment,
    give_task,
    reopen_comment,
    reply_to,
    resolve_comment,
)
from briefs.commenting.discussion import Discussion
from briefs.commenting.forms import CommentForm, ReplyForm, TaskForm
from briefs.commenting.panel import panel
from briefs.commenting.passages import working_texts
from briefs.models import Comment, Section
from briefs.permissions import check_can_settle
from briefs.prompts import questions_of

# Where the form stood, and where its sender goes on; without it, to the comments' own page.
PAGES = {"section": "section_edit", "review": "section_review"}


@require_safe
def comment_list(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    wanted = {"prompt_key": request.GET.get("about"), "quote": request.GET.get("quote")}
    form = CommentForm(_discussion(request, section), initial=wanted)
    return _page(request, section, comment_form=form)


@require_POST
def comment_add(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    form = CommentForm(_discussion(request, section), request.POST)
    return _act(
        request,
        section,
        form,
        lambda said: add_comment(section, by=person(request), **said),
        comment_form=form,
    )


@require_POST
def comment_reply(
    request: HttpRequest, brief_slug: str, section_key: str, comment_id: int
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    comment = _comment(section, comment_id)
    form = ReplyForm(request.POST)
    return _act(
        request,
        section,
        form,
        lambda said: reply_to(comment, said["text"], by=person(request)),
        reply_form=form,
        replying=comment.parent_id or comment.pk,
    )


@require_POST
def comment_resolve(
    request: HttpRequest, brief_slug: str, section_key: str, comment_id: int
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    comment = _comment(section, comment_id)
    return _act(request, section, None, lambda _said: resolve_comment(comment, by=person(request)))


@require_POST
def comment_reopen(
    request: HttpRequest, brief_slug: str, section_key: str, comment_id: int
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    comment = _comment(section, comment_id)
    return _act(request, section, None, lambda _said: reopen_comment(comment, by=person(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_task(
    request: HttpRequest, brief_slug: str, section_key: str, comment_id: int
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    comment = _comment(section, comment_id)
    check_can_settle(person(request), comment)
    form = TaskForm(section.brief, request.POST or None, initial=_task_of(comment))
    if request.method == "POST" and form.is_valid():
        try:
            give_task(comment, by=person(request), **form.cleaned_data)
        except ValidationError as mistake:
            form.add_error(None, mistake)
        except PermissionDenied as denied:
            form.add_error(None, str(denied))
        else:
            told = {"name": form.cleaned_data["person"]}
            messages.success(request, _("It is a task for %(name)s now.") % told)
            return _back(section, comment)
    context = {"section": section, "brief": section.brief, "comment": comment, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "briefs/commenting/comment_task.html", context, status=status)


def _section(request: HttpRequest, brief_slug: str, section_key: str) -> Section:
    sections = Section.objects.visible_to(person(request)).select_related(
        "brief__template", "section_template", "part"
    )
    return get_object_or_404(sections, brief__slug=brief_slug, key=section_key)


def _comment(section: Section, comment_id: int) -> Comment:
    comment = get_object_or_404(section.comments.all(), pk=comment_id)
    comment.section = section
    return comment


def _discussion(request: HttpRequest, section: Section) -> Discussion:
    return Discussion(section, person(request), questions_of(section), {})


def _act(
    request: HttpRequest,
    section: Section,
    form: forms.Form | None,
    action: Callable[[dict[str, Any]], Comment],
    **again: Any,
) -> HttpResponse:
    """Takes one step. Refused, the comments' page comes back with what was typed."""
    if form is not None and not form.is_valid():
        # Whoever may not comment at all is told that first.
        refusal = _discussion(request, section).refusal
        return _page(request, section, sentence=refusal, status=403 if refusal else 422, **again)
    try:
        comment = action(form.cleaned_data if form else {})
    except ValidationError as mistake:
        assert form is not None
        form.add_error(None, mistake)
        return _page(request, section, status=422, **again)
    except PermissionDenied as denied:
        return _page(request, section, sentence=str(denied), status=403, **again)
    messages.success(request, _said(comment))
    return _back(section, comment, request.POST.get("here", ""))


def _back(section: Section, comment: Comment, here: str = "") -> HttpResponse:
    address = reverse(PAGES.get(here, "comment_list"), args=[section.brief.slug, section.key])
    return redirect(f"{address}#comment-{comment.parent_id or comment.pk}")


def _task_of(comment: Comment) -> dict[str, Any]:
    return {"person": comment.task_for_id, "due_date": comment.due_date}


def _said(comment: Comment) -> str:
    if comment.is_resolved and comment.parent_id is None:
        return _("The comment is resolved. It stays on record below.")
    return _("The comment is stored.")


def _page(
    request: HttpRequest,
    section: Section,
    *,
    sentence: str = "",
    status: int = 200,
    **again: Any,
) -> HttpResponse:
    context = {
        "section": section,
        "brief": section.brief,
        "sentence": sentence,
        **panel(section, person(request), questions_of(section), working_texts(section)),
        **again,
    }
    return render(request, "briefs/commenting/comment_list.html", context, status=status)
