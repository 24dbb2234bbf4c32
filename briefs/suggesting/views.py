from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from briefs.document.source import find_in_source
from briefs.drafting.actions import name_live_text
from briefs.models import Section, Suggestion
from briefs.permissions import check_can_answer_suggestions, check_can_withdraw_suggestion
from briefs.prompts import questions_of, texts_with_version
from briefs.revisions import texts_of
from briefs.suggesting.actions import (
    Proposal,
    accept_suggestion,
    check_can_accept,
    check_can_suggest_now,
    decline_suggestion,
    make_suggestion,
    withdraw_suggestion,
)
from briefs.suggesting.fitting import Misfit
from briefs.suggesting.forms import DeclineForm, PassageForm, RevisionForm, SuggestionForm
from briefs.suggesting.panel import Suggestions


@require_safe
def suggestion_list(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    return _list_page(request, _section(request, brief_slug, section_key))


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_add(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    check_can_suggest_now(person(request), section)
    if request.method == "POST":
        return _make(request, section)
    if "quote" not in request.GET:
        return _passage_page(request, section, PassageForm(section, questions_of(section)))
    form = PassageForm(section, questions_of(section), request.GET)
    if not form.is_valid():
        return _passage_page(request, section, form)
    texts, version = texts_with_version(section)
    wanted = form.cleaned_data
    text = texts.get(wanted["prompt"], "")
    found = find_in_source(text, wanted["quote"], wanted["before"])
    if found is None:
        form.add_error("quote", _("These words are not in the text. Copy them as they stand."))
        return _passage_page(request, section, form)
    old = text[found.start : found.end]
    initial = {
        "revision": version,
        "prompt": wanted["prompt"],
        "start": found.start,
        "length": len(old),
        "new": old,
    }
    return _words_page(request, section, SuggestionForm(initial=initial), old)


@require_POST
def suggestion_accept(
    request: HttpRequest, brief_slug: str, section_key: str, suggestion_id: int
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    suggestion = _suggestion(section, suggestion_id)
    check_can_accept(person(request), suggestion)
    form = RevisionForm(request.POST)
    if not form.is_valid():
        sentence = " ".join(map(str, form.errors["revision"]))
        return _list_page(request, section, status=422, sentence=sentence)
    try:
        revision = accept_suggestion(
            suggestion, by=person(request), revision=form.cleaned_data["revision"]
        )
    except Misfit as misfit:
        return _list_page(request, section, status=409, misfit=misfit, misfitting=suggestion)
    except ValidationError as too_much:
        return _list_page(request, section, status=422, sentence=" ".join(too_much.messages))
    except PermissionDenied as denied:
        return _list_page(request, section, status=409, sentence=str(denied))
    sentence = _("Accepted: the text is revision %(number)s now.") % {"number": revision.number}
    section.refresh_from_db(fields=["status"])
    if section.status == Section.Status.IN_REVIEW:
        sentence += " " + _("The review goes on with it.")
    messages.success(request, sentence)
    return _back(section)


@require_POST
def suggestion_decline(
    request: HttpRequest, brief_slug: str, section_key: str, suggestion_id: int
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    suggestion = _suggestion(section, suggestion_id)
    check_can_answer_suggestions(person(request), section)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _list_page(
            request,
            section,
            status=422,
            sentence=" ".join(map(str, form.errors["reason"])),
            declining=form,
        )
    try:
        decline_suggestion(suggestion, by=person(request), reason=form.cleaned_data["reason"])
    except ValidationError as mistake:
        sentence = " ".join(mistake.messages)
        return _list_page(request, section, status=422, sentence=sentence, declining=form)
    except PermissionDenied as denied:
        return _list_page(request, section, status=409, sentence=str(denied), declining=form)
    messages.success(request, _("Declined: the text stays as it is."))
    return _back(section)


@require_POST
def suggestion_withdraw(
    request: HttpRequest, brief_slug: str, section_key: str, suggestion_id: int
) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    suggestion = _suggestion(section, suggestion_id)
    check_can_withdraw_suggestion(person(request), suggestion)
    try:
        withdraw_suggestion(suggestion, by=person(request))
    except PermissionDenied as denied:
        return _list_page(request, section, status=409, sentence=str(denied))
    messages.success(request, _("Your suggestion is withdrawn."))
    return _back(section)


def _make(request: HttpRequest, section: Section) -> HttpResponse:
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return _words_page(request, section, form, _passage_read(section, form), status=422)
    sent = form.cleaned_data
    old = _passage_read(section, form)
    proposal = Proposal(sent["prompt"], sent["start"], old, sent["new"], sent["reason"])
    try:
        make_suggestion(section, proposal, by=person(request), revision=sent["revision"])
    except ValidationError as mistake:
        form.add_error(None, mistake)
        return _words_page(request, section, form, old, status=422)
    except PermissionDenied as denied:
        return _words_page(request, section, form, old, status=409, sentence=str(denied))
    messages.success(request, _("Your suggestion waits for an answer."))
    return _back(section)


def _passage_read(section: Section, form: SuggestionForm) -> str:
    """The passage in the revision that the form names; blank when that is none."""
    sent = form.cleaned_data
    if not {"revision", "prompt", "start", "length"} <= sent.keys():
        return ""
    revision = section.revisions.filter(number=sent["revision"]).first()
    if revision is None:
        return ""
    text = texts_of(revision).get(sent["prompt"], "")
    return text[sent["start"] : sent["start"] + sent["length"]]


def _section(request: HttpRequest, brief_slug: str, section_key: str) -> Section:
    sections = Section.objects.visible_to(person(request)).select_related(
        "brief__template", "section_template", "part"
    )
    section = get_object_or_404(sections, brief__slug=brief_slug, key=section_key)
    if request.method == "POST":
        # An answer names a revision; typed text has its number before that is looked at.
        name_live_text(section)
        section.refresh_from_db(fields=["version", "status"])
    return section


def _suggestion(section: Section, suggestion_id: int) -> Suggestion:
    suggestion = get_object_or_404(section.suggestions.all(), pk=suggestion_id)
    suggestion.section = section
    return suggestion


def _back(section: Section) -> HttpResponse:
    page = reverse("section_review", args=[section.brief.slug, section.key])
    return redirect(f"{page}#suggestions")


def _list_page(
    request: HttpRequest, section: Section, *, status: int = 200, **more: Any
) -> HttpResponse:
    section.refresh_from_db(fields=["version", "status"])
    context = {
        "section": section,
        "brief": section.brief,
        "suggestions": Suggestions(section, person(request), questions_of(section)),
        **more,
    }
    return render(request, "briefs/suggesting/suggestion_list.html", context, status=status)


def _passage_page(request: HttpRequest, section: Section, form: PassageForm) -> HttpResponse:
    context = {"section": section, "brief": section.brief, "passage_form": form}
    status = 422 if form.is_bound else 200
    return render(request, "briefs/suggesting/suggestion_add.html", context, status=status)


def _words_page(
    request: HttpRequest,
    section: Section,
    form: SuggestionForm,
    old: str,
    *,
    status: int = 200,
    sentence: str = "",
) -> HttpResponse:
    context = {
        "section": section,
        "brief": section.brief,
        "form": form,
        "old": old,
        "sentence": sentence or form.hidden_mistakes,
    }
    return render(request, "briefs/suggesting/suggestion_add.html", context, status=status)
