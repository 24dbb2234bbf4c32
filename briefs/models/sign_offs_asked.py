"""The columns of a rule of clearance, as a template's section and a brief's own exception have
them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from briefs.document.clearance import ClearanceRule


class SignOffsAsked(models.Model):
    """`sign_off_kinds` are the keys of the kinds that are among the sign-offs needed, in order."""

    sign_offs_needed = models.PositiveSmallIntegerField(_("sign-offs needed"), default=1)
    sign_off_kinds = models.JSONField(_("of the kinds"), default=list, blank=True)
    sign_offs_in_order = models.BooleanField(_("in this order"), default=False)
    is_blind = models.BooleanField(_("blind"), default=False)

    class Meta:
        abstract = True

    @property
    def rule(self) -> ClearanceRule:
        return ClearanceRule(
            self.sign_offs_needed,
            tuple(self.sign_off_kinds),
            self.sign_offs_in_order,
            self.is_blind,
        )
