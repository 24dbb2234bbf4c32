"""An outline that is being drafted in the browser."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from briefs.models.brief_template import BriefTemplate


class OutlineDraft(models.Model):
    """One outline on its way to a version: no brief can use it before it is published.

    `tree` is the outline as `briefs.brief_templates.draft_tree` keeps it, with what was taken out,
    so that it can be brought back. A null `based_on` is a template of its own. It is open while
    both `published_as` and `discarded_at` are null, and never changes afterwards.
    """

    tree = models.JSONField()
    based_on = models.ForeignKey(
        BriefTemplate, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("begun"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by_name = models.CharField(_("begun by"), max_length=150)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    changed_by_name = models.CharField(_("last changed by"), max_length=150)
    published_as = models.OneToOneField(
        BriefTemplate, models.PROTECT, null=True, blank=True, related_name="draft"
    )
    discarded_at = models.DateTimeField(_("discarded"), null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("draft of an outline")
        verbose_name_plural = _("drafts of outlines")

    def __str__(self) -> str:
        return str(self.tree["fields"].get("title", ""))

    def get_absolute_url(self) -> str:
        return reverse("outline_draft", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.published_as_id is None and self.discarded_at is None
