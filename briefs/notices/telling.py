"""Notices are made: in the act's own transaction, and by the calendar."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.time_zones import zone_of
from background.queue import enqueue_many
from briefs.models import Activity, Membership, Section
from briefs.models.notice import Delivery, Notice, NoticeMail
from briefs.notices.choices import choices_of
from briefs.notices.kinds import BY_KEY, KINDS, Kind
from briefs.overview.states import UNFINISHED, in_states

SOON = dt.timedelta(days=3)
GATHERED_FOR = dt.timedelta(minutes=1)
LATE_IS_TOLD_FOR = dt.timedelta(days=7)
Role = Membership.Role
DECIDING = Membership.DECIDING
WRITING = (Role.AUTHOR, Role.EDITOR, Role.MANAGER)


def tell_of_act(activity: Activity) -> None:
    """Tells each person concerned once, and never whoever did it. Called by `briefs.events` within
    the act's transaction: the notices and the jobs that mail them exist only once that is
    committed."""
    kinds = [kind for kind in KINDS if activity.verb in kind.says]
    meant: dict[int, Kind] = {}
    for kind in kinds:
        for person in kind.people(activity):
            if person is not None and person != activity.actor_id:
                meant.setdefault(person, kind)
    if not meant:
        return
    is_removal = activity.verb == Activity.Verb.MEMBER_REMOVED
    brief = activity.brief
    _make(
        [
            Notice(
                user_id=person,
                kind=kind.key,
                activity=activity,
                brief=None if is_removal else brief,
                section=activity.section,
                title=brief.title if is_removal and brief else "",
            )
            for person, kind in meant.items()
        ]
    )


def tell_of_dates() -> None:
    """Tells the authors of sections that are not approved, three days before the date and after it,
    by the calendar of each one's time zone; of a section without an author, the brief's managers
    once it is late. A timed job: told once, however often it runs."""
    zones = User.objects.filter(is_active=True).order_by().values_list("time_zone", flat=True)
    for zone in zones.distinct():
        today = timezone.localdate(timezone=zone_of(zone))
        soon = _unfinished(Q(due_date__gte=today, due_date__lte=today + SOON))
        late = _unfinished(Q(due_date__lt=today, due_date__gte=today - LATE_IS_TOLD_FOR))
        _tell_people_of(zone, "due_soon", soon)
        _tell_people_of(zone, "overdue", late)


def _unfinished(when: Q) -> list[Section]:
    sections = Section.objects.filter(when, brief__archived_at=None)
    return list(in_states(sections, UNFINISHED))


def _tell_people_of(zone: str, kind: str, sections: list[Section]) -> None:
    briefs = {section.brief_id for section in sections}
    rows = Membership.objects.filter(
        brief__in=briefs, user__is_active=True, user__time_zone=zone, role__in=WRITING
    ).values_list("brief_id", "user_id", "role")
    writing = {(brief, user) for brief, user, _role in rows}
    managing = [(brief, user) for brief, user, role in rows if role == Role.MANAGER]
    wanted = []
    for section in sections:
        people = [section.author_id] if section.author_id else []
        if not people and kind == "overdue":
            people = [user for brief, user in managing if brief == section.brief_id]
        wanted += [
            Notice(
                user_id=person,
                kind=kind,
                brief_id=section.brief_id,
                section=section,
                due_date=section.due_date,
            )
            for person in people
            if (section.brief_id, person) in writing
        ]
    known = Notice.objects.filter(kind=kind, section__in=sections, activity=None).values_list(
        "user_id", "section_id", "due_date"
    )
    told = set(known)
    _make([row for row in wanted if (row.user_id, row.section_id, row.due_date) not in told])


def _make(notices: list[Notice]) -> None:
    """Stores notices with what their people want by mail, and has the mails sent that they want at
    once. One job of this kind runs at a time, so what was told already can be looked up before."""
    if not notices:
        return
    choices = choices_of({notice.user_id for notice in notices})
    for notice in notices:
        notice.delivery = choices[notice.user_id][notice.kind]
    at_once = [
        notice
        for notice in notices
        if notice.delivery == Delivery.AT_ONCE and not _gathered(notice)
    ]
    mails = NoticeMail.objects.bulk_create(NoticeMail(user_id=notice.user_id) for notice in at_once)
    for notice, mail in zip(at_once, mails, strict=True):
        notice.mail = mail
    Notice.objects.bulk_create(notices)
    enqueue_many("send_mail", [{"mail_id": mail.pk} for mail in mails])


def _gathered(notice: Notice) -> bool:
    """Puts a notice into a mail of its kind that is about to go out, if there is one. The row is
    locked: whoever sends it claims it first and makes its words afterwards."""
    if not BY_KEY[notice.kind].is_gathered:
        return False
    waiting = NoticeMail.objects.select_for_update(of=("self",)).filter(
        user=notice.user_id,
        status=NoticeMail.Status.WAITING,
        digest_day=None,
        attempts=0,
        made_at__gte=timezone.now() - GATHERED_FOR,
        notices__kind=notice.kind,
    )
    notice.mail = waiting.order_by("-pk").first()
    return notice.mail is not None
