"""What happened: every act is published once, inside its own transaction, and becomes one row of
the record."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import User
from briefs.models import Activity, Brief, Revision, Section, actor_name


def publish(
    verb: Activity.Verb,
    *,
    by: User | None,
    brief: Brief | None = None,
    section: Section | None = None,
    revision: Revision | None = None,
    **detail: Any,
) -> Activity:
    """Writes the act down and hands it to `settings.EVENT_SUBSCRIBERS`, who work in the same
    transaction. `detail` holds what a reader of the record needs besides, as plain JSON.

    Raises `TransactionManagementError` outside a transaction: an act and its record stand or fall
    together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act is published inside its transaction.")
    activity = Activity.objects.create(
        verb=verb,
        actor=by,
        actor_name=actor_name(by),
        brief=brief or (section.brief if section else None),
        section=section,
        revision=revision,
        detail=detail,
    )
    for subscriber in settings.EVENT_SUBSCRIBERS:
        import_string(subscriber)(activity)
    return activity
