from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from accounts.http import person
from briefs.commissioning.clearance import kinds_nobody_gives, rule_in_words, set_clearance
from briefs.commissioning.forms.clearance import ClearanceForm
from briefs.commissioning.outline import outline_to_tick
from briefs.commissioning.views.pages import form_page, managed_brief, show_form


@form_page
def brief_clearance(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    sections = list(brief.sections.in_outline_order())
    form = ClearanceForm(sections, brief.template.kinds, request.POST or None)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            count = set_clearance(brief, form.ticked, form.rule, by=person(request), seen=seen)
        except ValidationError as mistake:
            form.open_on(form.now)
            form.add_refusal(mistake)
        else:
            sentence = ngettext("%(count)s section changed.", "%(count)s sections changed.", count)
            messages.success(request, sentence % {"count": count})
            return redirect("brief_clearance", brief_slug)
    ticked = request.POST.getlist("sections"), request.POST.getlist("parts")
    rules = [section.rule for section in sections]
    words = {row.pk: rule_in_words(row.rule, brief) for row in sections}
    context = {
        "form": form,
        "brief": brief,
        "parts": outline_to_tick(sections, *ticked, words),
        "nobody_gives": kinds_nobody_gives(brief, rules),
    }
    return show_form(request, "brief_clearance", context)
