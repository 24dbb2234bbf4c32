"""The log of what is typed: every change of a section's text, in the order in which it was
committed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F

from briefs.models.brief import Section


class LiveTextQuerySet(models.QuerySet["LiveText"]):
    def ahead(self) -> "LiveTextQuerySet":
        """Those with edits that no revision holds yet."""
        return self.filter(seq__gt=F("named_seq"))


class LiveText(models.Model):
    """The head of one section's log, made when the section is first written in.

    `seq` is the number of the newest edit, and `named_seq` of the newest one that the section's
    newest revision holds: where they differ, somebody is writing. Whoever raises `seq` has locked
    the row and seen that `is_frozen` is false, or accepts a suggestion: so the lock orders all
    writers. `snapshot` is the state after edit `snapshot_seq` as a Yjs update, so that reading
    begins there. `document` names this log for ever: a browser that kept edits of another log
    doesn't mix them in.
    """

    section = models.OneToOneField(
        Section, models.PROTECT, primary_key=True, related_name="live_text"
    )
    document = models.UUIDField(default=uuid.uuid4, editable=False)
    seq = models.PositiveBigIntegerField(default=0)
    named_seq = models.PositiveBigIntegerField(default=0)
    is_frozen = models.BooleanField(default=False)
    snapshot = models.BinaryField(default=b"")
    snapshot_seq = models.PositiveBigIntegerField(default=0)

    objects = LiveTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.section_id}: {self.seq}"


class LiveEdit(models.Model):
    """One committed change as a Yjs update (version 1): what a person did within one tick, or one
    save. Written once. A null `user` is the command line."""

    live_text = models.ForeignKey(LiveText, models.PROTECT, related_name="edits")
    seq = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    update = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["live_text", "seq"], name="one_edit_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.live_text_id}: {self.seq}"


class LiveClient(models.Model):
    """Whose a Yjs client number is in one log: who writes under another's number is refused. A null
    `user` is the command line, or text that was there before the log."""

    live_text = models.ForeignKey(LiveText, models.PROTECT, related_name="clients")
    number = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["live_text", "number"], name="one_person_per_client_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.live_text_id}: {self.number}"


class RefusedEdit(models.Model):
    """What somebody typed that could not be taken, as the Yjs update that arrived: kept, never
    applied. `reason` is a word of `briefs.collaboration`."""

    live_text = models.ForeignKey(LiveText, models.PROTECT, related_name="refused_edits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30)
    update = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.live_text_id}: {self.reason}"
