from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import person
from briefs.models import Brief, LooseText, Placement
from briefs.permissions import check_can_write, refusal
from briefs.placing.actions import dismiss_text, place_text, reopen_text, undo_placement
from briefs.placing.forms import DismissForm, PlaceForm
from briefs.placing.targets import find_target, targets_in


@require_safe
def loose_text_list(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = get_object_or_404(Brief.objects.visible_to(person(request)), slug=brief_slug)
    texts = brief.loose_texts.select_related("section__section_template", "settled_by")
    context = {
        "brief": brief,
        "waiting": texts.filter(settled_at=None),
        "settled": texts.exclude(settled_at=None).order_by("-settled_at"),
    }
    return render(request, "briefs/placing/loose_text_list.html", context)


@require_safe
def loose_text_detail(request: HttpRequest, brief_slug: str, loose_text_id: int) -> HttpResponse:
    loose = _loose_text(request, brief_slug, loose_text_id)
    return _page(request, loose, PlaceForm(targets_in(loose.brief), loose=loose), DismissForm())


@require_POST
def loose_text_place(request: HttpRequest, brief_slug: str, loose_text_id: int) -> HttpResponse:
    loose = _loose_text(request, brief_slug, loose_text_id)
    check_can_write(person(request), loose.brief)
    form = PlaceForm(targets_in(loose.brief), request.POST, loose=loose)
    if form.is_valid():
        section, prompt_key = find_target(loose.brief, form.cleaned_data["target"])
        try:
            place_text(loose, section, prompt_key, form.cleaned_data["piece"], by=person(request))
        except ValidationError as mistake:
            form.add_refusal(mistake)
        except PermissionDenied as denied:
            form.add_error(None, str(denied))
            return _page(request, loose, form, DismissForm(), status=403)
        else:
            sentence = _("Moved into “%(section)s”. Read it there, and change what needs changing.")
            messages.success(request, sentence % {"section": section.title})
            return redirect("loose_text_detail", brief_slug, loose_text_id)
    return _page(request, loose, form, DismissForm(), status=422)


@require_POST
def loose_text_dismiss(request: HttpRequest, brief_slug: str, loose_text_id: int) -> HttpResponse:
    loose = _loose_text(request, brief_slug, loose_text_id)
    check_can_write(person(request), loose.brief)
    form = DismissForm(request.POST)
    if not form.is_valid():
        place_form = PlaceForm(targets_in(loose.brief), loose=loose)
        return _page(request, loose, place_form, form, status=422)
    dismiss_text(loose, by=person(request), reason=form.cleaned_data["reason"])
    messages.success(request, _("Dismissed. It stays on record and can be brought back."))
    return redirect("loose_text_detail", brief_slug, loose_text_id)


@require_POST
def loose_text_reopen(request: HttpRequest, brief_slug: str, loose_text_id: int) -> HttpResponse:
    reopen_text(_loose_text(request, brief_slug, loose_text_id), by=person(request))
    messages.success(request, _("The text waits for a place again."))
    return redirect("loose_text_detail", brief_slug, loose_text_id)


@require_POST
def placement_undo(
    request: HttpRequest, brief_slug: str, loose_text_id: int, placement_id: int
) -> HttpResponse:
    loose = _loose_text(request, brief_slug, loose_text_id)
    placement = get_object_or_404(loose.placements.all(), pk=placement_id)
    if undo_placement(placement, by=person(request)).is_out_of_answer:
        messages.success(request, _("Undone: the text waits here again and is out of the section."))
    else:
        sentence = _(
            "The text waits here again. It was edited in the section meanwhile, so it stands "
            "there too: "
            "take out there what you don't need."
        )
        messages.warning(request, sentence)
    return redirect("loose_text_detail", brief_slug, loose_text_id)


def _loose_text(request: HttpRequest, brief_slug: str, loose_text_id: int) -> LooseText:
    brief = get_object_or_404(Brief.objects.visible_to(person(request)), slug=brief_slug)
    texts = brief.loose_texts.select_related("brief__template", "section__section_template")
    return get_object_or_404(texts, pk=loose_text_id)


def _page(
    request: HttpRequest,
    loose: LooseText,
    place_form: PlaceForm,
    dismiss_form: DismissForm,
    *,
    status: int = 200,
) -> HttpResponse:
    placements = Placement.objects.filter(loose_text=loose).select_related(
        "revision__section__section_template", "revision__section__brief"
    )
    standing = next((move for move in placements if move.undone_at is None), None)
    context = {
        "brief": loose.brief,
        "loose": loose,
        "place_form": place_form,
        "dismiss_form": dismiss_form,
        "placements": placements,
        "can_be_undone": standing,
        "refusal": refusal(check_can_write, person(request), loose.brief),
    }
    return render(request, "briefs/placing/loose_text_detail.html", context, status=status)
