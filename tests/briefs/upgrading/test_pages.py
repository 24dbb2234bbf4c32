import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefs.models import Brief
from briefs.upgrading.actions import upgrade_brief
from tests.briefs.upgrading.versions import FIRST, TRADE, load, without
from tests.factories import add_member, approve, make_brief, put_in_review, section_of, write

NEEDS = '[[part.section]]\nkey = "goals/needs"\n'


def seen(page: str) -> str:
    [digest] = re.findall(r'name="seen" value="(\w+)"', page)
    return str(digest)


def test_brief_upgrade_shows_what_would_happen_then_does_it(
    desk, author, editor, manager, signed_in
):
    approve(section_of(desk, "goals/health"), author, editor, "Four words of health.")
    load(without(FIRST, '[[part.section]]\nkey = "goals/health"\n') + TRADE)
    client, at = signed_in(manager), f"/briefs/{desk.slug}/upgrading/"
    page = client.get(at).text
    for told in ("Desk brief, version 2", "parks 4 words of", "Trade", "was approved"):
        assert told in page
    response = client.post(at, {"seen": seen(page)})
    assert response.status_code == 302
    desk.refresh_from_db()
    assert desk.template.version == 2
    page = client.get(at).text
    assert "there is no newer version" in page
    assert "Mia Manager moved the brief from version 1 to version 2" in page


def test_upgrade_undo_shows_what_would_happen_then_does_it(desk, manager, signed_in):
    client, at = signed_in(manager), f"/briefs/{desk.slug}/upgrading/undo/"
    assert "no move to another version" in client.get(at).text
    upgrade_brief(desk, load(FIRST + TRADE), by=manager)
    page = client.get(at).text
    assert "nothing is written there" in page
    assert client.post(at, {"seen": seen(page)}).status_code == 302
    desk.refresh_from_db()
    assert desk.template.version == 1
    assert client.post(at, {"seen": seen(page)}).status_code == 422


def test_brief_upgrade_is_refused_when_something_changed_meanwhile(
    desk, author, manager, signed_in
):
    load(without(FIRST, NEEDS))
    client, at = signed_in(manager), f"/briefs/{desk.slug}/upgrading/"
    page = client.get(at).text
    write(section_of(desk, "goals/needs"), author)
    response = client.post(at, {"seen": seen(page)})
    assert response.status_code == 422
    assert "has changed since this was shown" in response.text
    assert client.post(at, {"seen": seen(response.text)}).status_code == 302


def test_brief_upgrade_to_a_version_that_is_not_the_newest(desk, manager, signed_in):
    load(FIRST + TRADE)
    load(FIRST)
    client, at = signed_in(manager), f"/briefs/{desk.slug}/upgrading/?to=2"
    assert client.post(at, {"seen": seen(client.get(at).text)}).status_code == 302
    desk.refresh_from_db()
    assert desk.template.version == 2
    for odd in ("9", "x", "-1", "9" * 30):
        assert client.get(f"/briefs/{desk.slug}/upgrading/?to={odd}").status_code == 200


def test_brief_upgrade_many_moves_each_by_itself(desk, author, manager, signed_in):
    other = make_brief(desk.template, title="Chile")
    add_member(other, manager, "manager")
    add_member(other, author, "author")
    put_in_review(section_of(other, "goals/needs"), author)
    not_theirs = make_brief(desk.template, title="Peru")
    load(without(FIRST, NEEDS))
    client = signed_in(manager)
    page = client.get("/upgrading/").text
    assert "Chile" in page
    assert "Peru" not in page
    page = client.get("/upgrading/", {"briefs": [desk.slug, other.slug]}).text
    digests = dict(re.findall(r'name="(seen-[\w-]+)" value="(\w+)"', page))
    assert list(digests) == [f"seen-{desk.slug}"]
    assert "“Needs” is in review" in page
    data = {"briefs": [desk.slug, other.slug], **digests}
    response = client.post("/upgrading/", data)
    assert response.status_code == 409
    assert "Chile" in response.text.partition("were not moved")[2]
    versions = dict(Brief.objects.values_list("title", "template__version"))
    assert versions == {"Belgium": 2, "Chile": 1, "Peru": 1}
    answer = client.post("/upgrading/", {"briefs": [not_theirs.slug]})
    assert answer.status_code == 422


def test_brief_upgrade_many_with_nothing_to_move_says_so(desk, manager, viewer, signed_in):
    for user in (manager, viewer):
        assert "is at the newest version" in signed_in(user).get("/upgrading/").text


def test_brief_upgrade_many_takes_the_same_queries_for_many(
    desk, manager, signed_in, django_assert_num_queries
):
    load(FIRST + TRADE)
    client = signed_in(manager)
    client.get("/upgrading/")
    with CaptureQueriesContext(connection) as few:
        client.get("/upgrading/")
    for number in range(5):
        add_member(make_brief(desk.template, title=f"Country {number}"), manager, "manager")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/upgrading/")


def test_the_command_previews_and_moves(desk, author):
    load(without(FIRST, NEEDS))
    write(section_of(desk, "goals/needs"), author)
    out = StringIO()
    call_command("upgrade_briefs", "desk:2", "--all", "--preview", stdout=out)
    assert "1 gone, 1 texts parked" in out.getvalue()
    call_command("upgrade_briefs", "desk:2", desk.slug, stdout=out)
    desk.refresh_from_db()
    assert desk.template.version == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["desk:7", "--all"], "Versions of this template: desk:1"),
        (["desk:x", "--all"], "There is no “desk:x”"),
        (["desk:1"], "Name the briefs"),
        (["desk:1", "belgium", "--all"], "Name the briefs"),
        (["desk:1", "atlantis"], "no brief “atlantis”"),
        (["desk:1", "belgium"], "1 brief was not moved"),
    ],
)
def test_the_command_refuses_in_a_sentence(arguments, sentence, desk):
    with pytest.raises(CommandError, match=sentence):
        call_command("upgrade_briefs", *arguments, stdout=StringIO())
