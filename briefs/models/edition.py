"""What was released."""

from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from briefs.models.append_only import AppendOnly, AppendOnlyQuerySet
from briefs.models.brief import Brief


class EditionQuerySet(AppendOnlyQuerySet["Edition"]):
    pass


class Edition(AppendOnly):
    """One release of a brief, never changed or deleted: the database refuses both.

    Numbers count from 1 in each brief. `token` is the form's that asked for it, so that a press
    repeated makes nothing twice. `made_with` is `briefs.export.renderer.made_with()` of then. What
    it holds, who approved it and why it was released is in its document, one of its files.
    """

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    token = models.UUIDField(unique=True)
    made_with = models.JSONField(_("made with"))
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_by_name = models.CharField(_("released by"), max_length=150)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["brief", "-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "number"], name="one_edition_per_number"),
        ]

    def __str__(self) -> str:
        return _("Edition %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("edition_detail", args=[self.brief.slug, self.number])


class EditionFileQuerySet(AppendOnlyQuerySet["EditionFile"]):
    pass


class EditionFile(AppendOnly):
    """One file of an edition, as it was released: the bytes, and their SHA-256 of then, which is in
    the record too."""

    class Kind(models.TextChoices):
        DOCUMENT = "json", _("Document tree")
        MARKDOWN = "md", _("Markdown")
        PDF = "pdf", _("PDF")

        @property
        def content_type(self) -> str:
            return {
                self.DOCUMENT: "application/json",
                self.MARKDOWN: "text/markdown; charset=utf-8",
                self.PDF: "application/pdf",
            }[self]

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    content = models.BinaryField(_("content"))

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "kind"]
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "kind"], name="one_file_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_kind_display()}"

    @property
    def sha256_now(self) -> str:
        """Of the bytes that are stored now."""
        return sha256(self.content).hexdigest()
