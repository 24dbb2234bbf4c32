"""Remarks on a section, and what became of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from briefs.document.anchors import CONTEXT, MAX_QUOTE, Anchor
from briefs.models.brief import Brief, Section
from briefs.models.revision import Revision

MAX_COMMENT = 5000


class CommentQuerySet(models.QuerySet["Comment"]):
    def threads(self) -> "CommentQuerySet":
        """Without the replies, which belong to the remark that they answer."""
        return self.filter(parent=None)

    def open(self) -> "CommentQuerySet":
        return self.threads().filter(resolved_at=None)

    def tasks_of(self, user: User) -> "CommentQuerySet":
        """The open remarks that are somebody's task, in briefs in use of which they are a
        member."""
        briefs = Brief.objects.filter(memberships__user=user, archived_at=None)
        return self.open().filter(task_for=user, section__brief__in=briefs)


class Comment(models.Model):
    """One remark on a section, or a reply to one.

    Its words are never changed. A blank `prompt_key` is a remark on the whole section, a blank
    `quote` one on the whole prompt; else `quote`, `before`, `after` and `position` are an
    `Anchor`. `revision` is the newest when it was made, null before the first: what its author saw
    may have been typed since. A reply has a `parent`, and no passage or standing of its own:
    whether it is resolved, and whose task it is until `due_date`, is the parent's. Names stay as
    they were. There is no way to delete one.
    """

    section = models.ForeignKey(Section, models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    text = models.TextField(_("comment"), max_length=MAX_COMMENT)
    prompt_key = models.CharField(max_length=120, blank=True)
    quote = models.TextField(_("passage"), max_length=MAX_QUOTE, blank=True)
    before = models.CharField(max_length=CONTEXT, blank=True)
    after = models.CharField(max_length=CONTEXT, blank=True)
    position = models.PositiveIntegerField(default=0)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="+")
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in")
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_by_name = models.CharField(_("by"), max_length=150)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_by_name = models.CharField(max_length=150, blank=True)
    task_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("task for"),
    )
    due_date = models.DateField(_("due"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["section", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(parent=None)
                | Q(quote="", prompt_key="", resolved_at=None, task_for=None, due_date=None),
                name="a_reply_has_no_standing_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(quote="") | Q(prompt_key__gt=""), name="a_passage_is_of_a_prompt"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="who_resolved_goes_with_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_by_name}: {self.text[:60]}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.quote, self.before, self.after, self.position)

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
