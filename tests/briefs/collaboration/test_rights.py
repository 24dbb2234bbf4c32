"""Who may be in a section and may write there, when a page opens and while it is open."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from briefs.collaboration.rights import Seat, ask
from briefs.commissioning.actions import archive_brief
from briefs.live_text.log import load
from briefs.models import LiveEdit, Membership, RefusedEdit
from tests.briefs.collaboration.client import session_of

pytestmark = pytest.mark.django_db(transaction=True)


def set_role(brief, user, role: str) -> None:
    Membership.objects.filter(brief=brief, user=user).update(role=role)


@pytest.mark.parametrize(
    ("who", "writes"),
    [
        ("viewer", False),
        ("author", True),
        ("editor", True),
        ("manager", True),
        ("superuser", True),
    ],
)
def test_members_come_in_and_those_who_may_write(who, writes, request, section, typist):
    page = typist(request.getfixturevalue(who))
    assert page.facts["write"] is writes
    assert page.facts["you"]["name"] == request.getfixturevalue(who).name


def test_a_stranger_is_told_what_a_page_says(section, stranger, typist):
    assert typist(stranger, is_open=False).closed() == 4404


def test_a_section_that_is_not_there(section, author, typist):
    section.pk += 1000
    assert typist(author, is_open=False).closed() == 4404


@pytest.mark.parametrize("session", ["", "nobody's", "x" * 200, '"; sessionid=', "; ="])
def test_nobody_who_is_signed_out_comes_in(session, section, typist):
    assert typist(None, is_open=False, session=session).closed() == 4401


def test_another_site_cannot_open_a_socket(section, author, typist):
    with pytest.raises(InvalidStatus) as refused:
        typist(author, origin="https://elsewhere.example")
    assert refused.value.response.status_code == 403


def test_an_address_that_is_none_is_refused(section, author, server):
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"ws://127.0.0.1:{server.port}/live/", origin=Origin("http://localhost")),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_viewer_writes_nothing(section, viewer, author, typist):
    reader, writer = typist(viewer), typist(author)
    number = reader.put(past="Mine.")
    reader.wait(lambda: bool(reader.refusals))
    assert reader.refusals == [("read_only", number)]
    writer.type(future="Still here.")
    assert load(section.pk).text.texts() == {"past": "", "future": "Still here."}
    assert not LiveEdit.objects.filter(user=viewer).exists()
    assert RefusedEdit.objects.get(user=viewer).reason == "read_only"


def test_what_a_viewer_repeats_is_no_offence(section, viewer, author, typist):
    writer, reader = typist(author), typist(viewer)
    writer.type(past="One. Two.")
    writer.type(past="One.")
    reader.reads(past="One.")
    number = reader.change(reader.text.state())
    reader.wait(lambda: reader.acked >= number)
    assert reader.refusals == []


def test_who_is_removed_is_sent_away(brief, section, author, typist):
    page = typist(author)
    Membership.objects.filter(brief=brief, user=author).delete()
    assert page.closed() == 4403


def test_a_role_that_changes_reaches_an_open_page(brief, section, author, typist):
    page = typist(author)
    set_role(brief, author, "viewer")
    page.wait(lambda: page.facts["write"] is False)
    page.put(past="Mine.")
    page.wait(lambda: page.refusals == [("read_only", page.sent)])
    set_role(brief, author, "author")
    page.wait(lambda: page.facts["write"] is True)


def test_signing_out_ends_it(section, author, typist):
    page = typist(author)
    engine = import_module(settings.SESSION_ENGINE)
    engine.SessionStore(page.session).delete()
    assert page.closed() == 4401


def test_a_session_that_expires_ends_it(section, author, typist):
    page = typist(author)
    Session.objects.update(expire_date=timezone.now())
    assert page.closed() == 4401


def test_a_new_password_ends_it(section, author, typist):
    page = typist(author)
    author.set_password("another long enough secret")
    author.save()
    assert page.closed() == 4401


def test_who_is_deactivated_is_sent_away(section, author, typist):
    page = typist(author)
    author.is_active = False
    author.save()
    assert page.closed() == 4401


def test_an_archived_brief_is_read_only(brief, section, author, manager, typist):
    page = typist(author)
    page.type(past="Before.")
    archive_brief(brief, by=manager)
    page.wait(lambda: page.facts["locked"] and not page.facts["write"])
    page.put(past="Before. After.")
    page.wait(lambda: page.refusals == [("read_only", page.sent)])
    assert load(section.pk).text.texts()["past"] == "Before."


def test_rights_of_many_are_asked_in_few_queries(
    brief, section, author, editor, viewer, django_assert_num_queries
):
    seats = [Seat(session_of(user), section.pk) for user in (author, editor, viewer)]
    with django_assert_num_queries(5):
        standings = ask(seats)
    assert [one.may_write for one in standings] == [True, True, False]
