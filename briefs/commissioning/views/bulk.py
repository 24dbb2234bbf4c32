from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.http import person
from briefs.commissioning.bulk import (
    MOST_SECTIONS,
    Outcome,
    assign_over_briefs,
    chosen_sections,
    plan_assignment,
)
from briefs.commissioning.forms.bulk import BulkForm, people_in_managed


@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """Shows what would change in the sections that were ticked in the grid; with the digest of
    that, does it."""
    user = person(request)
    if not people_in_managed(user):
        raise PermissionDenied(_("Only managers of a brief assign its sections."))
    form = BulkForm(user, request.POST)
    briefs, columns = request.POST.getlist("brief"), request.POST.getlist("column")
    sections = chosen_sections(user, briefs, columns)
    context = {"form": form, "briefs": briefs, "columns": columns, "chosen": len(sections)}
    if not sections:
        form.add_error(None, _("Tick briefs, sections or both in the grid."))
    if not form.is_valid():
        return _page(request, context, status=422)
    try:
        seen = request.POST.get("seen", "")
        if seen:
            outcomes = assign_over_briefs(user, sections, form.assignment, seen=seen)
            return _done(request, outcomes)
        return _page(request, {**context, "plan": plan_assignment(user, sections, form.assignment)})
    except ValidationError as refused:
        form.add_error(None, refused)
        if len(sections) <= MOST_SECTIONS:
            context["plan"] = plan_assignment(user, sections, form.assignment)
        return _page(request, context, status=409)


def _done(request: HttpRequest, outcomes: list[Outcome]) -> HttpResponse:
    changed = sum(outcome.changed for outcome in outcomes)
    sentence = ngettext(
        "%(count)s section is assigned anew.", "%(count)s sections are assigned anew.", changed
    )
    messages.success(request, sentence % {"count": changed})
    for outcome in outcomes:
        if outcome.refusal:
            messages.error(request, f"{outcome.brief}: {outcome.refusal}")
    return redirect("section_grid")


def _page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return render(request, "briefs/commissioning/assign_many.html", context, status=status)
