from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.http import person
from briefs.document.text import normalise
from briefs.drafting.actions import EditConflict, Saved, save_section
from briefs.drafting.desk import Desk, read_answers
from briefs.drafting.forms import SectionForm, initial_texts
from briefs.drafting.writing import check_prompts
from briefs.models import Section
from briefs.permissions import check_can_edit, refusal


def section_edit(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    desk = Desk(_section(request, brief_slug, section_key))
    if request.method != "POST":
        initial = initial_texts(desk.texts, desk.section.version)
        return _page(
            request, desk, SectionForm(desk.questions, desk.section.title, initial=initial)
        )
    form = _posted(request, desk)
    try:
        check_can_edit(person(request), desk.section)
        if not form.is_valid():
            return _page(request, desk, form, status=422)
        saved = save_section(
            desk.section,
            form.texts,
            by=person(request),
            started_from=form.cleaned_data["started_from"],
        )
    except EditConflict as conflict:
        return _conflict(request, desk, conflict)
    except ValidationError as too_much:
        form.add_refusal(too_much)
        return _page(request, desk, form, status=422)
    except PermissionDenied as denied:
        return _refused(request, desk, form, str(denied))
    _say_what_was_saved(request, desk, saved)
    step = "section_review" if request.POST.get("then") == "review" else "section_edit"
    return redirect(step, brief_slug, section_key)


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
    context = {"desk": desk, "answers": read_answers(desk.questions, texts)}
    return render(request, "briefs/drafting/section_preview.html", context)


def _section(request: HttpRequest, brief_slug: str, section_key: str) -> Section:
    sections = Section.objects.visible_to(person(request)).select_related("brief__template")
    return get_object_or_404(sections, brief__slug=brief_slug, key=section_key)


def _posted(request: HttpRequest, desk: Desk) -> SectionForm:
    """The form as it was sent. A prompt that the request lacks stays as it is: shown empty, it
    would be emptied by the next save."""
    sent = request.POST.copy()
    for name, text in initial_texts(desk.texts, desk.section.version).items():
        if name != "started_from":
            sent.setdefault(name, text)
    return SectionForm(desk.questions, desk.section.title, sent)


def _page(
    request: HttpRequest, desk: Desk, form: SectionForm, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    context = {
        "desk": desk,
        "form": form,
        "sentence": sentence,
        "refusal": refusal(check_can_edit, person(request), desk.section),
    }
    return render(request, "briefs/drafting/section_edit.html", context, status=status)


def _conflict(request: HttpRequest, desk: Desk, conflict: EditConflict) -> HttpResponse:
    """Both texts side by side; a next save starts from the version that is on the screen now."""
    bound = initial_texts(conflict.texts, conflict.version)
    form = SectionForm(desk.questions, desk.section.title, bound)
    form.is_valid()
    form.show_theirs(conflict.theirs)
    return _page(request, desk, form, status=409, sentence=str(conflict))


def _refused(request: HttpRequest, desk: Desk, form: SectionForm, sentence: str) -> HttpResponse:
    """The section can't be written in any more: what was typed is kept on the page to copy."""
    typed = {key: normalise(text) for key, text in form.texts.items()}
    unsaved = [
        {"question": question, "text": typed[question.key]}
        for question in desk.questions
        if typed.get(question.key, "") != desk.texts.get(question.key, "")
    ]
    context = {"desk": desk, "refusal": sentence, "unsaved": unsaved}
    return render(request, "briefs/drafting/section_edit.html", context, status=403)


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
    messages.success(request, sentence, extra_tags=mark)
