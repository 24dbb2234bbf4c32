"""Moves briefs to a newer version of their template, or says what that would do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefs.models import Brief, BriefTemplate
from briefs.upgrading.bulk import upgrade_briefs
from briefs.upgrading.plan import Plan, plan_upgrade


class Command(BaseCommand):
    help = "Moves briefs to a version of their template; with --preview, only says what it would do"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("template", metavar="TEMPLATE:VERSION", help="country-brief:2")
        parser.add_argument("briefs", nargs="*", metavar="SLUG", help="addresses of briefs")
        parser.add_argument("--all", action="store_true", help="every brief of an older version")
        parser.add_argument("--preview", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        target = _target(options["template"])
        briefs = _briefs(target, options["briefs"], is_all=options["all"])
        if options["preview"]:
            for brief in briefs:
                self.stdout.write(f"{brief.slug}: {told(plan_upgrade(brief, target))}")
            return
        outcomes = upgrade_briefs([(brief, target, None) for brief in briefs], by=None)
        for outcome in outcomes:
            self.stdout.write(f"{outcome.brief.slug}: {outcome.refusal or target}")
        failed = sum(bool(outcome.refusal) for outcome in outcomes)
        if failed:
            sentence = ngettext(
                "%(count)s brief was not moved; the others were.",
                "%(count)s briefs were not moved; the others were.",
                failed,
            )
            raise CommandError(sentence % {"count": failed})


def told(plan: Plan) -> str:
    """What a plan does, in a line."""
    if plan.obstacles:
        return " ".join(plan.obstacles)
    counts = [
        (_("stay as they are"), len(plan.unchanged)),
        (_("change"), len(plan.changed)),
        (_("new"), len(plan.new)),
        (_("gone"), len(plan.gone)),
        (_("texts parked"), len(plan.parked)),
        (_("to approve anew"), len(plan.lapsing)),
    ]
    return ", ".join(f"{count} {name}" for name, count in counts if count)


def _target(named: str) -> BriefTemplate:
    key, _colon, version = named.partition(":")
    rows = BriefTemplate.objects.filter(key=key)
    found = rows.filter(version=int(version)).first() if version.isdecimal() else None
    if found is None:
        there = ", ".join(f"{row.key}:{row.version}" for row in rows) or _("none")
        raise CommandError(
            _("There is no “%(named)s”. Versions of this template: %(there)s.")
            % {"named": named, "there": there}
        )
    return found


def _briefs(target: BriefTemplate, slugs: list[str], *, is_all: bool) -> list[Brief]:
    if bool(slugs) == is_all:
        raise CommandError(_("Name the briefs by their addresses, or say --all."))
    briefs = Brief.objects.select_related("template").order_by("slug")
    if is_all:
        older = briefs.unarchived().filter(
            template__key=target.key, template__version__lt=target.version
        )
        return list(older)
    found = list(briefs.filter(slug__in=slugs))
    missing = sorted(set(slugs) - {brief.slug for brief in found})
    if missing:
        raise CommandError(_("There is no brief “%(slugs)s”.") % {"slugs": ", ".join(missing)})
    return found
