"""Somebody typing: edits as a browser makes them, committed as the room commits them."""

from django.db import transaction

from accounts.models import User
from briefs.live_text.log import Appended, Batch, append, claim, load, open_head
from briefs.live_text.shared_text import SharedText
from briefs.models import LiveText, Section


@transaction.atomic
def open_live(section: Section) -> LiveText:
    return open_head(section, {})


def type_into(section: Section, by: User, **texts: str) -> Appended:
    """Makes the prompts read so in the section's log, in one edit, without any revision."""
    open_live(section)
    log = load(section.pk)
    mine = SharedText(log.text.prompts)
    mine.apply(log.text.state())
    update = mine.put(texts)
    claim(section.pk, mine.client, by.pk)
    return append([Batch(section.pk, log.document, [(by.pk, update)])])
