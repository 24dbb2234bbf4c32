"""Mails go out: each at most once by the program's own doing.

That a mail is being sent is committed before it is handed to the mail server, and that it was sent
afterwards. A worker that is killed between the two leaves it as it is: whoever comes next calls it
unclear and doesn't send it again; staff see it and may. What the mail server refuses is tried
again, with the same Message-ID.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.time_zones import zone_of
from background.queue import MOST_ATTEMPTS, enqueue
from briefs.models.notice import Delivery, Notice, NoticeMail
from briefs.notices.message import message_of

DAILY_AT = dt.time(7)
Status = NoticeMail.Status


def send_mail(mail_id: int) -> None:
    """A job. Raises whatever the mail server or its absence raises, so that it is tried again."""
    mails = NoticeMail.objects.filter(pk=mail_id)
    mail = mails.select_related("user").get()
    if mail.status == Status.SENDING:
        mails.filter(status=Status.SENDING).update(status=Status.UNCLEAR)
        return
    if mail.status != Status.WAITING:
        return
    # Claimed before its words are made: what is told from now on goes into another mail.
    if not mails.filter(status=Status.WAITING).update(
        status=Status.SENDING, attempts=F("attempts") + 1
    ):
        return
    try:
        message = message_of(mail)
        if message is None:
            mails.update(status=Status.NOT_NEEDED)
            return
        message.send()
    except Exception as failure:
        is_last = mail.attempts + 1 >= MOST_ATTEMPTS
        mails.update(
            status=Status.FAILED if is_last else Status.WAITING,
            last_error=f"{type(failure).__name__}: {failure}",
        )
        raise
    mails.update(status=Status.SENT, sent_at=timezone.now(), last_error="")


@transaction.atomic
def send_again(mails: QuerySet[NoticeMail]) -> int:
    """Has mails sent that failed or may not have gone out; says how many. For staff, who decide
    that a second one is better than none."""
    chosen = mails.filter(status__in=[Status.FAILED, Status.UNCLEAR]).select_for_update()
    keys = list(chosen.values_list("pk", flat=True))
    NoticeMail.objects.filter(pk__in=keys).update(status=Status.WAITING, attempts=0)
    for key in keys:
        enqueue("send_mail", mail_id=key)
    return len(keys)


def make_daily_mails() -> None:
    """A timed job: gathers what each person wants by the day, once it is seven o'clock where they
    are, into one mail a day of what came before seven."""
    now = timezone.now()
    first = dict(_waiting().order_by().values_list("user_id").annotate(first=Min("made_at")))
    for user in User.objects.filter(pk__in=first):
        day, seven = last_seven(now, user)
        if first[user.pk] < seven:
            _make_daily_mail(user, day, seven)


def last_seven(now: dt.datetime, user: User) -> tuple[dt.date, dt.datetime]:
    """The last time that it was seven in the morning by somebody's clock: the day and the
    moment."""
    zone = zone_of(user.time_zone)
    day = now.astimezone(zone).date()
    seven = dt.datetime.combine(day, DAILY_AT, zone)
    # The clocks of one zone compare without their offsets, so both are brought to UTC.
    if now.astimezone(dt.UTC) < seven.astimezone(dt.UTC):
        day -= dt.timedelta(days=1)
        seven = dt.datetime.combine(day, DAILY_AT, zone)
    return day, seven.astimezone(dt.UTC)


@transaction.atomic
def _make_daily_mail(user: User, day: dt.date, seven: dt.datetime) -> None:
    mail, is_new = NoticeMail.objects.get_or_create(user=user, digest_day=day)
    if not is_new:
        return
    Notice.objects.filter(
        pk__in=_waiting().filter(user=user, made_at__lt=seven).order_by().values("pk")
    ).update(mail=mail)
    enqueue("send_mail", mail_id=mail.pk)


def _waiting() -> QuerySet[Notice]:
    return Notice.objects.filter(delivery=Delivery.DAILY, mail=None).unread().tellable()
