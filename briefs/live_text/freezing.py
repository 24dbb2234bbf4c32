"""When a section takes nothing more: the head of its log is what says so, as it is what orders the
writers."""

from django.db.models import Q

from briefs.live_text.bell import ring
from briefs.models import Brief, LiveText, Section


def set_frozen(section: Section) -> None:
    """Freezes or opens a section's log by the section's status and its brief's. The caller holds
    their locks; what was typed before has its revision."""
    _freeze(section.brief, section=section)


def set_frozen_throughout(brief: Brief) -> None:
    """The same for every section of a brief: archived, it takes nothing, nor does a section that
    left it."""
    _freeze(brief)


def _freeze(brief: Brief, **which: Section) -> None:
    heads = LiveText.objects.filter(section__brief=brief, **which)
    held = Q(section__status=Section.Status.IN_REVIEW) | Q(section__retired_at__isnull=False)
    for found, frozen in (
        (heads.filter(held), True),
        (heads.exclude(held), brief.is_archived),
    ):
        changed = list(found.exclude(is_frozen=frozen).values_list("pk", flat=True))
        LiveText.objects.filter(pk__in=changed).update(is_frozen=frozen)
        if changed:
            ring(changed)
