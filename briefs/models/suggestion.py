"""Other words that somebody proposes for a text in review, and what was said to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from briefs.models.append_only import AppendOnly, AppendOnlyQuerySet
from briefs.models.brief import Section
from briefs.models.revision import Revision


class SuggestionQuerySet(AppendOnlyQuerySet["Suggestion"]):
    def open(self) -> "SuggestionQuerySet":
        """Those that nobody has answered yet."""
        return self.filter(decision=None)


class Suggestion(AppendOnly):
    """A passage of one answer, and what somebody would write there instead. Written once: what
    becomes of it is its `SuggestionDecision`, and none means that it waits.

    `old` is the Markdown source from character `start` of the answer under `prompt_key` at
    `revision`; a blank `new` takes it out. `reason` may be blank.
    """

    section = models.ForeignKey(Section, models.PROTECT, related_name="suggestions")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="suggestions")
    prompt_key = models.CharField(max_length=120)
    start = models.PositiveIntegerField()
    old = models.TextField(_("as it stands"))
    new = models.TextField(_("as suggested"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by_name = models.CharField(_("by"), max_length=150)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["section", "pk"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return f"{self.made_by_name}: {self.new[:60]}"

    @property
    def end(self) -> int:
        return self.start + len(self.old)


class SuggestionDecisionQuerySet(AppendOnlyQuerySet["SuggestionDecision"]):
    pass


class SuggestionDecision(AppendOnly):
    """What became of a suggestion, written once. `revision` is the one that it became, null when it
    wasn't accepted."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    suggestion = models.OneToOneField(Suggestion, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=150)

    objects = SuggestionDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["suggestion"]
        verbose_name = _("decision on a suggestion")
        verbose_name_plural = _("decisions on suggestions")

    def __str__(self) -> str:
        return f"{self.decided_by_name}: {self.get_outcome_display()}"
