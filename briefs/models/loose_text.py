"""Text that has no place, imported or left over by a version of the template, and where it went."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from briefs.models.brief import Brief, Section
from briefs.models.brief_template import Prompt
from briefs.models.revision import Revision


class LooseText(models.Model):
    """Text that is in no answer, shown until somebody places or dismisses it.

    *Parked*: no place was found. *Set aside*: it looks like guidance or an author's note. A null
    section means that it belongs to the brief as a whole. A null `imported_by` is the command line;
    otherwise these are that person's words, whoever places them. `text` is what is still to be
    placed; `original` never changes. `source` and `line` (from 1) say where it stood. A null
    `settled_at` means that it still waits; settled with a reason, it was dismissed, and without
    one, all of it was placed. With a `parked_from` it was an answer until a version of the template
    no longer asked for it: the one to `prompt` in that revision, and these are the words of those
    who wrote it.
    """

    class Kind(models.TextChoices):
        PARKED = "parked", _("Parked")
        SET_ASIDE = "set_aside", _("Set aside")

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="loose_texts")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="loose_texts"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("text"))
    original = models.TextField(_("as it came"))
    source = models.CharField(_("source"), max_length=255, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    parked_from = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="parked_texts"
    )
    prompt = models.ForeignKey(Prompt, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    dismissal_reason = models.CharField(_("reason"), max_length=500, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["brief", "line", "pk"]
        verbose_name = _("text without a place")
        verbose_name_plural = _("texts without a place")

    def __str__(self) -> str:
        return self.text[:60]


class Placement(models.Model):
    """One move of a loose text, or of a piece of it, into an answer, by the revision that it made.

    `text_before` is what was still to be placed until then, so that the move can be undone; a null
    `undone_at` stands.
    """

    loose_text = models.ForeignKey(LooseText, models.PROTECT, related_name="placements")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="placements")
    text_before = models.TextField()
    placed_at = models.DateTimeField(_("placed"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("placement")
        verbose_name_plural = _("placements")

    def __str__(self) -> str:
        return f"{self.loose_text} → {self.revision}"
