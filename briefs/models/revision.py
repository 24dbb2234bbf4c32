"""What is remembered of a section's text, and who decided on it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision as StoredRevision

from accounts.models import User
from briefs.models.brief import Membership, Section, SectionQuerySet, SignOffRight
from briefs.models.live_text import LiveText


class RevisionQuerySet(models.QuerySet["Revision"]):
    def cleared(self) -> "RevisionQuerySet":
        """Those whose text got every sign-off, here or on another with the same text."""
        clearing = SignOff.objects.filter(
            section=OuterRef("section"), content_hash=OuterRef("content_hash"), clears_section=True
        )
        return self.filter(Exists(clearing))

    def vouched(self) -> "RevisionQuerySet":
        """Those of them for which a second person stands: by sign-offs, or by countersigning the
        override."""
        clearing = SignOff.objects.filter(
            Q(is_override=False) | Q(countersignature__isnull=False),
            section=OuterRef("section"),
            content_hash=OuterRef("content_hash"),
            clears_section=True,
        )
        return self.filter(Exists(clearing))


class Revision(models.Model):
    """One recorded state of a section with its answers: our side of a django-reversion revision.

    Recorded only when the content hash changed. Numbers count from 1 in each section.
    `contributors` wrote what changed since the revision before; a null `created_by` is the command
    line. The name of who saved it stays as it was then; contributors are named as they are called
    now. `log_seq` is the edit of the section's log up to which it goes; null, it is older than the
    log.
    """

    class Kind(models.TextChoices):
        IMPORT = "import", _("imported")
        SAVE = "save", _("saved")
        LIVE = "live", _("written together")
        RESTORE = "restore", _("restored")
        PLACED = "placed", _("text placed")
        UPGRADE = "upgrade", _("moved to another version of the template")
        SUGGESTED = "suggested", _("suggestion accepted")

    section = models.ForeignKey(Section, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    stored = models.OneToOneField(StoredRevision, models.PROTECT, related_name="of_section")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    content_hash = models.CharField(max_length=64)
    words = models.PositiveIntegerField(_("words"), default=0)
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_by_name = models.CharField(max_length=150)
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    log_seq = models.PositiveBigIntegerField(null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["section", "-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "number"], name="one_revision_per_number"),
        ]

    def __str__(self) -> str:
        return _("Revision %(number)s") % {"number": self.number}


class Authorship(models.Model):
    """Who wrote what in a revision, told from the log once and kept: by prompt key a list of
    `[primary key of the person or null, text]`, as it was typed."""

    revision = models.OneToOneField(
        Revision, models.PROTECT, primary_key=True, related_name="authorship"
    )
    runs = models.JSONField()

    def __str__(self) -> str:
        return str(self.revision_id)


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def standing(self) -> "SignOffQuerySet":
        """Decisions that their own giver hasn't gone back on since, for the same text."""
        later = SignOff.objects.filter(
            section=OuterRef("section"),
            content_hash=OuterRef("content_hash"),
            decided_by=OuterRef("decided_by"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(later))

    def standing_approvals(self) -> "SignOffQuerySet":
        """Approvals among them."""
        return self.standing().filter(decision=SignOff.Decision.APPROVED)

    def counting(self) -> "SignOffQuerySet":
        """The standing approvals that bear on clearance. Those of a text that got every sign-off
        stay, whoever leaves; while one is missing, only those count whose givers may still
        approve."""
        return self.standing_approvals().filter(Q(Exists(_clearing())) | _may_still())

    def sealed(self) -> "SignOffQuerySet":
        """The decisions on their sections' text in the blind review of now, by those who may still
        decide."""
        return self.standing().filter(
            _may_still(),
            content_hash=F("section__content_hash"),
            review_round=F("section__review_round"),
            is_blind=True,
        )

    def told_to(self, user: User) -> "SignOffQuerySet":
        """Without what others decided blindly in a round that no decision has ended yet."""
        sealed = Q(is_blind=True, review_round=F("section__review_round"))
        return self.exclude(sealed & ~Q(decided_by=user))

    def with_givers(self) -> "SignOffQuerySet":
        """Adds why an approval doesn't count: `giver_decides`, `giver_holds_kind`,
        `giver_wrote_since`."""
        # As in `with_sign_offs()`.
        return self.annotate(  # type: ignore[no-redef]
            giver_decides=Exists(_givers_memberships()),
            giver_holds_kind=_holds_kind(),
            giver_wrote_since=Exists(_givers_later_words()),
        )


def _may_still() -> Q:
    """Whether the giver of a sign-off could give it now."""
    decides = Q(Exists(_givers_memberships())) & Q(_holds_kind())
    return decides & ~Q(Exists(_givers_later_words()))


def _holds_kind() -> Q:
    rights = SignOffRight.objects.filter(
        membership__brief=OuterRef("section__brief"),
        membership__user=OuterRef("decided_by"),
        kind=OuterRef("kind"),
    )
    return Q(kind="") | Q(Exists(rights))


def _clearing() -> SignOffQuerySet:
    """What gave the text of a sign-off its last one."""
    return SignOff.objects.filter(
        section=OuterRef("section"), content_hash=OuterRef("content_hash"), clears_section=True
    )


def _givers_memberships() -> models.QuerySet[Membership]:
    """By what the giver of a sign-off decides on reviews now."""
    return Membership.objects.filter(
        brief=OuterRef("section__brief"),
        user=OuterRef("decided_by"),
        user__is_active=True,
        role__in=Membership.DECIDING,
    )


def _givers_later_words() -> models.QuerySet[models.Model]:
    """What the giver of a sign-off wrote in the section after it."""
    contributions: models.QuerySet[models.Model] = Revision.contributors.through.objects.filter(
        revision__section=OuterRef("section"),
        revision__number__gt=OuterRef("revision__number"),
        user=OuterRef("decided_by"),
    )
    return contributions


class SignOff(models.Model):
    """One person's decision on one revision. It counts while the section's text has its
    `content_hash`.

    `clears_section` says that with it the section had all its sign-offs, or that it is a manager's
    override of those that were missing; then `comment` is the reason. `kind` is that of the
    template for which it was given, blank for anybody's. `review_round` is the section's of then;
    until that is over, a sign-off that `is_blind` is known to its giver alone. Never changed, never
    deleted.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")

    section = models.ForeignKey(Section, models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sign_offs")
    content_hash = models.CharField(max_length=64)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    comment = models.TextField(_("comment"), blank=True)
    clears_section = models.BooleanField(default=False)
    is_override = models.BooleanField(default=False)
    kind = models.SlugField(max_length=50, blank=True)
    review_round = models.PositiveIntegerField(default=0)
    is_blind = models.BooleanField(default=False)
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=150)

    # Added by `with_givers()`.
    giver_decides: bool
    giver_holds_kind: bool
    giver_wrote_since: bool

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["section", "-pk"]
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        indexes: ClassVar = [
            models.Index(
                fields=["section", "content_hash", "decided_by"], name="sign_offs_of_a_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decided_by_name}: {self.get_decision_display()}"


def with_sign_offs(sections: SectionQuerySet) -> SectionQuerySet:
    """Adds what `Section.state` needs, without a query of its own.

    `is_approved` says that the current text got every sign-off, now or when it was this text
    before; `approvals` counts the people whose sign-off of it counts; `was_approved` says that some
    text, now or earlier, had every sign-off. `is_being_written` says that there is typed text in no
    revision yet: whatever it comes to, it isn't approved.
    """
    typing = LiveText.objects.ahead().filter(section=OuterRef("pk"))
    of_section = SignOff.objects.filter(section=OuterRef("pk"))
    of_text = of_section.filter(content_hash=OuterRef("content_hash"))
    approvals = (
        of_text.counting()
        .order_by()
        .values("section")
        .annotate(people=Count("decided_by", distinct=True))
        .values("people")
    )
    # The plugin minds that Section declares what is added here; without that, `state` has no types.
    return sections.annotate(  # type: ignore[no-redef]
        approvals=Coalesce(Subquery(approvals), 0),
        sign_offs_needed=Coalesce(
            "own_clearance__sign_offs_needed", "section_template__sign_offs_needed", 1
        ),
        is_being_written=Exists(typing),
        is_approved=Exists(of_text.filter(clears_section=True)) & ~Exists(typing),
        was_approved=Exists(of_section.filter(clears_section=True)),
    )
