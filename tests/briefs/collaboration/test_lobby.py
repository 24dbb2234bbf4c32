"""Who is in which section, told to the page of a brief."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from briefs.collaboration.limits import MAX_HELLO_BYTES, MAX_SOCKETS_PER_PERSON
from briefs.collaboration.rights import Seat, ask
from briefs.live_text.varints import counted, written
from briefs.models import Membership
from tests.briefs.collaboration.client import session_of
from tests.briefs.collaboration.live_server import LiveServer
from tests.factories import make_brief, section_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def onlooker(brief, typist):
    """`onlooker(author)`: the brief's page, with its hello said."""

    def page(user, *, says_hello: bool = True, **options):
        opened = typist(user, is_open=False, path=f"brief/{brief.pk}", **options)
        if says_hello:
            opened.hello(client=0)
            opened.wait(lambda: "here" in opened.facts)
        return opened

    return page


def here(page):
    return [(one["name"], one["section"]) for one in page.facts["here"]]


def waits_for(page, *expected):
    page.wait(lambda: here(page) == list(expected))


def test_the_hello_is_answered(onlooker, author, viewer):
    page = onlooker(author)
    assert page.facts["hello"] == 1
    assert page.facts["you"] == {"id": author.pk, "name": "Ada Author"}
    assert page.facts["write"] is True
    assert page.facts["ends"]["4403"]
    assert page.facts["here"] == [{"id": author.pk, "name": "Ada Author", "section": None}]
    assert onlooker(viewer).facts["write"] is False


def test_who_opens_and_closes_a_section_comes_and_goes(
    onlooker, typist, section, viewer, author, second_author
):
    page = onlooker(viewer)
    one = typist(author)
    waits_for(page, ("Ada Author", section.pk), ("Vic Viewer", None))
    typist(second_author)
    waits_for(page, ("Ada Author", section.pk), ("Ben Author", section.pk), ("Vic Viewer", None))
    one.cut()
    waits_for(page, ("Ben Author", section.pk), ("Vic Viewer", None))


def test_nobody_is_there_before_their_hello(onlooker, typist, section, viewer, author):
    typist(author, is_open=False)
    assert here(onlooker(viewer)) == [("Vic Viewer", None)]


def test_each_section_that_somebody_has_open_is_told_once(
    brief, onlooker, typist, section, viewer, author
):
    other = section_of(brief, "goals/health")
    page = onlooker(viewer)
    typist(author)
    typist(author)
    typist(author, in_=other)
    places = sorted([("Ada Author", section.pk), ("Ada Author", other.pk)])
    waits_for(page, *places, ("Vic Viewer", None))


def test_nobody_of_another_brief_is_told(template, onlooker, typist, section, superuser):
    elsewhere = section_of(make_brief(template, title="Estonia"), "goals/needs")
    page = onlooker(superuser)
    typist(superuser, in_=elsewhere)
    typist(superuser)
    name = superuser.get_full_name()
    waits_for(page, (name, None), (name, section.pk))


def test_a_stranger_and_a_brief_that_is_not_there_get_the_same_answer(
    brief, section, onlooker, author, stranger
):
    assert onlooker(stranger, says_hello=False).closed() == 4404
    brief.pk += 1000
    assert onlooker(author, says_hello=False).closed() == 4404


def test_nobody_who_is_signed_out_looks_on(onlooker, section):
    page = onlooker(None, says_hello=False, session="")
    assert page.closed() == 4401
    assert page.facts["ends"]["4401"].startswith("You are signed out")


def test_a_page_made_for_somebody_else_is_told_nothing(onlooker, section, author, viewer):
    page = onlooker(author, says_hello=False)
    page.hello(client=0, person=viewer.pk)
    assert page.closed() == 4401
    assert page.facts.keys() == {"ends"}
    assert page.facts["ends"]["4401"].startswith("You are signed out")


def test_removal_ends_it(brief, section, onlooker, author):
    page = onlooker(author)
    Membership.objects.filter(brief=brief, user=author).delete()
    assert page.closed() == 4403


def test_signing_out_ends_it(section, onlooker, author):
    page = onlooker(author)
    import_module(settings.SESSION_ENGINE).SessionStore(page.session).delete()
    assert page.closed() == 4401


def test_a_session_that_expires_ends_it(section, onlooker, author):
    page = onlooker(author)
    Session.objects.update(expire_date=timezone.now())
    assert page.closed() == 4401


def test_a_role_that_changes_is_told(brief, section, onlooker, author):
    page = onlooker(author)
    Membership.objects.filter(brief=brief, user=author).update(role="viewer")
    page.wait(lambda: page.facts["write"] is False)


HELLO = bytes([102]) + written(0) + counted(b"")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"", 4400),
        (b"\xff" * MAX_HELLO_BYTES, 4400),
        (b"\xff" * (MAX_HELLO_BYTES + 1), 4413),
        (bytes(2_000_000), 4413),
        (bytes([103]), 4400),
        (b"\x00\x00" + counted(b"\x00"), 4400),
        (b"\x00\x02" + counted(b"\x00\x00"), 4400),
        (b"\x01" + counted(written(0)), 4400),
        (bytes([102]) + written(0) + counted(b"x"), 4400),
        ("hello", 4400),
    ],
)
def test_whatever_is_not_the_hello_ends_the_connection(message, code, section, onlooker, author):
    page = onlooker(author, says_hello=False)
    page.send(message)
    assert page.closed() == code
    page = onlooker(author)
    page.send(message)
    assert page.closed() == code


def test_a_second_hello_ends_the_connection(section, onlooker, author, viewer):
    other = onlooker(viewer)
    page = onlooker(author)
    page.hello(client=0)
    assert page.closed() == 4400
    waits_for(other, ("Vic Viewer", None))


def test_silence_ends_the_connection(section, onlooker, author, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.hub.HELLO_WITHIN", 0.1)
    assert onlooker(author, says_hello=False).closed() == 4400


def test_looking_on_takes_no_place_of_writing(section, onlooker, typist, author):
    for _ in range(MAX_SOCKETS_PER_PERSON):
        onlooker(author, says_hello=False)
    assert onlooker(author, says_hello=False).closed() == 4423
    assert typist(author).facts["write"] is True


def test_the_end_of_the_server_ends_it(transactional_db, section, brief, typist, author):
    with LiveServer() as going:
        page = typist(author, is_open=False, path=f"brief/{brief.pk}", at=going)
        page.hello(client=0)
        page.wait(lambda: "here" in page.facts)
    assert page.closed() == 4512


def test_rights_of_briefs_are_asked_with_those_of_sections(
    brief, section, author, viewer, stranger, django_assert_num_queries
):
    seats = [
        Seat(session_of(author), section=section.pk),
        Seat(session_of(author), brief=brief.pk),
        Seat(session_of(viewer), brief=brief.pk),
        Seat(session_of(stranger), brief=brief.pk),
        Seat(session_of(author), brief=brief.pk + 1000),
    ]
    with django_assert_num_queries(5):
        standings = ask(seats)
    assert [(one.brief, one.may_write, one.code) for one in standings] == [
        (brief.pk, True, None),
        (brief.pk, True, None),
        (brief.pk, False, None),
        (0, False, 4403),
        (0, False, 4404),
    ]
