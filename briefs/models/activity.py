"""Who did what, from the first day."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from briefs.models.append_only import AppendOnly, AppendOnlyQuerySet
from briefs.models.brief import Brief, Section
from briefs.models.revision import Revision


def actor_name(by: User | None) -> str:
    """The name that stays in every record; nobody signed in is the command line."""
    return by.get_full_name() if by else gettext("Command line")


class ActivityQuerySet(AppendOnlyQuerySet["Activity"]):
    pass


class Activity(AppendOnly):
    """One act, written in the act's own transaction by `briefs.events`, never changed or deleted:
    the database refuses both.

    A null brief is an act on a template or on the house style; a null actor is the command line.
    Names stay as they were then.
    """

    class Verb(models.TextChoices):
        HOUSE_STYLE_CHANGED = "house_style_changed", _("changed the house style")
        TEMPLATE_LOADED = "template_loaded", _("loaded the template")
        TEMPLATE_DRAFTED = "template_drafted", _("began a draft of a template")
        TEMPLATE_DRAFT_DISCARDED = "template_draft_discarded", _("discarded a draft of a template")
        BRIEF_MADE = "brief_made", _("made the brief")
        BRIEF_CHANGED = "brief_changed", _("changed the brief's data")
        BRIEF_ARCHIVED = "brief_archived", _("archived the brief")
        BRIEF_UNARCHIVED = "brief_unarchived", _("brought the brief back")
        BRIEF_IMPORTED = "brief_imported", _("imported a text")
        BRIEF_RELEASED = "brief_released", _("released the brief")
        BRIEF_UPGRADED = "brief_upgraded", _("moved the brief to another version of its template")
        UPGRADE_UNDONE = "upgrade_undone", _("moved the brief back to the version before")
        BRIEF_COPIED = "brief_copied", _("wrote an archive of the brief")
        BRIEF_RESTORED = "brief_restored", _("brought the brief back from an archive")
        BRIEF_EXPORTED = "brief_exported", _("exported the brief")
        MEMBER_ADDED = "member_added", _("added a member")
        MEMBER_CHANGED = "member_changed", _("changed a member's role")
        MEMBER_REMOVED = "member_removed", _("removed a member")
        MEMBER_INVITED = "member_invited", _("invited somebody")
        INVITATION_WITHDRAWN = "invitation_withdrawn", _("withdrew an invitation")
        INVITATION_ACCEPTED = "invitation_accepted", _("accepted an invitation")
        SECTION_ADDED = "section_added", _("added a section")
        SECTION_ASSIGNED = "section_assigned", _("assigned a section")
        SECTION_SAVED = "section_saved", _("wrote in a section")
        SECTION_RESTORED = "section_restored", _("restored an earlier text")
        PICTURE_ADDED = "picture_added", _("added a picture")
        TEXT_PLACED = "text_placed", _("placed a text")
        TEXT_DISMISSED = "text_dismissed", _("dismissed a text")
        TEXT_PLACEMENT_UNDONE = "text_placement_undone", _("undid the placing of a text")
        TEXT_REOPENED = "text_reopened", _("brought a text back")
        COMMENT_ADDED = "comment_added", _("commented")
        COMMENT_REPLIED = "comment_replied", _("replied to a comment")
        COMMENT_RESOLVED = "comment_resolved", _("resolved a comment")
        COMMENT_REOPENED = "comment_reopened", _("reopened a comment")
        TASK_GIVEN = "task_given", _("made a comment a task")
        REVIEW_REQUESTED = "review_requested", _("asked for review")
        REVIEW_WITHDRAWN = "review_withdrawn", _("withdrew the request for review")
        SUGGESTION_MADE = "suggestion_made", _("suggested other words")
        SUGGESTION_ACCEPTED = "suggestion_accepted", _("accepted a suggestion")
        SUGGESTION_DECLINED = "suggestion_declined", _("declined a suggestion")
        SUGGESTION_WITHDRAWN = "suggestion_withdrawn", _("withdrew a suggestion")
        CHANGES_REQUESTED = "changes_requested", _("requested changes")
        SECTION_APPROVED = "section_approved", _("approved a section")
        DECISION_SEALED = "decision_sealed", _("decided in a blind review")
        SECTION_OVERRIDDEN = "section_overridden", _("approved in spite of missing sign-offs")
        OVERRIDE_COUNTERSIGNED = "override_countersigned", _("countersigned an override")
        CLEARANCE_CHANGED = "clearance_changed", _("changed what a section needs to be clear")

    brief = models.ForeignKey(Brief, models.PROTECT, null=True, related_name="activities")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="activities")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(_("act"), max_length=30, choices=Verb)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("who"), max_length=150)
    detail = models.JSONField(_("detail"), default=dict)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activity")
        indexes: ClassVar = [models.Index(fields=["brief", "-id"])]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.get_verb_display()}"
