"""What somebody else decided while a form was open, in a sentence: nobody's decision is lost by
being the earlier one."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from briefs.models import Activity


def last_change(acts: Iterable[Activity], field: str, now: Any) -> Activity | None:
    """The act that gave a field its value of now; None when the record doesn't tell.

    `acts` are of one verb and one thing, the newest first; the `changed` of each names the fields
    that it changed, with their new values unless these stand beside it.
    """
    for act in acts:
        changed = act.detail.get("changed", ())
        if field in changed:
            value = changed[field] if isinstance(changed, dict) else act.detail.get(field)
            return act if value == now else None
    return None


def changed_meanwhile(now: str, act: Activity | None, *, by: User) -> str:
    """Says who changed a field that `by` changed, too, and what it is now."""
    told = {"now": now, "name": act.actor_name if act else ""}
    if act is None:
        sentence = _("Somebody else changed this while you were at it. It is now: %(now)s.")
    elif act.actor_id == by.pk:
        sentence = _("You changed this elsewhere while this page was open. It is now: %(now)s.")
    else:
        sentence = _("%(name)s changed this while you were at it. It is now: %(now)s.")
    return f"{sentence % told} {_('Put what should stay into the field, and save again.')}"
