from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import person
from briefs.drafting.actions import name_for_reader, name_live_text
from briefs.drafting.comparison import compare_texts
from briefs.drafting.desk import Desk, read_answers
from briefs.drafting.record import last_approved_by, lines_of
from briefs.history.actions import restorable, restore_revision
from briefs.history.authorship import who_wrote
from briefs.history.forms import TYPED, CompareForm, RestoreForm
from briefs.history.replay import prompts_ever, steps_of
from briefs.models import Revision, Section
from briefs.permissions import check_can_edit, refusal
from briefs.prompts import questions_then
from briefs.revisions import texts_of

REVISIONS_PER_PAGE = 25
MOST_LISTED = 100  # to choose from; older ones are compared from their place in the history


@require_safe
def section_history(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    desk = _desk(request, brief_slug, section_key)
    revisions = desk.section.revisions.order_by("-number").prefetch_related("contributors")
    page = Paginator(revisions, REVISIONS_PER_PAGE).get_page(request.GET.get("page"))
    approved_by_me = last_approved_by(desk.section, person(request))
    newest = desk.section.version
    context = {
        "desk": desk,
        "page": page,
        "lines": lines_of(desk.section, list(page.object_list), person(request)),
        "newest": newest,
        "approved_by_me": approved_by_me,
        "since_approval": newest - approved_by_me.number if approved_by_me else newest,
    }
    return render(request, "briefs/history/section_history.html", context)


@require_safe
def section_compare(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    desk = _desk(request, brief_slug, section_key)
    newest = desk.section.version
    typed = desk.typed_since
    asked = {"from": str(max(newest - 1, 0)), "to": str(newest) if newest else TYPED}
    asked.update({key: request.GET[key].strip() for key in asked if request.GET.get(key)})
    form = CompareForm(desk.section, person(request), asked, is_typed_in=typed is not None)
    is_valid = form.is_valid()
    chosen = [revision.pk for revision in (form.old, form.new) if revision]
    listed = Q(number__gt=newest - MOST_LISTED) | Q(pk__in=chosen)
    revisions = desk.section.revisions.filter(listed).order_by("-number")
    lines = lines_of(
        desk.section, list(revisions.prefetch_related("contributors")), person(request)
    )
    context: dict[str, Any] = {"desk": desk, "form": form, "newest": newest, "lines": lines}
    if not is_valid:
        return render(request, "briefs/history/section_compare.html", context, status=422)
    new_texts = typed if typed is not None and form.wants_typed else _texts_of(form.new)
    context |= {
        "old": form.old,
        "new": form.new,
        "shows_typed": form.wants_typed,
        "comparison": compare_texts(
            desk.questions_with(form.old, form.new), _texts_of(form.old), new_texts
        ),
    }
    return render(request, "briefs/history/section_compare.html", context)


@require_safe
def section_replay(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    desk = _desk(request, brief_slug, section_key)
    steps = steps_of(desk.section)
    written = {key for step in steps for key in step["changes"]}
    asked = {question.key for question in desk.questions}
    prompts = [each for each in prompts_ever(desk.section) if each[0] in written | asked]
    context = {"desk": desk, "steps": steps, "prompts": prompts}
    return render(request, "briefs/history/section_replay.html", context)


@require_safe
def revision_detail(
    request: HttpRequest, brief_slug: str, section_key: str, number: int
) -> HttpResponse:
    desk = _desk(request, brief_slug, section_key)
    revision = get_object_or_404(desk.section.revisions, number=number)
    [line] = lines_of(desk.section, [revision], person(request))
    context = {
        "desk": desk,
        "revision": revision,
        "line": line,
        "answers": read_answers(
            questions_then(desk.section, revision), texts_of(revision), desk.brief
        ),
        "newest": desk.section.version,
        "refusal": refusal(check_can_edit, person(request), desk.section),
    }
    return render(request, "briefs/history/revision_detail.html", context)


@require_safe
def revision_authors(
    request: HttpRequest, brief_slug: str, section_key: str, number: int
) -> HttpResponse:
    desk = _desk(request, brief_slug, section_key)
    revision = get_object_or_404(desk.section.revisions, number=number)
    written = who_wrote(desk.section, revision)
    context = {"desk": desk, "revision": revision, "written": written}
    return render(request, "briefs/history/revision_authors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section_restore(
    request: HttpRequest, brief_slug: str, section_key: str, number: int
) -> HttpResponse:
    desk = _desk(request, brief_slug, section_key)
    revision = get_object_or_404(desk.section.revisions, number=number)
    if request.method != "POST":
        return _restore_page(
            request, desk, revision, RestoreForm(restorable(desk.section, revision))
        )
    form = RestoreForm(restorable(desk.section, revision), request.POST)
    forbidden = refusal(check_can_edit, person(request), desk.section)
    if not form.is_valid():
        status = 403 if forbidden else 422
        return _restore_page(request, desk, revision, form, status=status, sentence=forbidden)
    try:
        restored = restore_revision(desk.section, revision, by=person(request), **form.cleaned_data)
    except PermissionDenied as denied:
        return _refused(request, desk, revision, form, denied)
    except ValidationError as too_much:
        form.add_error(None, too_much.messages)
        return _restore_page(request, desk, revision, form, status=422)
    _say_what_was_restored(request, revision, restored)
    return redirect("section_history", brief_slug, section_key)


def _desk(request: HttpRequest, brief_slug: str, section_key: str) -> Desk:
    # What a section was stays readable when it has left the brief.
    sections = Section.with_retired.visible_to(person(request)).select_related("brief")
    section = get_object_or_404(sections, brief__slug=brief_slug, key=section_key)
    if request.method == "POST":
        name_live_text(section)
    else:
        name_for_reader(section, person(request))
    return Desk(section, as_recorded=True)


def _texts_of(revision: Revision | None) -> dict[str, str]:
    return texts_of(revision) if revision else {}


def _restore_page(
    request: HttpRequest,
    desk: Desk,
    revision: Revision,
    form: RestoreForm,
    *,
    status: int = 200,
    sentence: str = "",
) -> HttpResponse:
    comparison = compare_texts(restorable(desk.section, revision), desk.texts, texts_of(revision))
    changed = [prompt.question.key for prompt in comparison.changed_prompts]
    context = {
        "desk": desk,
        "revision": revision,
        "form": form,
        "comparison": comparison,
        "chosen": form.chosen if form.is_bound else changed,
        "next_number": desk.section.version + 1,
        "sentence": sentence,
        "refusal": refusal(check_can_edit, person(request), desk.section),
    }
    return render(request, "briefs/history/section_restore.html", context, status=status)


def _refused(
    request: HttpRequest,
    desk: Desk,
    revision: Revision,
    form: RestoreForm,
    denied: PermissionDenied,
) -> HttpResponse:
    """The page as it is now, with what was chosen: 409 when the text has moved on, else 403."""
    desk = Desk(desk.section, as_recorded=True)
    is_stale = form.cleaned_data["started_from"] != desk.section.version
    return _restore_page(
        request, desk, revision, form, status=409 if is_stale else 403, sentence=str(denied)
    )


def _say_what_was_restored(
    request: HttpRequest, revision: Revision, restored: Revision | None
) -> None:
    if restored is None:
        messages.info(request, _("Nothing to bring back: the text is the same already."))
        return
    messages.success(
        request,
        _("Brought back from revision %(old)s as revision %(new)s. All other revisions stay.")
        % {"old": revision.number, "new": restored.number},
    )
