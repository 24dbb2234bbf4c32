from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.http import person
from briefs.commissioning.actions import add_own_section
from briefs.commissioning.assignments import assign_section, assign_sections
from briefs.commissioning.forms.section import AssignManyForm, AssignmentForm, SectionAddForm
from briefs.commissioning.outline import outline_to_tick
from briefs.commissioning.views.pages import form_page, managed_brief, show_form
from briefs.models import Brief, Membership


@form_page
def section_add(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    form = SectionAddForm(list(brief.sections.in_outline_order()), request.POST or None)
    if form.is_valid():
        part, after = form.chosen
        try:
            section = add_own_section(
                brief, form.cleaned_data["title"], part=part, after=after, by=person(request)
            )
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            messages.success(request, _("The section is added."))
            return redirect(section)
    return show_form(request, "section_add", {"form": form, "brief": brief})


@form_page
def section_assign(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    sections = brief.sections.select_related("section_template", "author")
    sections = sections.prefetch_related("reviewers")
    section = get_object_or_404(sections, key=section_key)
    form = AssignmentForm(section, _members(brief), request.POST or None)
    if form.is_valid():
        try:
            assign_section(
                section, form.assignment, by=person(request), seen=form.cleaned_data["seen"]
            )
        except ValidationError as mistake:
            form.show_now()
            form.add_refusal(mistake)
        else:
            messages.success(request, _("Saved."))
            return redirect("section_assign_many", brief_slug)
    context = {"form": form, "brief": brief, "section": section}
    return show_form(request, "section_assign", context)


@form_page
def section_assign_many(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    in_order = brief.sections.in_outline_order().select_related("author")
    sections = list(in_order.prefetch_related("reviewers"))
    form = AssignManyForm(sections, _members(brief), request.POST or None)
    if form.is_valid():
        try:
            count = assign_sections(
                brief,
                form.ticked,
                form.assignment,
                by=person(request),
                seen=form.cleaned_data["seen"],
            )
        except ValidationError as mistake:
            form.open_on(form.now)
            form.add_refusal(mistake)
        else:
            sentence = ngettext(
                "%(count)s section is assigned anew.",
                "%(count)s sections are assigned anew.",
                count,
            )
            messages.success(request, sentence % {"count": count})
            return redirect("section_assign_many", brief_slug)
    ticked = request.POST.getlist("sections"), request.POST.getlist("parts")
    context = {
        "form": form,
        "brief": brief,
        "parts": outline_to_tick(sections, *ticked),
        "unassigned": sum(section.author_id is None for section in sections),
    }
    return show_form(request, "section_assign_many", context)


def _members(brief: Brief) -> list[Membership]:
    return list(brief.memberships.select_related("user").order_by("user__name", "pk"))
