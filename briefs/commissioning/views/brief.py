from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import person
from briefs.commissioning.actions import (
    archive_brief,
    brief_data,
    change_brief,
    create_brief,
    unarchive_brief,
)
from briefs.commissioning.forms.brief import BriefAddForm, BriefChangeForm, initial_of
from briefs.commissioning.views.pages import form_page, managed_brief, show_form, visible_brief
from briefs.models import BriefTemplate
from briefs.permissions import check_can_add_brief, check_can_archive


@form_page
def brief_add(request: HttpRequest) -> HttpResponse:
    check_can_add_brief(person(request))
    form = BriefAddForm(request.POST or None)
    if form.is_valid():
        try:
            brief = create_brief(form.brief_data, form.cleaned_data["template"], by=person(request))
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            messages.success(request, _("The brief is made. Add the people who will write it."))
            return redirect("brief_detail", brief.slug)
    context = {"form": form, "has_template": BriefTemplate.objects.exists()}
    return show_form(request, "brief_add", context)


@form_page
def brief_change(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    now = initial_of(brief_data(brief))
    form = BriefChangeForm(request.POST or None, initial=now, language=brief.language)
    if form.is_valid():
        try:
            change_brief(brief, form.brief_data, by=person(request), seen=form.cleaned_data["seen"])
        except ValidationError as mistake:
            form.add_refusal(mistake)
            form.show_now(now)
        else:
            messages.success(request, _("The brief's data are saved."))
            return redirect("brief_detail", brief_slug)
    return show_form(request, "brief_change", {"form": form, "brief": brief})


@form_page
def brief_archive(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = visible_brief(request, brief_slug)
    check_can_archive(person(request), brief)
    if request.method == "POST":
        archive_brief(brief, by=person(request))
        messages.success(request, _("The brief is archived. It can be brought back on its page."))
        return redirect("brief_detail", brief_slug)
    return render(request, "briefs/commissioning/brief_archive.html", {"brief": brief})


@form_page
def brief_unarchive(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = visible_brief(request, brief_slug)
    check_can_archive(person(request), brief)
    if request.method == "POST":
        unarchive_brief(brief, by=person(request))
        messages.success(request, _("The brief is in use again."))
        return redirect("brief_detail", brief_slug)
    return render(request, "briefs/commissioning/brief_unarchive.html", {"brief": brief})
