from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from briefs.commenting.panel import panel
from briefs.document.pictures import picture_markdown
from briefs.document.text import normalise
from briefs.drafting.actions import EditConflict, Saved, save_section
from briefs.drafting.desk import Desk, read_answers
from briefs.drafting.forms import PREFIX, SectionForm, initial_texts
from briefs.drafting.picture_form import PictureForm, PictureUploadForm
from briefs.drafting.pictures import add_picture, keep_picture
from briefs.drafting.record import revisions_of_texts
from briefs.drafting.starting import StartedFrom
from briefs.drafting.writing import check_prompts
from briefs.models import Brief, Picture, Section
from briefs.permissions import check_can_edit, check_can_write, refusal
from briefs.prompts import questions_of
from briefs.revisions import texts_of


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    desk = Desk(_section(request, brief_slug, section_key))
    if request.method != "POST":
        initial = initial_texts(desk.texts, desk.started_from)
        return _page(
            request, desk, SectionForm(desk.questions, desk.section.title, initial=initial)
        )
    saved = save_posted(request, desk)
    if isinstance(saved, HttpResponse):
        return saved
    return redirect("section_edit", brief_slug, section_key)


def save_posted(request: HttpRequest, desk: Desk) -> Saved | HttpResponse:
    """Saves what was sent and says so; or else the page that says why not, with what was typed."""
    form = _posted(request, desk)
    try:
        check_can_edit(person(request), desk.section)
        if not form.is_valid():
            return _page(request, desk, form, status=422)
        started_from = form.cleaned_data["started_from"]
        if homeless := _homeless(request, desk, started_from):
            return _asked_otherwise(request, desk, homeless)
        saved = save_section(
            desk.section,
            form.texts,
            by=person(request),
            started_from=started_from.version,
            typed_up_to=started_from.seq,
        )
    except EditConflict as conflict:
        return _conflict(request, desk, conflict, started_from.version)
    except ValidationError as too_much:
        form.add_refusal(too_much)
        return _page(request, desk, form, status=422)
    except PermissionDenied as denied:
        return _refused(request, desk, form, str(denied))
    _say_what_was_saved(request, desk, saved)
    return saved


@require_POST
def section_preview(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    desk = Desk(_section(request, brief_slug, section_key))
    form = _posted(request, desk)
    texts = {key: normalise(text) for key, text in form.texts.items()}
    try:
        check_prompts(desk.questions, texts)
    except ValidationError as too_much:
        form.is_valid()
        form.add_refusal(too_much)
        return _page(request, desk, form, status=422)
    context = {"desk": desk, "answers": read_answers(desk.questions, texts, desk.brief)}
    return render(request, "briefs/drafting/section_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def picture_add(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    section = _section(request, brief_slug, section_key)
    check_can_edit(person(request), section)
    questions = questions_of(section)
    if request.method != "POST":
        return _picture_page(request, section, PictureForm(questions, section.title))
    form = PictureForm(questions, section.title, request.POST, request.FILES)
    if not form.is_valid():
        return _picture_page(request, section, form)
    sent = form.cleaned_data
    try:
        added = add_picture(section, sent["prompt"], sent["file"], sent["alt"], by=person(request))
    except ValidationError as refusal:
        form.add_error("file", ValidationError(refusal.messages))
        return _picture_page(request, section, form)
    sentence = _("The picture stands at the end of the text.")
    if added.is_smaller:
        sentence += " " + _("It was scaled down to 2,400 pixels.")
    messages.success(request, sentence)
    return redirect("section_edit", brief_slug, section_key)


@require_POST
def picture_upload(request: HttpRequest, brief_slug: str, section_key: str) -> JsonResponse:
    """For the editor's dialog: the Markdown of a picture that is kept now, and what to say of it;
    or else sentences by field, as `mistakes`."""
    section = _section(request, brief_slug, section_key)
    form = PictureUploadForm(request.POST, request.FILES)
    try:
        check_can_edit(person(request), section)
        if not form.is_valid():
            return JsonResponse({"mistakes": form.errors}, status=422)
        sent = form.cleaned_data
        kept = keep_picture(section, sent["file"], sent["alt"], by=person(request))
    except ValidationError as refusal:
        return JsonResponse({"mistakes": {"file": refusal.messages}}, status=422)
    except PermissionDenied as denied:
        return JsonResponse({"mistakes": {"file": [str(denied)]}}, status=403)
    return JsonResponse(
        {
            "markdown": picture_markdown(kept.picture.sha256, sent["alt"]),
            "said": _("The picture was scaled down to 2,400 pixels.") if kept.is_smaller else "",
        }
    )


@require_safe
def picture_detail(request: HttpRequest, brief_slug: str, sha256: str) -> HttpResponse:
    """The picture itself. A browser may keep it but asks each time, so that whoever has left the
    brief no longer gets it."""
    briefs = Brief.objects.visible_to(person(request))
    picture = get_object_or_404(Picture, brief__in=briefs, brief__slug=brief_slug, sha256=sha256)
    response = HttpResponse(bytes(picture.content), content_type=picture.mime_type)
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(conditional, HttpResponse)
    return conditional


def _section(request: HttpRequest, brief_slug: str, section_key: str) -> Section:
    # One that has left the brief says so, and gives back what was sent to it.
    sections = Section.with_retired.visible_to(person(request)).select_related("brief__template")
    return get_object_or_404(sections, brief__slug=brief_slug, key=section_key)


def _posted(request: HttpRequest, desk: Desk) -> SectionForm:
    """The form as it was sent. A prompt that the request lacks stays as it is: shown empty, it
    would be emptied by the next save."""
    sent = request.POST.copy()
    for name, text in initial_texts(desk.texts, desk.started_from).items():
        if name != "started_from":
            sent.setdefault(name, text)
    return SectionForm(desk.questions, desk.section.title, sent)


def _homeless(request: HttpRequest, desk: Desk, started_from: StartedFrom) -> dict[str, str]:
    """What was written under prompts that a newer version of the template doesn't have, by the
    names of their fields. What was there before is parked already."""
    asked = {PREFIX + question.key for question in desk.questions}
    sent = {
        name: normalise(text)
        for name, text in request.POST.items()
        if name.startswith(PREFIX) and name not in asked and isinstance(text, str)
    }
    if not any(sent.values()):
        return {}
    revision = desk.section.revisions.filter(number=started_from.version).first()
    known = set(texts_of(revision).values()) if revision else set()
    return {name: text for name, text in sent.items() if text and text not in known}


def _asked_otherwise(request: HttpRequest, desk: Desk, homeless: Mapping[str, str]) -> HttpResponse:
    """Nothing is saved: all that was sent stands there to be copied."""
    unsaved = [
        {"question": {"key": name, "label": name.removeprefix(PREFIX)}, "text": text}
        for name, text in homeless.items()
    ]
    sentence = _(
        "The brief moved to another version of its template while you were writing, and this "
        "section is asked otherwise now. Nothing was saved. Copy your text, open the section again "
        "and put it where it belongs."
    )
    form = _posted(request, desk)
    return _refused(request, desk, form, sentence, status=409, besides=unsaved)


def _page(
    request: HttpRequest, desk: Desk, form: SectionForm, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    context = {
        "desk": desk,
        "form": form,
        "sentence": sentence,
        "refusal": refusal(check_can_edit, person(request), desk.section),
        **_live(request, desk),
        **_panel(request, desk),
    }
    return render(request, "briefs/drafting/section_edit.html", context, status=status)


def _panel(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What is said of the section, beside its text."""
    return panel(desk.section, person(request), desk.questions, desk.texts, here="section")


def _live(request: HttpRequest, desk: Desk) -> dict[str, str]:
    """Where the page's socket is, and what the page knows: the socket tells when it changes."""
    may_write = not refusal(check_can_write, person(request), desk.brief)
    is_locked = desk.brief.is_archived or desk.section.status == Section.Status.IN_REVIEW
    return {
        "live": f"/live/{desk.section.pk}/" if settings.LIVE_WRITING else "",
        "live_state": {
            (True, False): "open",
            (True, True): "locked",
            (False, True): "closed",
            (False, False): "reader",
        }[may_write, is_locked],
    }


def _conflict(
    request: HttpRequest, desk: Desk, conflict: EditConflict, started_from: int
) -> HttpResponse:
    """Both texts side by side; a next save starts from the version that is on the screen now."""
    bound = initial_texts(conflict.texts, StartedFrom(conflict.version))
    form = SectionForm(desk.questions, desk.section.title, bound)
    form.is_valid()
    written_in = revisions_of_texts(desk.section, conflict.theirs, since=started_from)
    form.show_theirs(conflict.theirs, written_in)
    return _page(request, desk, form, status=409, sentence=str(conflict))


def _refused(
    request: HttpRequest,
    desk: Desk,
    form: SectionForm,
    sentence: str,
    *,
    status: int = 403,
    besides: Sequence[Any] = (),
) -> HttpResponse:
    """The section can't be written in any more: what was typed is kept on the page to copy."""
    typed = {key: normalise(text) for key, text in form.texts.items()}
    unsaved = [
        {"question": question, "text": typed[question.key]}
        for question in desk.questions
        if typed.get(question.key, "") != desk.texts.get(question.key, "")
    ]
    context = {
        "desk": desk,
        "refusal": sentence,
        "unsaved": [*unsaved, *besides],
        **_live(request, desk),
        **_panel(request, desk),
    }
    return render(request, "briefs/drafting/section_edit.html", context, status=status)


def _say_what_was_saved(request: HttpRequest, desk: Desk, saved: Saved) -> None:
    # By this mark the page knows that the text it keeps on the device is the server's now.
    mark = f"saved-{desk.section.pk}"
    if saved.revision is None:
        messages.info(request, _("Nothing new to save: the text is as it was."), extra_tags=mark)
        return
    sentence = _("Saved as revision %(number)s.") % {"number": saved.revision.number}
    labels = [
        question.label or desk.section.title
        for question in desk.questions
        if question.key in saved.merged
    ]
    if labels:
        sentence += " " + ngettext(
            "A colleague's changes were joined with yours under: %(labels)s.",
            "Colleagues' changes were joined with yours under: %(labels)s.",
            len(labels),
        ) % {"labels": ", ".join(labels)}
        mark += " joined"
    messages.success(request, sentence, extra_tags=mark)


def _picture_page(request: HttpRequest, section: Section, form: PictureForm) -> HttpResponse:
    context = {"section": section, "brief": section.brief, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "briefs/drafting/picture_add.html", context, status=status)
