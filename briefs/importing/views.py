from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_countries import countries

from accounts.http import person
from briefs.brief_templates.outlines import outline_of, outline_of_brief
from briefs.drafting.actions import name_live_texts
from briefs.importing.actions import NewBrief, brief_data, import_brief, import_into
from briefs.importing.comparing import Found, Outcome, compare_with_brief
from briefs.importing.forms import ConfirmForm, ConfirmNewBriefForm, FileForm, NewBriefFileForm
from briefs.importing.landing import landing
from briefs.importing.once import AlreadyStored
from briefs.importing.refusals import sentences_of
from briefs.models import Brief
from briefs.permissions import check_can_add_brief, check_can_write

NOT_STORED = 422


@require_http_methods(["GET", "HEAD", "POST"])
def brief_import(request: HttpRequest) -> HttpResponse:
    user = person(request)
    check_can_add_brief(user)
    if request.method != "POST":
        return _file_page(request, NewBriefFileForm())
    form = NewBriefFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _file_page(request, form)
    asked = form.cleaned_data
    new = NewBrief(asked["template"], asked["country"], subject=asked["subject"])
    try:
        data = brief_data(form.reading, new)
    except ValidationError as refusal:
        form.add_error(None, ValidationError(sentences_of(refusal)))
        return _file_page(request, form)
    confirm = ConfirmNewBriefForm.of(
        form.sent,
        user,
        template=new.template,
        title=data.title,
        subject=data.subject,
        # A file on Belgium rarely says BE; who confirms sees it and may take it away.
        country=data.country or countries.by_name(data.subject),
    )
    return _report_page(request, confirm, form, new)


@require_POST
def brief_import_confirm(request: HttpRequest) -> HttpResponse:
    user = person(request)
    check_can_add_brief(user)
    form = ConfirmNewBriefForm(request.POST, request.FILES, user=user)
    if not form.is_valid():
        return _unconfirmed(request, form)
    try:
        imported = import_brief(form.reading, form.new_brief, by=user)
    except AlreadyStored as before:
        return _stored_before(request, before.brief)
    except ValidationError as refusal:
        form.add_error(None, ValidationError(sentences_of(refusal)))
        return _unconfirmed(request, form)
    sentence = ngettext(
        "The brief is made, with text in %(count)s section.",
        "The brief is made, with text in %(count)s sections.",
        imported.sections,
    )
    messages.success(request, sentence % {"count": imported.sections})
    return redirect(imported.brief)


@require_http_methods(["GET", "HEAD", "POST"])
def brief_import_into(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _brief(request, brief_slug)
    user = person(request)
    check_can_write(user, brief)
    outline = outline_of_brief(brief)
    if request.method != "POST":
        return _into_file_page(request, brief, FileForm(into=brief))
    form = FileForm(request.POST, request.FILES, into=brief)
    if not form.is_valid():
        return _into_file_page(request, brief, form)
    name_live_texts(brief)
    context = {
        "brief": brief,
        "form": ConfirmForm.of(form.sent, user),
        "sent": form.sent,
        "landing": landing(form.reading, outline),
        **_by_outcome(compare_with_brief(brief, form.reading, by=user)),
    }
    return render(request, "briefs/importing/brief_import_into_confirm.html", context)


@require_POST
def brief_import_into_confirm(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _brief(request, brief_slug)
    user = person(request)
    check_can_write(user, brief)
    form = ConfirmForm(request.POST, request.FILES, user=user, into=brief)
    try:
        if form.is_valid():
            sent = form.sent
            found = import_into(brief, form.reading, by=user, source=sent.name, upload=sent.upload)
            messages.success(request, _outcome(found))
            return redirect(brief)
        sentences = [str(each) for errors in form.errors.values() for each in errors]
    except AlreadyStored as before:
        return _stored_before(request, before.brief)
    except ValidationError as error:
        sentences = sentences_of(error)
    empty = FileForm(into=brief)
    return _into_file_page(request, brief, empty, sentences=sentences)


def _stored_before(request: HttpRequest, brief: Brief) -> HttpResponse:
    """Where the first press led, if the person may still go there."""
    messages.info(
        request,
        _(
            "This file was stored already, and nothing was stored twice. To import it once more, "
            "choose it again."
        ),
    )
    is_visible = Brief.objects.visible_to(person(request)).filter(pk=brief.pk).exists()
    return redirect(brief if is_visible else "brief_list")


def _brief(request: HttpRequest, slug: str) -> Brief:
    briefs = Brief.objects.visible_to(person(request)).select_related("template")
    return get_object_or_404(briefs, slug=slug)


def _file_page(request: HttpRequest, form: NewBriefFileForm) -> HttpResponse:
    status = NOT_STORED if form.errors else 200
    return render(request, "briefs/importing/brief_import.html", {"form": form}, status=status)


def _report_page(
    request: HttpRequest,
    confirm: ConfirmForm,
    read: NewBriefFileForm | ConfirmNewBriefForm,
    new: NewBrief,
) -> HttpResponse:
    context = {
        "form": confirm,
        "sent": read.sent,
        "landing": landing(read.reading, outline_of(new.template)),
    }
    status = NOT_STORED if confirm.errors else 200
    return render(request, "briefs/importing/brief_import_confirm.html", context, status=status)


def _unconfirmed(request: HttpRequest, form: ConfirmNewBriefForm) -> HttpResponse:
    """The report once more when only its data are wrong; without the file, the first page."""
    if hasattr(form, "reading"):
        return _report_page(request, form, form, NewBrief(form.cleaned_data["template"]))
    sentences = [str(each) for errors in form.errors.values() for each in errors]
    context = {"form": NewBriefFileForm(), "sentences": sentences}
    return render(request, "briefs/importing/brief_import.html", context, status=NOT_STORED)


def _into_file_page(
    request: HttpRequest, brief: Brief, form: FileForm, **context: Any
) -> HttpResponse:
    status = NOT_STORED if form.errors or context else 200
    context |= {"brief": brief, "form": form}
    return render(request, "briefs/importing/brief_import_into.html", context, status=status)


def _by_outcome(found: tuple[Found, ...]) -> dict[str, list[Found]]:
    return {
        outcome.value: [each for each in found if each.outcome is outcome] for outcome in Outcome
    }


def _outcome(found: tuple[Found, ...]) -> str:
    counted = {key: len(each) for key, each in _by_outcome(found).items()}
    filled = counted["filled"] + counted["new_section"]
    parked = counted["beside"] + counted["refused"]
    first = ngettext("%(count)s text was filled in.", "%(count)s texts were filled in.", filled)
    second = ngettext(
        "%(count)s is parked beside its section.",
        "%(count)s are parked beside their sections.",
        parked,
    )
    sentences = [first % {"count": filled}]
    if parked:
        sentences.append(second % {"count": parked})
    if counted["same"]:
        sentences.append(_("What was the same already stayed."))
    return " ".join(sentences)
