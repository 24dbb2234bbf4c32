"""The list of notices, its count, what comes by mail, and the link that ends mails."""

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from briefs.models import Activity, Delivery, Membership, Notice, NoticeChoice
from briefs.notices.choices import ALL_DAILY, SALT, choices_of, unsubscribe_token
from briefs.notices.kinds import KINDS
from tests.factories import add_member, make_brief, put_in_review, section_of

KEY = "goals/needs"


@pytest.fixture
def notice(brief, author, editor) -> Notice:
    put_in_review(section_of(brief, KEY), author)
    return Notice.objects.get(user=editor)


def test_the_list_says_what_happened_and_the_masthead_how_much_is_unread(notice, editor, signed_in):
    page = signed_in(editor).get("/notices/").text
    assert "Ada Author asks you to review “Needs”" in page
    assert '<span class="count">1<' in page


def test_opening_a_notice_leads_there_and_marks_it_read(notice, editor, signed_in):
    answer = signed_in(editor).get(f"/notices/{notice.pk}/open/")
    assert answer.url == f"/briefs/{notice.brief.slug}/review/{KEY}/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_one_or_all_are_marked_as_read_but_not_what_came_later(notice, editor, signed_in):
    client = signed_in(editor)
    later = Notice.objects.create(user=editor, kind="released", delivery="none", title="Later")
    answer = client.post("/notices/read/", {"up_to": notice.pk})
    assert answer.url == "/notices/"
    assert list(Notice.objects.unread().filter(user=editor)) == [later]
    answer = client.post(f"/notices/{later.pk}/read/", {"next": "/notices/?unread=on"})
    assert answer.url == "/notices/?unread=on"
    assert not Notice.objects.unread().filter(user=editor).exists()
    assert client.post(f"/notices/{later.pk}/read/", {"next": "//evil.org"}).url == "/notices/"


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 40, "²"])
def test_all_up_to_an_odd_number_marks_nothing(notice, editor, signed_in, odd):
    assert signed_in(editor).post("/notices/read/", {"up_to": odd}).status_code == 302
    assert Notice.objects.unread().filter(user=editor).count() == 1


def test_a_brief_that_one_may_no_longer_see_is_told_nowhere(notice, editor, signed_in):
    Membership.objects.filter(user=editor).delete()
    client = signed_in(editor)
    page = client.get("/notices/").text
    assert "Needs" not in page
    assert "Belgium" not in page
    assert 'class="count"' not in page
    assert client.get(f"/notices/{notice.pk}/open/").status_code == 404
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 404


def test_the_list_is_filtered(notice, brief, editor, manager, signed_in):
    other = make_brief(brief.template, title="Chad")
    add_member(other, editor, "editor")
    Notice.objects.create(user=editor, kind="released", brief=other, delivery="none")
    client = signed_in(editor)

    def found(query: str) -> int:
        return client.get(f"/notices/?{query}").context["page"].paginator.count

    assert found("") == 2
    assert found("kind=released") == 1
    assert found(f"brief={brief.slug}") == 1
    assert found("unread=on") == 2
    assert "Select a valid choice" in client.get("/notices/?kind=odd").text


def test_an_empty_list_says_what_will_come(editor, signed_in):
    assert "There are no notices for you yet." in signed_in(editor).get("/notices/").text


def test_ten_thousand_notices_ask_no_more_than_one(notice, editor, signed_in):
    client = signed_in(editor)
    client.get("/notices/")
    with CaptureQueriesContext(connection) as few:
        client.get("/notices/")
    act = notice.activity
    rows = [
        Activity(
            brief=act.brief,
            section=act.section,
            verb=act.verb,
            actor=act.actor,
            actor_name="Ada Author",
        )
        for _ in range(10_000)
    ]
    Activity.objects.bulk_create(rows, batch_size=1000)
    Notice.objects.bulk_create(
        [
            Notice(
                user=editor,
                kind="review_asked",
                activity=row,
                brief=act.brief,
                section=act.section,
                delivery="none",
            )
            for row in rows
        ],
        batch_size=1000,
    )
    with CaptureQueriesContext(connection) as many:
        page = client.get("/notices/")
    assert len(many) == len(few)
    assert '<span class="count">99+<' in page.text
    assert "Page 1 of 201" in page.text


def test_choices_are_kept_and_shown(editor, signed_in):
    client = signed_in(editor)
    wanted = {kind.key: kind.default.value for kind in KINDS} | {"released": "at_once"}
    assert client.post("/notices/settings/", wanted).url == "/notices/settings/"
    assert choices_of([editor.pk])[editor.pk]["released"] == Delivery.AT_ONCE
    form = client.get("/notices/settings/").context["form"]
    assert form["released"].initial == "at_once"


def test_a_choice_that_is_none_is_refused_and_nothing_is_kept(editor, signed_in):
    wanted = {kind.key: kind.default.value for kind in KINDS} | {"released": "by pigeon"}
    assert signed_in(editor).post("/notices/settings/", wanted).status_code == 422
    assert not NoticeChoice.objects.exists()


def test_a_link_ends_one_kind_without_signing_in(editor):
    address = f"/notices/unsubscribe/{unsubscribe_token(editor.pk, 'reply')}/"
    client = Client(enforce_csrf_checks=True)
    page = client.get(address).text
    assert "Somebody replies where you commented" in page
    assert not NoticeChoice.objects.exists()  # reading is no act
    assert "no more e-mails" in client.post(address).text
    choices = choices_of([editor.pk])[editor.pk]
    assert choices["reply"] == Delivery.NONE
    assert choices["mentioned"] == Delivery.AT_ONCE


def test_a_link_of_a_daily_mail_ends_what_comes_by_the_day(editor):
    token = unsubscribe_token(editor.pk, ALL_DAILY)
    Client().post(f"/notices/unsubscribe/{token}/")
    chosen = choices_of([editor.pk])[editor.pk]
    assert Delivery.DAILY not in chosen.values()
    assert chosen["mentioned"] == Delivery.AT_ONCE


@pytest.mark.parametrize(
    "odd", [["x", "reply"], [1], "x", [10**30, "reply"], [None, "reply"], [1, ["reply"]]]
)
def test_a_link_that_is_not_ours_is_not_found(editor, odd):
    assert Client().get("/notices/unsubscribe/x/").status_code == 404
    token = signing.dumps(odd, salt=SALT)
    assert Client().post(f"/notices/unsubscribe/{token}/").status_code == 404
    other = signing.dumps([editor.pk, "reply"], salt="another")
    assert Client().post(f"/notices/unsubscribe/{other}/").status_code == 404
