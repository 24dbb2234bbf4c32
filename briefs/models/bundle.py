"""Many briefs as one file, while it is made and for some days afterwards."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from briefs.models.brief import Brief


class Bundle(models.Model):
    """What somebody asked for: the briefs are its items. `file_format` and `text` are as in an
    export; `BOOK` is one PDF of all, with a `title`, and anything else a ZIP file. Its file is in
    `BundlePart`s from when it is ready until it expires; `sentence` says why it failed. `tries` is
    how often its next step was begun. `token` is the form's that asked for it, so that a press
    repeated makes nothing twice; null where no page asked."""

    BOOK = "book"

    class Status(models.TextChoices):
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")
        EXPIRED = "expired", _("no longer kept")

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bundles")
    made_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True)
    file_format = models.CharField(max_length=10)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.CharField(max_length=10)
    status = models.CharField(max_length=10, choices=Status, default=Status.MAKING)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    sentence = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        constraints: ClassVar = [
            # Whoever goes back to the form may ask for another format.
            models.UniqueConstraint(
                fields=["made_by", "token", "file_format", "text", "title"],
                name="one_bundle_per_press",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_book(self) -> bool:
        return self.file_format == self.BOOK

    @property
    def file_name(self) -> str:
        return f"briefs-{self.pk}.{'pdf' if self.is_book else 'zip'}"


class BundlePart(models.Model):
    """A stretch of a bundle's file, `begins_at` so many bytes from its start. All are stored in
    the transaction that makes the bundle ready."""

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="parts")
    begins_at = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["bundle", "begins_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bundle", "begins_at"], name="one_part_per_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id}: {self.begins_at}"


class BundleItem(models.Model):
    """One brief of a bundle. `sentence` says why it failed, or what to know of its file. The
    content is null once it is in the bundle's file."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="items")
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    edition = models.PositiveIntegerField(null=True)
    sentence = models.TextField(blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["bundle", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bundle", "position"], name="one_item_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id}: {self.position}"
