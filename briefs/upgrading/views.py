from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import person
from briefs.models import Brief
from briefs.permissions import check_can_upgrade
from briefs.upgrading.actions import last_upgrade, undo_upgrade, upgrade_brief
from briefs.upgrading.bulk import Outcome, newest_versions, upgradable, upgrade_briefs
from briefs.upgrading.forms import UpgradeForm, UpgradeManyForm, VersionForm
from briefs.upgrading.plan import Plan, plan_upgrade

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def brief_upgrade(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _managed(request, brief_slug)
    versions = VersionForm(brief, request.GET)
    target = versions.target
    form = UpgradeForm(request.POST if request.method == "POST" else None)
    if target and form.is_valid():
        try:
            upgrade_brief(brief, target, by=person(request), seen=form.cleaned_data["seen"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            sentence = _("The brief is at %(template)s now. It can be moved back.")
            messages.success(request, sentence % {"template": target})
            return redirect(brief)
    context = {
        "brief": brief,
        "form": form,
        "versions": versions,
        "plan": plan_upgrade(brief, target) if target else None,
        "undoable": last_upgrade(brief),
    }
    return _page(request, "brief_upgrade", context, form)


@form_page
def upgrade_undo(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _managed(request, brief_slug)
    upgrade = last_upgrade(brief)
    form = UpgradeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            undo_upgrade(brief, by=person(request), seen=form.cleaned_data["seen"])
        except (ValidationError, PermissionDenied) as refused:
            form.add_error(None, ValidationError(_sentences(refused)))
        else:
            messages.success(request, _("The brief is at the version before again."))
            return redirect(brief)
    plan = plan_upgrade(brief, upgrade.before) if upgrade else None
    context = {"brief": brief, "form": form, "upgrade": upgrade, "plan": plan}
    return _page(request, "upgrade_undo", context, form)


@form_page
def brief_upgrade_many(request: HttpRequest) -> HttpResponse:
    user = person(request)
    briefs, newest = upgradable(user), newest_versions()
    asked = request.POST if request.method == "POST" else request.GET
    form = UpgradeManyForm(briefs, asked if asked or request.method == "POST" else None)
    outcomes: Sequence[Outcome] = ()
    if request.method == "POST" and form.is_valid():
        outcomes = upgrade_briefs(
            [(brief, newest[brief.template.key], form.seen(brief)) for brief in form.chosen],
            by=user,
        )
        _say_what_was_moved(request, outcomes)
        if all(not outcome.refusal for outcome in outcomes):
            return redirect("brief_upgrade_many")
        briefs = upgradable(user)
    left = {brief.pk for brief in briefs}
    chosen = [brief for brief in form.chosen if brief.pk in left] if form.is_valid() else []
    context = {
        "rows": [(brief, newest[brief.template.key]) for brief in briefs],
        "chosen": {brief.slug for brief in chosen},
        "plans": [plan_upgrade(brief, newest[brief.template.key]) for brief in chosen],
        "refused": [outcome for outcome in outcomes if outcome.refusal],
        "form": form,
    }
    status = 422 if form.errors else 409 if context["refused"] else 200
    return render(request, "briefs/upgrading/brief_upgrade_many.html", context, status=status)


def _managed(request: HttpRequest, brief_slug: str) -> Brief:
    briefs = Brief.objects.visible_to(person(request)).select_related("template")
    brief = get_object_or_404(briefs, slug=brief_slug)
    check_can_upgrade(person(request), brief)
    return brief


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], form: UpgradeForm
) -> HttpResponse:
    """What is shown is what a next press confirms."""
    plan: Plan | None = context["plan"]
    context["seen"] = plan.digest if plan else ""
    status = 422 if request.method == "POST" else 200
    return render(request, f"briefs/upgrading/{name}.html", context, status=status)


def _sentences(refused: ValidationError | PermissionDenied) -> list[str]:
    return refused.messages if isinstance(refused, ValidationError) else [str(refused)]


def _say_what_was_moved(request: HttpRequest, outcomes: Sequence[Outcome]) -> None:
    moved = sum(not outcome.refusal for outcome in outcomes)
    if moved:
        sentence = ngettext("%(count)s brief is moved.", "%(count)s briefs are moved.", moved)
        messages.success(request, sentence % {"count": moved})
