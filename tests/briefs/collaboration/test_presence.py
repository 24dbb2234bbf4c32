"""Who is here, and where in the text."""

from types import SimpleNamespace
from typing import Any

import pytest

from briefs.collaboration import limits, wire
from briefs.collaboration.presence import Presence

pytestmark = pytest.mark.django_db(transaction=True)

CURSOR = {"anchor": {"tname": "past", "assoc": 0}, "head": {"tname": "past", "assoc": 0}}


def states(page):
    return {client: state for client, (_clock, state) in page.present.items()}


def test_others_see_where_somebody_is_and_the_name_is_the_servers(
    section, author, second_author, typist
):
    one, other = typist(author), typist(second_author)
    one.point(CURSOR, user={"name": "The Minister"}, more="things")
    other.wait(lambda: one.text.client in other.present)
    assert states(other)[one.text.client] == {
        "user": {"id": author.pk, "name": "Ada Author", "write": True},
        "cursor": CURSOR,
    }
    late = typist(author)
    late.wait(lambda: one.text.client in late.present)


def test_nobody_hears_of_themselves(section, author, second_author, typist):
    """A stock client would send it back for ever."""
    one, other = typist(author), typist(second_author)
    one.point(CURSOR)
    other.point(CURSOR)
    one.wait(lambda: other.text.client in one.present)
    other.wait(lambda: one.text.client in other.present)
    assert one.text.client not in one.present
    assert other.text.client not in other.present


def test_nobody_speaks_for_another(section, author, second_author, typist):
    one, other = typist(author), typist(second_author)
    one.point(CURSOR)
    other.wait(lambda: one.text.client in other.present)
    other.point({"forged": True}, client=one.text.client, clock=99)
    other.point("mine")
    one.wait(lambda: other.text.client in one.present)
    watcher = typist(author)
    watcher.wait(lambda: len(watcher.present) == 2)
    assert states(watcher)[one.text.client]["cursor"] == CURSOR


def test_a_page_that_comes_back_is_seen_at_once(section, author, second_author, typist):
    """It begins with a clock that others have seen."""
    one, other = typist(author), typist(second_author)
    one.point(CURSOR, clock=5)
    other.wait(lambda: states(other).get(one.text.client) is not None)
    one.cut()
    other.wait(lambda: states(other)[one.text.client] is None)
    gone_at = other.present[one.text.client][0]
    back = typist(author, text=one.text, document=one.facts["document"])
    back.point(CURSOR, clock=5)
    other.wait(lambda: states(other)[one.text.client] is not None)
    assert other.present[one.text.client][0] > gone_at > 5


def test_who_is_here_is_told(section, author, second_author, viewer, typist):
    one = typist(author)
    one.wait(lambda: "people" in one.facts)
    other, reader = typist(second_author), typist(viewer)
    typist(second_author)
    names = ["Ada Author", "Ben Author", "Vic Viewer"]
    one.wait(lambda: [person["name"] for person in one.facts["people"]] == names)
    assert [person["write"] for person in one.facts["people"]] == [True, True, False]
    reader.cut()
    one.wait(lambda: len(one.facts["people"]) == 2)
    assert other.code is None


ITEM = {"client": 2**53 - 1, "clock": 0}


@pytest.mark.parametrize(
    ("position", "passed_on"),
    [
        ({"tname": "past", "item": ITEM, "assoc": -1}, True),
        ({"type": None, "tname": "future", "item": None, "assoc": 0}, True),
        ({"tname": "past"}, True),
        ({}, False),
        (None, False),
        (7, False),
        ([], False),
        ({"item": ITEM, "assoc": 0}, False),
        ({"tname": "elsewhere", "assoc": 0}, False),
        ({"tname": ["past"], "assoc": 0}, False),
        ({"type": ITEM, "tname": "past", "assoc": 0}, False),
        ({"tname": "past", "item": {}, "assoc": 0}, False),
        ({"tname": "past", "item": 5, "assoc": 0}, False),
        ({"tname": "past", "item": {"client": -1, "clock": 0}}, False),
        ({"tname": "past", "item": {"client": 1, "clock": 2**53}}, False),
        ({"tname": "past", "item": {"client": True, "clock": 0}}, False),
        ({"tname": "past", "item": {"client": 1.5, "clock": 0}}, False),
        ({"tname": "past", "assoc": "left"}, False),
        ({"tname": "past", "assoc": []}, False),
        ({"tname": "past", "assoc": 7}, False),
    ],
)
def test_a_cursor_is_passed_on_when_a_page_can_read_it(position, passed_on):
    told: list[bytes] = []
    page: Any = SimpleNamespace(client=7, person=1, name="Ada", may_write=True)
    other: Any = SimpleNamespace(client=8, push=told.append)
    presence = Presence(("past", "future"))
    cursor = {"anchor": CURSOR["anchor"], "head": position}
    presence.hear(page, [wire.Entry(7, 1, {"cursor": cursor})])
    presence.tell([other])
    [entry] = wire.read_message(told[0]).entries
    assert entry.state["user"] == {"id": 1, "name": "Ada", "write": True}
    if passed_on:
        known = {name: part for name, part in position.items() if part is not None}
        assert entry.state["cursor"]["head"] == {"assoc": 0, **known}
    else:
        assert entry.state["cursor"] is None


def test_a_cursor_that_no_page_can_read_is_nowhere(section, author, second_author, typist):
    one, other = typist(author), typist(second_author)
    one.point({"anchor": {}, "head": {}})
    other.wait(lambda: one.text.client in other.present)
    assert states(other)[one.text.client]["cursor"] is None


def test_with_many_people_it_is_told_less_often():
    presence = Presence(("past",))
    tick = limits.PRESENCE_TICK
    assert presence.is_due(tick, 2)
    assert presence.is_due(tick, limits.PEOPLE_AT_FULL_SPEED)
    assert not presence.is_due(tick, limits.PEOPLE_AT_FULL_SPEED * 4)
    assert presence.is_due(tick * 4, limits.PEOPLE_AT_FULL_SPEED * 4)
