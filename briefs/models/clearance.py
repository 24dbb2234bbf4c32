"""What a brief asks of its clearance besides its template, who gives which sign-offs, and what a
manager's override waits for."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from briefs.models.brief import Section
from briefs.models.revision import Revision, SignOff, SignOffQuerySet
from briefs.models.sign_offs_asked import SignOffsAsked


class SectionClearance(SignOffsAsked):
    """What one section of one brief needs, other than its template says. Without a row it is as the
    template says; a section of the brief's own needs one sign-off of anybody."""

    section = models.OneToOneField(
        Section, models.CASCADE, primary_key=True, related_name="own_clearance"
    )

    class Meta:
        verbose_name = _("clearance of a section")
        verbose_name_plural = _("clearance of sections")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sign_offs_needed__gte=1), name="own_clearance_needs_a_sign_off"
            )
        ]

    def __str__(self) -> str:
        return str(self.section)


class Opening(models.Model):
    """That somebody had the page of a section's review open at a revision. Several sections are
    approved at once only by who opened each at that revision."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("opening of a revision")
        verbose_name_plural = _("openings of revisions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "revision"], name="one_opening_per_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.revision}"


class Countersignature(models.Model):
    """A second person's word that an override was right. Never changed, never deleted."""

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="countersignature")
    comment = models.TextField(_("comment"), blank=True)
    signed_at = models.DateTimeField(_("signed"), auto_now_add=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("countersignature")
        verbose_name_plural = _("countersignatures")

    def __str__(self) -> str:
        return f"{self.signed_by_name}: {self.sign_off}"


def open_overrides() -> SignOffQuerySet:
    """The overrides that nobody has countersigned and no other sign-off of their section has
    superseded, oldest first."""
    later = SignOff.objects.filter(
        section=OuterRef("section"), clears_section=True, pk__gt=OuterRef("pk")
    )
    return SignOff.objects.filter(
        ~Exists(later),
        is_override=True,
        countersignature=None,
        section__retired_at=None,
        section__brief__archived_at=None,
    ).order_by("pk")
