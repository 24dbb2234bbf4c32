"""An uploaded picture of one brief."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from briefs.models.brief import Brief


class Picture(models.Model):
    """One picture of one brief, re-encoded; nothing else of the file that was sent stays.

    Texts name it by `sha256`, of `content`, so the same picture twice is one row. The bytes are in
    the database, so that a backup has them, and a text and its picture are stored together or not
    at all. A row is never changed or deleted: any revision, or the log of edits, may name it. What
    it shows is said where it stands in a text, so there is no description here.
    """

    class MimeType(models.TextChoices):
        PNG = "image/png", _("PNG")
        JPEG = "image/jpeg", _("JPEG")

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="pictures")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    mime_type = models.CharField(_("kind"), max_length=10, choices=MimeType)
    width = models.PositiveIntegerField(_("width"), validators=[MinValueValidator(1)])
    height = models.PositiveIntegerField(_("height"), validators=[MinValueValidator(1)])
    size = models.PositiveIntegerField(_("bytes"))
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        ordering = ["brief", "pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(fields=["brief", "sha256"], name="one_row_for_each_picture")
        ]

    def __str__(self) -> str:
        return f"{self.get_mime_type_display()}, {self.width} by {self.height} pixels"
