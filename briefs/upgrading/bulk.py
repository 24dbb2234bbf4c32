"""Many briefs at once: each is moved by an act of its own, so that one that can't be holds up no
other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from briefs.models import Brief, BriefTemplate, Membership
from briefs.upgrading.actions import upgrade_brief


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one brief. `refusal` is blank when it was moved."""

    brief: Brief
    target: BriefTemplate
    refusal: str = ""


def upgradable(user: User) -> list[Brief]:
    """The briefs that somebody manages and of whose template there is a newer version, by title."""
    briefs = Brief.objects.unarchived()
    if not user.is_superuser:
        managed = Membership.objects.filter(user=user, role=Membership.Role.MANAGER)
        briefs = briefs.filter(pk__in=managed.values("brief"))
    newest = newest_versions()
    found = briefs.select_related("template").order_by("title", "pk")
    return [brief for brief in found if newest[brief.template.key].pk != brief.template_id]


def newest_versions() -> dict[str, BriefTemplate]:
    """By the template's key."""
    return {template.key: template for template in BriefTemplate.objects.newest_versions()}


def upgrade_briefs(
    wanted: Iterable[tuple[Brief, BriefTemplate, str | None]], *, by: User | None
) -> list[Outcome]:
    """Moves each brief to its version; the third of each is the digest of the plan that was looked
    at. Every refusal is a sentence beside its brief."""
    outcomes = []
    for brief, target, seen in wanted:
        try:
            upgrade_brief(brief, target, by=by, seen=seen)
        except PermissionDenied as denied:
            outcomes.append(Outcome(brief, target, str(denied)))
        except ValidationError as refused:
            outcomes.append(Outcome(brief, target, " ".join(refused.messages)))
        else:
            outcomes.append(Outcome(brief, target))
    return outcomes
