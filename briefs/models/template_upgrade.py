"""Which briefs moved from one version of their template to another, and back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from briefs.models.brief import Brief
from briefs.models.brief_template import BriefTemplate


class TemplateUpgrade(models.Model):
    """One move of one brief. A null `undone_at` stands; only the newest of a brief that stands can
    be undone. A null person is the command line."""

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="upgrades")
    before = models.ForeignKey(BriefTemplate, models.PROTECT, related_name="+")
    after = models.ForeignKey(BriefTemplate, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("done"), auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_by_name = models.CharField(_("done by"), max_length=150)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("template upgrade")
        verbose_name_plural = _("template upgrades")

    def __str__(self) -> str:
        return f"{self.brief}: {self.before.version} → {self.after.version}"
