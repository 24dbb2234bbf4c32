"""The mail of one notice or of a day's: plain text and HTML, with the links that end such mails."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.time_zones import zone_of
from briefs.models.notice import Delivery, Notice, NoticeMail
from briefs.notices.changes import Changes, changes_for
from briefs.notices.choices import ALL_DAILY, choices_of, unsubscribe_token
from briefs.notices.kinds import BY_KEY
from briefs.notices.wording import WITH_ALL, Told, told

FOLDER = "briefs/notices"
MOST_IN_A_MAIL = 50


@dataclass(frozen=True, slots=True)
class Entry:
    told: Told
    changes: Changes | None
    unsubscribe: str


def message_of(mail: NoticeMail) -> EmailMultiAlternatives | None:
    """The mail as it should go out now. None when nothing is left to say: its person may no longer
    see the brief, wants no mails of that kind any more, or has read it all."""
    user = mail.user
    choices = choices_of([user.pk])[user.pk]
    rows = mail.notices.tellable().unread().select_related(*WITH_ALL, "activity__revision")
    rows = rows if mail.digest_day else rows.order_by("pk")
    wanted = [row for row in rows if choices.get(row.kind) != Delivery.NONE]
    if not wanted:
        return None
    with timezone.override(zone_of(user.time_zone)), translation.override(settings.LANGUAGE_CODE):
        shown = wanted[:MOST_IN_A_MAIL]
        entries = [
            Entry(each, _changes(each.notice), _unsubscribe_link(user.pk, each.notice.kind))
            for each in told(shown)
        ]
        return _message(mail, entries, more=len(wanted) - len(shown))


def _message(mail: NoticeMail, entries: list[Entry], *, more: int) -> EmailMultiAlternatives:
    is_daily = mail.digest_day is not None
    ends = _unsubscribe_link(mail.user_id, ALL_DAILY) if is_daily else entries[0].unsubscribe
    context = {
        "entries": entries,
        "more": more,
        "is_daily": is_daily,
        "unsubscribe": ends,
        "settings_link": _link("notice_settings"),
        "list_link": _link("notice_list"),
    }
    message = EmailMultiAlternatives(
        " ".join(_subject(entries, is_daily=is_daily, count=len(entries) + more).split()),
        render_to_string(f"{FOLDER}/mail.txt", context),
        to=[mail.user.email],
        headers={
            # The same however often it is tried, so that a receiver can drop a second one.
            "Message-ID": f"<{mail.message_id}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{ends}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"{FOLDER}/mail.html", context), "text/html")
    return message


def _subject(entries: list[Entry], *, is_daily: bool, count: int) -> str:
    if not is_daily:
        first = entries[0].told
        told = {"sentence": first.sentence, "brief": first.brief, "count": count - 1}
        if count > 1:
            return _("%(sentence)s and %(count)s more (%(brief)s)") % told
        return _("%(sentence)s (%(brief)s)") % told
    sentence = ngettext(
        "Your daily e-mail from Chancery: %(count)s notice",
        "Your daily e-mail from Chancery: %(count)s notices",
        count,
    )
    return sentence % {"count": count}


def _changes(notice: Notice) -> Changes | None:
    act = notice.activity
    if not BY_KEY[notice.kind].shows_change or not act or not act.revision or not notice.section:
        return None
    return changes_for(notice.user, notice.section, act.revision)


def _unsubscribe_link(user_id: int, kind: str) -> str:
    return _link("notice_unsubscribe", unsubscribe_token(user_id, kind))


def _link(name: str, *place: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=place)
