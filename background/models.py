"""What is still to be done outside of requests."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    def dead(self) -> "JobQuerySet":
        """Those that nobody tries any more."""
        return self.exclude(gave_up_at=None)


class Job(models.Model):
    """One thing to do, made in the transaction of what it follows from, so that it exists only
    once that is committed. What is done is deleted.

    `kind` is a key of `settings.JOBS`. A job is held by one worker until `held_until`, which that
    worker renews while it does the job; null, by nobody. When a worker dies, that time passes and
    the next takes it. `attempts` counts the times that it was taken since it last went well. Set
    `gave_up_at` is a dead job: it is left for staff to see. Set `every_seconds` is a timed job, the
    only one of its kind, which is never done for good and never dead.
    """

    kind = models.CharField(_("kind"), max_length=60)
    arguments = models.JSONField(_("what it is about"), default=dict)
    every_seconds = models.PositiveIntegerField(_("every so many seconds"), null=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"))
    held_by = models.CharField(_("held by"), max_length=100, blank=True)
    held_until = models.DateTimeField(_("held until"), null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    gave_up_at = models.DateTimeField(_("given up"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(gave_up_at=None), name="jobs_to_do")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(every_seconds__isnull=False),
                name="one_timed_job_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
