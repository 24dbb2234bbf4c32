"""In whose name the briefs of this installation are printed."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

COLOUR = "#1f3a5f"


class HouseStyle(models.Model):
    """One row at most; without it, and where it is blank, nothing of a house is printed.

    `logo` is a PNG or JPEG written anew from its pixels, of `logo_width` times `logo_height` of
    them, null while there is none; `version` counts the changes, from 1.
    """

    organisation = models.CharField(_("organisation"), max_length=100, blank=True)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    colour = models.CharField(
        _("colour"), max_length=7, default=COLOUR, validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z")]
    )
    logo = models.BinaryField(null=True)
    logo_mime_type = models.CharField(max_length=10, blank=True)
    logo_width = models.PositiveIntegerField(default=0)
    logo_height = models.PositiveIntegerField(default=0)
    logo_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("house style")
        verbose_name_plural = _("house style")

    def __str__(self) -> str:
        return self.organisation or str(_("House style"))
