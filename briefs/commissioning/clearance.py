"""What the sections of a brief need to be clear, where that is other than the template says."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from briefs.document.clearance import ANYBODY, MOST_SIGN_OFFS, ClearanceRule
from briefs.events import publish
from briefs.locks import lock_brief
from briefs.models import Activity, Brief, Section, SectionClearance
from briefs.permissions import check_can_manage


def rule_in_words(rule: ClearanceRule, brief: Brief) -> str:
    """As in "2 sign-offs: anybody, Legal adviser; in this order; blind"."""
    count = len(rule.steps)
    told = ngettext("%(count)s sign-off", "%(count)s sign-offs", count) % {"count": count}
    if rule.kinds:
        names = [brief.name_of_kind(kind) or _("anybody") for kind in rule.steps]
        told = f"{told}: {', '.join(names)}"
    parts = [told]
    if rule.in_order and count > 1:
        parts.append(_("in this order"))
    if rule.is_blind and count > 1:
        parts.append(_("blind"))
    return "; ".join(parts)


def kinds_nobody_gives(brief: Brief, rules: Collection[ClearanceRule]) -> list[str]:
    """The names of the kinds that sections ask for and that no editor or manager gives."""
    deciding = {user for user, role in brief.roles.items() if role in ("editor", "manager")}
    rights = brief.sign_off_rights
    given = {kind for user in deciding for kind in rights.get(user, ())}
    asked = dict.fromkeys(kind for rule in rules for kind in rule.kinds)
    return [brief.name_of_kind(kind) for kind in asked if kind not in given]


def shown_rules(sections: Collection[Section]) -> dict[str, Any]:
    """What a form shows of the rules, by section key."""
    return {section.key: _plain(section.rule) for section in sections}


@transaction.atomic
def set_clearance(
    brief: Brief,
    sections: Collection[Section],
    rule: ClearanceRule | None,
    *,
    by: User,
    seen: Mapping[str, Any] | None = None,
) -> int:
    """Gives sections a rule of their own, or with None that of the template again; all or none.
    Returns how many changed. Text that is approved stays so: it had what was asked for then.

    `seen` is what the form showed, `shown_rules()`. Raises `ValidationError` for sections in
    review, for kinds that the template doesn't know, and for what somebody else changed meanwhile.
    """
    brief = lock_brief(brief)
    check_can_manage(by, brief)
    asked = brief.sections.filter(pk__in=[section.pk for section in sections])
    rows = list(asked.in_outline_order())
    for section in rows:
        section.brief = brief
    if rule:
        _check(rule, brief)
    _check_none_is_in_review(rows)
    if seen is not None:
        _check_is_as_seen(rows, seen)
    return sum(_set(section, rule, by) for section in rows)


def _set(section: Section, rule: ClearanceRule | None, by: User) -> bool:
    before, has_own = section.rule, hasattr(section, "own_clearance")
    by_template = section.section_template.rule if section.section_template else ClearanceRule()
    if rule == by_template:
        rule = None
    if (rule is None and not has_own) or (rule == before and has_own):
        return False
    if rule is None:
        SectionClearance.objects.filter(section=section).delete()
    else:
        values = {
            "sign_offs_needed": rule.needed,
            "sign_off_kinds": list(rule.kinds),
            "sign_offs_in_order": rule.in_order,
            "is_blind": rule.is_blind,
        }
        SectionClearance.objects.update_or_create(section=section, defaults=values)
    publish(
        Activity.Verb.CLEARANCE_CHANGED,
        by=by,
        section=section,
        rule=_plain(rule or by_template),
        before=_plain(before),
        told=rule_in_words(rule or by_template, section.brief),
    )
    return True


def _check(rule: ClearanceRule, brief: Brief) -> None:
    if not 1 <= len(rule.steps) <= MOST_SIGN_OFFS or rule.needed < len(rule.kinds):
        raise ValidationError(
            _("A section needs from 1 to %(most)s sign-offs.") % {"most": MOST_SIGN_OFFS}
        )
    known = {kind.key for kind in brief.template.kinds}
    if unknown := [kind for kind in rule.kinds if kind not in known]:
        sentence = _("This brief's template has no sign-off “%(kind)s”.")
        raise ValidationError(sentence % {"kind": unknown[0]})


def _check_none_is_in_review(sections: Collection[Section]) -> None:
    in_review = [row.title for row in sections if row.status == Section.Status.IN_REVIEW]
    if in_review:
        named = get_text_list([f"“{title}”" for title in in_review[:3]], _("and"))
        sentence = _(
            "What a section needs can't change while it is in review: %(named)s. Withdraw the "
            "request, or wait for the decision."
        )
        raise ValidationError(sentence % {"named": named})


def _check_is_as_seen(sections: Collection[Section], seen: Mapping[str, Any]) -> None:
    changed = [row.title for row in sections if seen.get(row.key) != _plain(row.rule)]
    if changed:
        sentence = _(
            "Somebody else changed what is needed for “%(title)s” while this page was open. Look "
            "at the list again; a second press means it."
        )
        raise ValidationError(sentence % {"title": changed[0]})


def _plain(rule: ClearanceRule) -> dict[str, Any]:
    return {
        "needed": rule.needed,
        "kinds": [kind for kind in rule.kinds if kind != ANYBODY],
        "in_order": rule.in_order,
        "is_blind": rule.is_blind,
    }
