"""Making a brief and keeping its data."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.commissioning.facts import check_facts
from briefs.commissioning.meanwhile import changed_meanwhile, last_change
from briefs.commissioning.slugs import free_slug
from briefs.drafting.actions import hold_live_texts
from briefs.drafting.writing import empty_hash
from briefs.events import publish
from briefs.live_text.freezing import set_frozen_throughout
from briefs.locks import lock_brief
from briefs.models import (
    Activity,
    Brief,
    BriefTemplate,
    Membership,
    Part,
    Section,
    SectionTemplate,
)
from briefs.permissions import check_can_add_brief, check_can_archive, check_can_manage

LONGEST_KEY = 100  # leaves room for the number of a second one

_KEY = re.compile(r"[-a-z0-9]+/[-a-z0-9]+")


@dataclass(frozen=True, slots=True)
class BriefData:
    """What a manager says about a brief. `country` is ISO 3166-1 alpha-2, blank for a free
    subject."""

    title: str
    subject: str
    country: str = ""
    language: str = "en"
    reference: str = ""
    marking: str = ""
    date: dt.date | None = None
    facts: list[list[str]] = field(default_factory=list)


@transaction.atomic
def create_brief(data: BriefData, template: BriefTemplate, *, by: User | None) -> Brief:
    """A new brief with every section of its template, none written yet. Whoever makes it becomes
    its manager; made from the command line without a person, it has no members yet. Raises
    `ValidationError` by field."""
    if by:
        check_can_add_brief(by)
    wait_for_other_new_briefs()
    _check_facts(data.facts)
    brief = Brief(template=template, slug=free_slug(data.title, data.country), **asdict(data))
    brief.full_clean()
    brief.save()
    Section.objects.bulk_create(_sections(brief))
    if by:
        Membership.objects.create(brief=brief, user=by, role=Membership.Role.MANAGER)
    publish(Activity.Verb.BRIEF_MADE, by=by, brief=brief, title=brief.title)
    return brief


def _check_facts(facts: list[list[str]]) -> None:
    try:
        check_facts(facts)
    except ValidationError as mistake:
        raise ValidationError({"facts": mistake}) from mistake


def wait_for_other_new_briefs() -> None:
    """Lets one brief be made after the other, until the transaction ends: so two of one title get
    two addresses. They wait at the one row that all of them know."""
    BriefTemplate.objects.select_for_update(no_key=True).order_by("pk").first()


def _sections(brief: Brief) -> list[Section]:
    asked = SectionTemplate.objects.filter(part__template=brief.template).select_related("part")
    return [
        Section(
            brief=brief,
            section_template=section,
            part=section.part,
            position=section.position,
            key=section.key,
            asked_since=section.asked_since,
            content_hash=empty_hash(brief, section.key, section.asked_since),
        )
        for section in asked
    ]


@transaction.atomic
def change_brief(
    brief: Brief, data: BriefData, *, by: User, seen: BriefData | None = None
) -> Brief:
    """Changes a brief's data; the address stays, as links to it are out in the world.

    `seen` is what the form was opened on: what its writer left as it was then stays as it is now.
    Raises `ValidationError` by field for what somebody else changed meanwhile to something else.
    """
    brief = lock_brief(brief)
    check_can_manage(by, brief)
    now, wanted = asdict(brief_data(brief)), asdict(data)
    before = asdict(seen) if seen else now
    _check_changed_by_nobody_else(brief, before, wanted, now, by)
    changed = {
        name: value for name, value in wanted.items() if value not in (before[name], now[name])
    }
    if not changed:
        return brief
    if "facts" in changed:
        _check_facts(data.facts)
    for name, value in changed.items():
        setattr(brief, name, value)
    brief.full_clean()
    brief.save()
    publish(Activity.Verb.BRIEF_CHANGED, by=by, brief=brief, changed=_readable(changed))
    return brief


def brief_data(brief: Brief) -> BriefData:
    """What is said about a brief now."""
    return BriefData(
        title=brief.title,
        subject=brief.subject,
        country=str(brief.country.code or ""),
        language=brief.language,
        reference=brief.reference,
        marking=brief.marking,
        date=brief.date,
        facts=[list(fact) for fact in brief.facts],
    )


def _check_changed_by_nobody_else(
    brief: Brief,
    before: Mapping[str, Any],
    wanted: Mapping[str, Any],
    now: Mapping[str, Any],
    by: User,
) -> None:
    acts = brief.activities.filter(verb=Activity.Verb.BRIEF_CHANGED)
    mistakes = {
        name: changed_meanwhile(
            _told(now[name]), last_change(acts, name, _readable(now)[name]), by=by
        )
        for name, value in wanted.items()
        if value not in (before[name], now[name]) and now[name] != before[name]
    }
    if mistakes:
        raise ValidationError(mistakes)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(": ".join(pair) for pair in value) or "–"
    return str(value) if value else "–"


def _readable(changed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in changed.items()
    }


@transaction.atomic
def archive_brief(brief: Brief, *, by: User) -> Brief:
    """Hides a brief and makes it read-only. Nothing is deleted."""
    brief = lock_brief(brief)
    check_can_archive(by, brief)
    if brief.is_archived:
        return brief
    hold_live_texts(brief)
    brief.archived_at = timezone.now()
    brief.archived_by = by
    brief.save()
    set_frozen_throughout(brief)
    publish(Activity.Verb.BRIEF_ARCHIVED, by=by, brief=brief)
    return brief


@transaction.atomic
def unarchive_brief(brief: Brief, *, by: User) -> Brief:
    """Brings an archived brief back as it was."""
    brief = lock_brief(brief)
    check_can_archive(by, brief)
    if not brief.is_archived:
        return brief
    brief.archived_at = None
    brief.archived_by = None
    brief.save()
    set_frozen_throughout(brief)
    publish(Activity.Verb.BRIEF_UNARCHIVED, by=by, brief=brief)
    return brief


@transaction.atomic
def add_own_section(
    brief: Brief,
    title: str,
    *,
    part: Part,
    after: Section | Literal["nothing"] | None = None,
    key: str = "",
    by: User | None,
) -> Section:
    """A section of the brief's own, right behind `after` or at the end of the part; behind
    "nothing" it is the part's first. A `key` is the one that it gets if it is one and is free;
    otherwise it comes from the title. Raises `ValidationError` by field."""
    brief = lock_brief(brief)
    if by:
        check_can_manage(by, brief)
    if part.template_id != brief.template_id:
        raise PermissionDenied(_("That part belongs to another template."))
    if isinstance(after, Section) and (after.brief_id, after.part_id) != (brief.pk, part.pk):
        raise ValidationError({"after": _("Choose a section of the same part.")})
    is_key = _KEY.fullmatch(key) and len(key) <= LONGEST_KEY
    key = _free_key(brief, key if is_key else f"{part.key}/{_key_of(title)}")
    section = Section(
        brief=brief,
        part=part,
        position=_make_room(brief, part, after),
        key=key,
        own_title=" ".join(title.split()),
        asked_since=brief.template.version,
        content_hash=empty_hash(brief, key, brief.template.version),
    )
    section.full_clean()
    section.save()
    publish(Activity.Verb.SECTION_ADDED, by=by, section=section, title=section.own_title)
    return section


def _make_room(brief: Brief, part: Part, after: Section | Literal["nothing"] | None) -> int:
    """The position behind a section, or behind the part's last; what stands there moves on."""
    rows = list(brief.sections.filter(part=part).in_outline_order())
    place = len(rows) if after is None else 0
    if isinstance(after, Section):
        place = [row.pk for row in rows].index(after.pk) + 1
    position = rows[place - 1].position + 1 if place else 1
    behind = rows[place:]
    if behind and behind[0].position <= position:
        shift = position + 1 - behind[0].position
        moved = brief.sections.filter(pk__in=[row.pk for row in behind])
        moved.update(position=F("position") + shift)
    return position


def _key_of(title: str) -> str:
    """The second half of an own section's key. Addresses of sections know no underscore."""
    return slugify(title).replace("_", "-")[:60].strip("-") or "section"


def _free_key(brief: Brief, base: str) -> str:
    of_brief = Section.with_retired.filter(brief=brief, key__startswith=base)
    taken = set(of_brief.values_list("key", flat=True))
    taken |= set(
        SectionTemplate.objects.filter(part__template__key=brief.template.key).values_list(
            "key", flat=True
        )
    )
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
