"""What the record of activity says of a release."""

from typing import Any

from briefs.models import Activity, Edition


def details_of(edition: Edition) -> list[dict[str, Any]]:
    """The details of each act that says it released this edition: one, unless somebody tampered."""
    acts = Activity.objects.filter(brief=edition.brief_id, verb=Activity.Verb.BRIEF_RELEASED)
    return [act.detail for act in acts if act.detail.get("edition") == edition.number]


def notes_of(edition: Edition) -> list[str]:
    """What had to be replaced in its files when they were made, in sentences."""
    return [note for detail in details_of(edition) for note in detail.get("notes", ())]
