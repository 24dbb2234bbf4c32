"""Changing a member's role."""

import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.commissioning.people import change_role
from briefs.models import Membership
from tests.factories import add_member, make_brief


def url(member) -> str:
    return reverse("member_change", args=[member.brief.slug, member.pk])


def people(brief) -> str:
    return reverse("member_list", args=[brief.slug])


@pytest.fixture
def member(brief, author) -> Membership:
    return brief.memberships.get(user=author)


def test_member_change(member, manager, signed_in):
    answer = signed_in(manager).post(url(member), {"role": "editor"}, follow=True)
    member.refresh_from_db()
    assert member.role == "editor"
    assert "Ada Author: Editor." in answer.content.decode()


def test_member_change_shows_what_another_manager_chose_first(
    brief, member, manager, editor, signed_in
):
    change_role(brief.memberships.get(user=editor), "manager", by=manager)
    client = signed_in(manager)
    assert 'name="seen" value="author"' in client.get(people(brief)).content.decode()
    change_role(member, "editor", by=editor)

    answer = client.post(url(member), {"role": "viewer", "seen": "author"}, follow=True)

    page = answer.content.decode()
    sentence = "Edith Editor changed the role of Ada Author while this page was open."
    assert f"{sentence} It is now: Editor." in page
    member.refresh_from_db()
    assert member.role == "editor"

    client.post(url(member), {"role": "viewer", "seen": "editor"})
    member.refresh_from_db()
    assert member.role == "viewer"


def test_member_change_to_what_another_manager_chose_too_is_no_conflict(member, manager, signed_in):
    Membership.objects.filter(pk=member.pk).update(role="editor")
    said = {"role": "editor", "seen": "author"}
    answer = signed_in(manager).post(url(member), said, follow=True)
    assert "Ada Author: Editor." in answer.content.decode()


def test_member_change_without_a_record_names_nobody(member, manager, signed_in):
    Membership.objects.filter(pk=member.pk).update(role="editor")
    said = {"role": "viewer", "seen": "author"}
    answer = signed_in(manager).post(url(member), said, follow=True)
    assert "The role of Ada Author was changed while this page was open." in answer.content.decode()


@pytest.mark.parametrize("said", [{"role": "king"}, {}])
def test_member_change_to_no_role_says_so(member, manager, signed_in, said):
    answer = signed_in(manager).post(url(member), said, follow=True)
    assert "Choose one of the roles." in answer.content.decode()
    member.refresh_from_db()
    assert member.role == "author"


def test_member_change_of_the_only_manager_is_refused(brief, manager, signed_in):
    mine = brief.memberships.get(user=manager)
    answer = signed_in(manager).post(url(mine), {"role": "editor"})
    assert answer.status_code == 403
    assert "only manager" in answer.content.decode()


def test_a_manager_who_steps_down_is_back_on_the_brief(brief, manager, editor, signed_in):
    brief.memberships.filter(user=editor).update(role="manager")
    mine = brief.memberships.get(user=manager)
    answer = signed_in(manager).post(url(mine), {"role": "editor"})
    assert answer.headers["Location"] == brief.get_absolute_url()


@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_member_change_wants_a_manager(request, member, person, signed_in):
    answer = signed_in(request.getfixturevalue(person)).post(url(member), {"role": "manager"})
    assert answer.status_code == 403
    member.refresh_from_db()
    assert member.role == "author"


def test_member_change_by_a_stranger_is_not_found(member, stranger, signed_in):
    assert signed_in(stranger).post(url(member), {"role": "viewer"}).status_code == 404


def test_member_change_of_another_briefs_member_is_not_found(
    brief, template, manager, stranger, signed_in
):
    theirs = add_member(make_brief(template, title="Estonia"), stranger, "author")
    address = reverse("member_change", args=[brief.slug, theirs.pk])
    assert signed_in(manager).post(address, {"role": "viewer"}).status_code == 404


def test_member_change_in_an_archived_brief_is_refused(brief, member, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).post(url(member), {"role": "viewer"}).status_code == 403


def test_member_change_takes_no_get(member, manager, signed_in):
    assert signed_in(manager).get(url(member)).status_code == 405
