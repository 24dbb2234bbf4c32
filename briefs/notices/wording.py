"""A notice in words, made when it is read: it says no more than its person may know then."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from briefs.models import Comment, Membership
from briefs.models.notice import Notice
from briefs.notices.kinds import BY_KEY
from briefs.overview.times import day, moment

WITH_ALL = ("activity", "brief", "section__section_template", "user")
MOST_OF_A_REMARK = 300  # characters


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as its person reads it. `remark` is what was said with the act, blank when
    nothing was; `address` is blank when there is no page of it any more."""

    notice: Notice
    sentence: str
    remark: str
    brief: str
    when: str
    address: str

    @property
    def label(self) -> str:
        kind = BY_KEY.get(self.notice.kind)
        return str(kind.label) if kind else ""

    @property
    def link(self) -> str:
        """From outside, by way of the list, so that it counts as read."""
        if not self.address:
            return ""
        return settings.SITE_URL.rstrip("/") + reverse("notice_open", args=[self.notice.pk])


def told(notices: Collection[Notice]) -> list[Told]:
    """Notices, loaded `WITH_ALL`, in words; one query for any number of them."""
    ids = {notice.activity.detail.get("comment_id") for notice in notices if notice.activity}
    remarks = dict(Comment.objects.filter(pk__in=ids - {None}).values_list("pk", "text"))
    return [
        Told(
            notice,
            sentence_of(notice),
            _remark(notice, remarks),
            notice.brief.title if notice.brief else notice.title,
            moment(notice.made_at),
            address_of(notice),
        )
        for notice in notices
    ]


def sentence_of(notice: Notice) -> str:
    """What happened, or when something is due."""
    kind, act = BY_KEY.get(notice.kind), notice.activity
    words = kind.says.get(act.verb if act else kind.key) if kind else None
    if words is None:
        # Of a kind that an older or a newer version of the program knows.
        return str(act) if act else ""
    detail = act.detail if act else {}
    role = detail.get("role")
    return str(words) % {
        "name": act.actor_name if act else "",
        "section": notice.section.title if notice.section else "",
        "day": day(notice.due_date) if notice.due_date else "",
        "edition": detail.get("edition", ""),
        "role": Membership.Role(role).label if role in Membership.Role.values else "",
    }


def address_of(notice: Notice) -> str:
    """The page that it is about; blank for a brief that the person was removed from."""
    if notice.brief is None:
        return ""
    kind = BY_KEY.get(notice.kind)
    place = [notice.brief.slug]
    if notice.section is None:
        return reverse(kind.page if kind and kind.page else "brief_detail", args=place)
    page = kind.page if kind and kind.page else "section_edit"
    return reverse(page, args=[*place, notice.section.key])


def _remark(notice: Notice, remarks: dict[int, str]) -> str:
    detail = notice.activity.detail if notice.activity else {}
    said = remarks.get(detail.get("comment_id", 0)) or detail.get("comment") or ""
    return (
        said
        if len(said) <= MOST_OF_A_REMARK
        else _("%(text)s…") % {"text": said[:MOST_OF_A_REMARK]}
    )
