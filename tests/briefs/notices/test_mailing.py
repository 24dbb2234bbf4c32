"""Mails: what is in them, when they go, and that each goes once."""

import datetime as dt
import smtplib
from datetime import UTC
from unittest.mock import patch

import pytest
from django.core import mail as outgoing
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.models import User
from background.models import Job
from background.queue import MOST_ATTEMPTS
from background.worker import Worker
from briefs.commissioning.assignments import assign_section, assign_sections
from briefs.models import Delivery, Membership, Notice, NoticeMail, Section
from briefs.notices.choices import choose
from briefs.notices.mailing import last_seven, make_daily_mails, send_again, send_mail
from tests.factories import approve, make_user, put_in_review, section_of, write

KEY = "goals/needs"


@pytest.fixture
def section(brief, author, editor) -> Section:
    Section.objects.filter(brief=brief, key=KEY).update(author=author)
    section_of(brief, KEY).reviewers.set([editor])
    return section_of(brief, KEY)


@pytest.fixture
def asked(section, author) -> NoticeMail:
    put_in_review(section, author)
    return NoticeMail.objects.get()


def work() -> None:
    Job.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    while Worker().do_next():
        pass


def sent():
    return outgoing.outbox[0]


def test_a_mail_shows_what_changed_since_its_reader_approved(section, author, editor):
    approve(section, author, editor, "The river is wide. It is cold.")
    work()
    outgoing.outbox.clear()
    put_in_review(section, author, "The river is narrow. It is cold.")
    work()
    message = sent()
    assert message.to == [editor.email]
    assert message.subject == "Ada Author asks you to review “Needs” (Belgium)"
    assert "since revision 1, which you approved" in message.body
    assert "The river is [-wide-]{+narrow+}." in message.body
    html = message.alternatives[0].content
    assert "<del>wide</del><ins>narrow</ins>" in html
    assert "/notices/" in message.body


def test_a_mail_can_be_ended_with_one_click_by_its_header(asked, client, editor):
    work()
    headers = sent().extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").split("localhost:8000")[1]
    assert client.get(address).status_code == 200
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    Notice.objects.update(read_at=None)
    NoticeMail.objects.update(status="waiting")
    send_mail(asked.pk)
    assert len(outgoing.outbox) == 1
    assert NoticeMail.objects.get().status == NoticeMail.Status.NOT_NEEDED


def test_text_of_others_is_no_markup(section, author):
    put_in_review(section, author, "<script>alert(1)</script> & more")
    work()
    assert "<script>" not in sent().alternatives[0].content
    assert "<script>alert(1)</script> & more" in sent().body


def test_who_may_no_longer_see_the_brief_gets_no_mail(asked, editor):
    Membership.objects.filter(user=editor).delete()
    work()
    assert outgoing.outbox == []
    assert NoticeMail.objects.get().status == NoticeMail.Status.NOT_NEEDED


def test_who_left_gets_no_mail(asked, editor):
    User.objects.filter(pk=editor.pk).update(is_active=False)
    work()
    assert outgoing.outbox == []


def test_a_mail_that_fails_is_tried_again_under_the_same_name_and_shown(asked):
    names = []

    def refuse(self, *args, **kwargs):
        names.append(self.message()["Message-ID"])
        raise smtplib.SMTPServerDisconnected("gone")

    with patch.object(EmailMultiAlternatives, "send", refuse):
        for _attempt in range(MOST_ATTEMPTS):
            Job.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
            Worker().do_next()
    asked.refresh_from_db()
    assert (asked.status, asked.attempts) == (NoticeMail.Status.FAILED, MOST_ATTEMPTS)
    assert asked.last_error == "SMTPServerDisconnected: gone"
    assert len(set(names)) == 1
    assert send_again(NoticeMail.objects.all()) == 1
    work()
    assert sent().message()["Message-ID"] == names[0]
    asked.refresh_from_db()
    assert asked.status == NoticeMail.Status.SENT


def test_what_a_worker_died_of_while_sending_is_unclear_and_not_sent_twice(asked):
    NoticeMail.objects.update(status=NoticeMail.Status.SENDING)
    work()
    asked.refresh_from_db()
    assert (outgoing.outbox, asked.status) == ([], NoticeMail.Status.UNCLEAR)


def test_a_mail_that_was_sent_is_not_sent_again(asked):
    work()
    send_mail(asked.pk)
    assert len(outgoing.outbox) == 1


def test_who_wants_no_mail_has_the_notice_all_the_same(section, author, editor):
    choose(editor, {"review_asked": Delivery.NONE})
    put_in_review(section, author)
    work()
    assert (outgoing.outbox, Notice.objects.unread().count()) == ([], 1)


def at(year, month, day, hour, minute=0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day", "seven"),
    [
        # Brussels: winter is UTC+1, summer UTC+2; the clocks change on 29 March and 25 October.
        (at(2026, 3, 28, 6, 30), 28, at(2026, 3, 28, 6)),
        (at(2026, 3, 29, 5, 30), 29, at(2026, 3, 29, 5)),
        (at(2026, 3, 29, 4, 30), 28, at(2026, 3, 28, 6)),
        (at(2026, 10, 25, 5, 30), 24, at(2026, 10, 24, 5)),
        (at(2026, 10, 25, 6, 0), 25, at(2026, 10, 25, 6)),
    ],
)
def test_seven_is_seven_by_the_clock_of_the_person(now, day, seven):
    user = User(time_zone="Europe/Brussels")
    found, moment = last_seven(now, user)
    assert (found.day, moment) == (day, seven)


def test_a_daily_mail_has_all_of_before_seven_and_comes_once(section, author, editor, monkeypatch):
    choose(editor, {"review_asked": Delivery.DAILY})
    put_in_review(section, author)
    put_in_review(section_of(section.brief, "goals/health"), author)
    Notice.objects.update(made_at=at(2026, 6, 1, 20))
    monkeypatch.setattr(timezone, "now", lambda: at(2026, 6, 2, 6, 59))
    make_daily_mails()
    assert not NoticeMail.objects.filter(user=editor).exclude(digest_day=None).exists()
    monkeypatch.setattr(timezone, "now", lambda: at(2026, 6, 2, 7, 0))
    make_daily_mails()
    make_daily_mails()
    mail = NoticeMail.objects.get(user=editor, digest_day=dt.date(2026, 6, 2))
    send_mail(mail.pk)
    message = outgoing.outbox[-1]
    assert message.subject == "Your daily e-mail from Chancery: 2 notices"
    assert "Needs" in message.body
    assert "Health" in message.body


def test_what_was_read_is_not_in_the_daily_mail(section, author, editor):
    choose(editor, {"review_asked": Delivery.DAILY})
    put_in_review(section, author)
    Notice.objects.update(made_at=at(2026, 6, 1, 20), read_at=timezone.now())
    make_daily_mails()
    assert not NoticeMail.objects.exists()


def test_a_mail_server_that_hangs_or_raises_holds_no_page(section, author, signed_in, settings):
    settings.EMAIL_BACKEND = "no.such.backend"
    section = write(section, author)
    address = f"/briefs/{section.brief.slug}/review/{KEY}/request/"
    answer = signed_in(author).post(address, {"revision": section.version})
    assert answer.status_code == 302
    assert Job.objects.filter(kind="send_mail").count() == 1
    work()
    assert "No module named" in Job.objects.get(kind="send_mail").last_error


def test_a_name_with_a_line_break_makes_no_header(brief, section):
    odd = make_user("Odd", email="odd@example.org")
    Membership.objects.create(brief=brief, user=odd, role="author")
    User.objects.filter(pk=odd.pk).update(name="Odd\nBcc: all@example.org")
    odd.refresh_from_db()
    put_in_review(section, odd)
    work()
    assert "\n" not in sent().subject


def test_many_sections_assigned_at_once_are_one_mail(brief, author, manager):
    sections = list(brief.sections.all())
    assign_sections(brief, sections, {"author": author}, by=manager)
    assert NoticeMail.objects.count() == 1
    work()
    [message] = outgoing.outbox
    assert message.to == [author.email]
    assert (
        message.subject
        == "Mia Manager assigned “Preface” to you, or changed its date and 2 more (Belgium)"
    )
    for section in sections:
        assert f"“{section.title}”" in message.body
    # What went out already takes nothing more.
    assign_sections(brief, sections[:1], {"due_date": dt.date(2030, 1, 1)}, by=manager)
    assert NoticeMail.objects.count() == 2


def test_mails_to_others_and_of_other_kinds_are_their_own(brief, author, second_author, manager):
    preface, needs, _health = brief.sections.in_outline_order()
    assign_section(preface, {"author": author}, by=manager)
    assign_section(needs, {"author": second_author}, by=manager)
    assert NoticeMail.objects.count() == 2
