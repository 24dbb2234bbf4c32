"""What people are told of what others did, and by which mail."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from briefs.models.activity import Activity
from briefs.models.brief import Brief, Membership, Section


class Delivery(models.TextChoices):
    """By what somebody is told, besides the list of notices, which has all of them."""

    AT_ONCE = "at_once", _("E-mail at once")
    DAILY = "daily", _("In the daily e-mail")
    NONE = "none", _("No e-mail")


class NoticeMail(models.Model):
    """One e-mail to one person, of one notice or of a day's. It holds none of its words: they are
    found when it is sent, by what the person may see then.

    A set `digest_day` is the day of a daily mail, in the person's time zone; null, it is of one
    notice. *Sending* is set and committed before it goes out: what a worker died of in that state
    may have gone out, so it becomes *unclear* and is not sent a second time by the program.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        NOT_NEEDED = "not_needed", _("Not needed any more")
        FAILED = "failed", _("Failed")
        UNCLEAR = "unclear", _("Unclear whether it was sent")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("to")
    )
    message_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    digest_day = models.DateField(_("daily mail of"), null=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("e-mail of notices")
        verbose_name_plural = _("e-mails of notices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest_day"], name="one_daily_mail_a_day")
        ]

    def __str__(self) -> str:
        return _("E-mail %(number)s to %(name)s") % {"number": self.pk, "name": self.user}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def tellable(self) -> "NoticeQuerySet":
        """Those of which their person may know now. Every way to a notice comes through here: the
        list, the count, the mails."""
        member = Membership.objects.filter(brief=OuterRef("brief"), user=OuterRef("user"))
        return self.filter(
            Q(user__is_active=True),
            Q(brief=None) | Q(user__is_superuser=True) | Exists(member),
        )

    def told_to(self, user: User) -> "NoticeQuerySet":
        """What somebody finds in their list."""
        return self.filter(user=user).tellable()

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing that one person is told. It holds no text of a brief: its words are made when it is
    read, from the act and from what that is about.

    `kind` is a key of `briefs.notices.kinds.KINDS`. A null `activity` is a date: then `due_date` is
    set. A null `brief` is one that the person was removed from, which may be called something else
    by now: `title` says what it was called. `delivery` is what the person wanted when it was made;
    a null `mail` is none yet, or none at all.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="+")
    brief = models.ForeignKey(Brief, models.PROTECT, null=True, related_name="+")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    due_date = models.DateField(null=True)
    delivery = models.CharField(max_length=10, choices=Delivery)
    mail = models.ForeignKey(NoticeMail, models.PROTECT, null=True, related_name="notices")
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notices_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(
                fields=["user"],
                condition=Q(mail=None, delivery="daily"),
                name="notices_for_a_daily_mail",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "activity"], name="told_once_of_an_act"),
            models.UniqueConstraint(
                fields=["user", "section", "kind", "due_date"], name="told_once_of_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class NoticeChoice(models.Model):
    """What somebody chose for one kind of notice. No row is the kind's default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    delivery = models.CharField(max_length=10, choices=Delivery)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_choice_for_each_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"
