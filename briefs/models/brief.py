"""A brief, its sections and their answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.lines import check_lines
from accounts.models import User
from briefs.document.clearance import ClearanceRule
from briefs.document.look import Paper
from briefs.models.brief_template import BriefTemplate, Part, Prompt, SectionTemplate


class BriefQuerySet(models.QuerySet["Brief"]):
    def visible_to(self, user: User) -> "BriefQuerySet":
        """The briefs that somebody may see: their own; a superuser sees all. The one way to a brief
        in a view."""
        if user.is_superuser:
            return self
        return self.filter(Exists(Membership.objects.filter(brief=OuterRef("pk"), user=user)))

    def unarchived(self) -> "BriefQuerySet":
        return self.filter(archived_at=None)


class Brief(models.Model):
    """One country's brief, or one on a free subject (then `country` is blank), pinned to one
    template version.

    It isn't deleted: a null `archived_at` means that it is in use; archived, it is hidden and
    read-only. A null `date` prints the date of its newest revision. `facts` are the cover's "at a
    glance" lines, as `[[label, value], …]`.
    """

    template = models.ForeignKey(
        BriefTemplate, models.PROTECT, related_name="briefs", verbose_name=_("template")
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    subject = models.CharField(_("subject"), max_length=200)
    country = CountryField(verbose_name=_("country"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    marking = models.CharField(_("marking"), max_length=60, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    facts = models.JSONField(_("at a glance"), default=list, blank=True)
    paper = models.CharField(
        _("paper"),
        max_length=10,
        choices=[(Paper.A4.value, _("A4")), (Paper.LETTER.value, _("Letter"))],
        default=Paper.A4.value,
    )
    has_contents = models.BooleanField(_("printed with contents"), default=True)
    has_clearance = models.BooleanField(_("printed with the clearance table"), default=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BriefQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("brief_detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        check_lines(
            title=self.title,
            subject=self.subject,
            reference=self.reference,
            marking=self.marking,
        )

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @cached_property
    def roles(self) -> dict[int, str]:
        """Each member's role by the person's primary key, in one query for the life of this
        instance. Actions load the brief anew, so they never decide on an old role."""
        return dict(self.memberships.order_by().values_list("user_id", "role"))

    def name_of_kind(self, kind: str) -> str:
        """What a kind of sign-off is called, by its key; one that the template doesn't know any
        more is called by that, and one that is anybody's has no name."""
        return self._kind_names.get(kind, kind)

    @cached_property
    def _kind_names(self) -> dict[str, str]:
        return {kind.key: kind.label for kind in self.template.kinds}

    @cached_property
    def sign_off_rights(self) -> dict[int, set[str]]:
        """The kinds of sign-offs that members give, by the person's primary key, in one query for
        the life of this instance."""
        rows = SignOffRight.objects.filter(membership__brief=self).order_by()
        rights: dict[int, set[str]] = {}
        for user, kind in rows.values_list("membership__user_id", "kind"):
            rights.setdefault(user, set()).add(kind)
        return rights

    @cached_property
    def commenting_viewers(self) -> set[int]:
        """The primary keys of those whose membership has the box for commenting ticked, in one
        query for the life of this instance."""
        members = self.memberships.filter(may_comment=True).order_by()
        return set(members.values_list("user_id", flat=True))


class Membership(models.Model):
    """A person's role in one brief. Nobody has two; who has none doesn't see the brief."""

    class Role(models.TextChoices):
        VIEWER = "viewer", _("Viewer")
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        MANAGER = "manager", _("Manager")

    DECIDING = (Role.EDITOR, Role.MANAGER)  # who decides on reviews

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    may_comment = models.BooleanField(
        _("may comment"),
        default=False,
        help_text=_("For viewers; everybody else in a brief may comment anyway."),
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["brief", "user__name", "pk"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "user"], name="one_role_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class SignOffRight(models.Model):
    """That a member gives the sign-offs of a kind of their brief's template, such as `legal`.
    Sign-offs of no kind are given by whoever decides on reviews."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="sign_off_rights")
    kind = models.SlugField(_("kind"), max_length=50)

    class Meta:
        ordering = ["membership", "kind"]
        verbose_name = _("right to sign off")
        verbose_name_plural = _("rights to sign off")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "kind"], name="one_right_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.kind}"


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, user: User) -> "SectionQuerySet":
        """The sections of the briefs that somebody may see."""
        return self.filter(brief__in=Brief.objects.visible_to(user))

    def being_written(self) -> "SectionQuerySet":
        """Those with typed text that no revision holds yet."""
        return self.filter(live_text__seq__gt=F("live_text__named_seq"))

    def in_outline_order(self) -> "SectionQuerySet":
        """By part, then the template's sections in its order with each section of the brief's own
        where it was placed among them."""
        return self.select_related("part", "section_template", "own_clearance").order_by(
            "part__position", "position", F("section_template_id").desc(nulls_last=True), "pk"
        )


def reviewed_by(user: User) -> Exists:
    """Whether somebody is among a section's reviewers."""
    theirs = Section.reviewers.through.objects.filter(section=OuterRef("pk"), user=user)
    return Exists(theirs)


_AllSections = models.Manager.from_queryset(SectionQuerySet)


class SectionManager(_AllSections["Section"]):
    """The sections that a brief has. Those that left it with a version of its template stay for
    their history, and only `Section.with_retired` finds them."""

    def get_queryset(self) -> SectionQuerySet:
        return SectionQuerySet(self.model, using=self._db).filter(retired_at=None)


class Section(models.Model):
    """One section of one brief: the unit of editing, review and history.

    A null `section_template` is a section of the brief's own: then `own_key` and `own_title` name
    it. `part` and `position` say where it stands in this brief alone; an own section moves those
    behind it on. `status` holds only what can't be computed; ask `state` for what a person sees.
    `version` is the number of its newest revision, 0 before the first: a save names the one it
    started from. `content_hash` and `words` are of the current answers and are kept by
    `briefs.drafting.recording` alone. `asked_since` is the version of the template that the hash
    names: the one since which this is asked as it is, or in which an own section was added. A null
    `retired_at` means that the brief has it; otherwise a version of the template no longer asked
    for it, its answers are parked, and the row stands for its history alone. `review_round` counts
    the decisions that ended a review; a withdrawal ends none.
    """

    class Status(models.TextChoices):
        DRAFTING = "drafting", _("Drafting")
        IN_REVIEW = "in_review", _("In review")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")

    class State(models.TextChoices):
        """What a person sees."""

        EMPTY = "empty", _("Empty")
        DRAFTING = "drafting", _("Drafting")
        IN_REVIEW = "in_review", _("In review")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        APPROVED = "approved", _("Approved")
        LAPSED = "lapsed", _("Changed since sign-off")

        @property
        def mark(self) -> str:
            """The name of its shape: `is-<mark>` in the stylesheet."""
            return {"in_review": "review", "changes_requested": "changes"}.get(
                self.value, self.value
            )

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="sections")
    section_template = models.ForeignKey(
        SectionTemplate, models.PROTECT, null=True, blank=True, related_name="sections"
    )
    part = models.ForeignKey(Part, models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.CharField(_("key"), max_length=120)
    own_title = models.CharField(_("title"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFTING)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sections_written",
        verbose_name=_("author"),
    )
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="sections_reviewed", verbose_name=_("reviewers")
    )
    due_date = models.DateField(_("due"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    asked_since = models.PositiveIntegerField(_("asked since version"), default=1)
    retired_at = models.DateTimeField(_("left the brief"), null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    words = models.PositiveIntegerField(_("words"), default=0)
    edited_at = models.DateTimeField(_("last written"), null=True, blank=True)
    review_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_requested_at = models.DateTimeField(null=True, blank=True)
    review_round = models.PositiveIntegerField(default=0)

    # Added by `with_sign_offs()`.
    approvals: int
    sign_offs_needed: int
    is_being_written: bool
    is_approved: bool
    was_approved: bool

    objects = SectionManager()
    with_retired = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["brief", "part__position", "position", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "key"], name="one_section_per_key"),
            models.CheckConstraint(
                condition=Q(section_template=None, own_title__gt="")
                | Q(section_template__isnull=False, own_title=""),
                name="own_sections_have_their_own_title",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("section_edit", args=[self.brief.slug, self.key])

    def clean(self) -> None:
        super().clean()
        check_lines(own_title=self.own_title)

    @property
    def title(self) -> str:
        return self.section_template.title if self.section_template else self.own_title

    @property
    def rule(self) -> ClearanceRule:
        """What its text needs to be clear: the brief's own exception, or what the template says."""
        if own := getattr(self, "own_clearance", None):
            return own.rule  # type: ignore[no-any-return]
        return self.section_template.rule if self.section_template else ClearanceRule()

    @property
    def reviewer_names(self) -> str:
        """Comma-separated, by name; blank when nobody is to review it. Lists load it with
        `prefetch_related("reviewers")`."""
        return ", ".join(sorted(str(person) for person in self.reviewers.all()))

    @property
    def is_own(self) -> bool:
        return self.section_template_id is None

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def state(self) -> "Section.State":
        """The one status that a person sees. Needs `with_sign_offs()`."""
        if self.status == self.Status.IN_REVIEW:
            return self.State.IN_REVIEW
        if self.is_approved:
            return self.State.APPROVED
        if self.status == self.Status.CHANGES_REQUESTED:
            return self.State.CHANGES_REQUESTED
        if self.was_approved:
            return self.State.LAPSED
        return self.State.DRAFTING if self.words or self.is_being_written else self.State.EMPTY


class Answer(models.Model):
    """The Markdown under one prompt of one section. A null prompt is the body of a section of the
    brief's own.

    A prompt without a row is unanswered. Text without a place is a `LooseText`, never an answer.
    """

    section = models.ForeignKey(Section, models.PROTECT, related_name="answers")
    prompt = models.ForeignKey(
        Prompt, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    text = models.TextField(_("text"), blank=True)

    class Meta:
        ordering = ["section", "prompt__position"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "prompt"], name="one_answer_per_prompt"),
            models.UniqueConstraint(
                fields=["section"], condition=Q(prompt=None), name="one_body_per_own_section"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
