"""Removing a member: asked first, refused for the only manager."""

import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.commissioning.assignments import assign_section
from briefs.commissioning.people import change_role
from briefs.models import Membership
from tests.factories import add_member, make_brief, section_of
from tests.pages import hidden


def url(member) -> str:
    return reverse("member_remove", args=[member.brief.slug, member.pk])


@pytest.fixture
def member(brief, author) -> Membership:
    return brief.memberships.get(user=author)


def test_member_remove_asks_first_and_says_what_it_does(brief, member, manager, signed_in):
    assign_section(section_of(brief, "goals/needs"), {"author": member.user}, by=manager)
    text = signed_in(manager).get(url(member)).content.decode()
    assert "Remove Ada Author?" in text
    assert "1 section has nobody to write or review it then." in text
    assert Membership.objects.filter(pk=member.pk).exists()


def test_member_remove(brief, member, manager, author, signed_in):
    answer = signed_in(manager).post(url(member), follow=True)
    assert "Ada Author is no longer a member." in answer.content.decode()
    assert signed_in(author).get(brief.get_absolute_url()).status_code == 404


def test_member_remove_of_whom_another_manager_gave_another_role(
    brief, member, manager, editor, author, signed_in
):
    change_role(brief.memberships.get(user=editor), "manager", by=manager)
    client = signed_in(manager)
    seen = hidden(client.get(url(member)).content.decode(), "seen")
    change_role(member, "manager", by=editor)
    answer = client.post(url(member), {"seen": seen}, follow=True)
    assert "Edith Editor changed the role of Ada Author" in answer.content.decode()
    assert Membership.objects.get(pk=member.pk).role == "manager"
    client.post(url(member), {"seen": "manager"})
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_member_remove_of_the_only_manager_is_refused(brief, manager, signed_in):
    mine = brief.memberships.get(user=manager)
    page = signed_in(manager).get(url(mine)).content.decode()
    assert 'aria-disabled="true"' in page
    assert "only manager" in page
    assert signed_in(manager).post(url(mine)).status_code == 403
    assert Membership.objects.filter(pk=mine.pk).exists()


def test_a_manager_who_goes_is_sent_home(brief, manager, editor, signed_in):
    brief.memberships.filter(user=editor).update(role="manager")
    mine = brief.memberships.get(user=manager)
    answer = signed_in(manager).post(url(mine))
    assert answer.headers["Location"] == reverse("home")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_member_remove_wants_a_manager(request, member, person, method, signed_in):
    answer = getattr(signed_in(request.getfixturevalue(person)), method)(url(member))
    assert answer.status_code == 403
    assert Membership.objects.filter(pk=member.pk).exists()


def test_member_remove_by_a_stranger_is_not_found(member, stranger, signed_in):
    assert signed_in(stranger).post(url(member)).status_code == 404


def test_member_remove_of_another_briefs_member_is_not_found(
    brief, template, manager, stranger, signed_in
):
    theirs = add_member(make_brief(template, title="Estonia"), stranger, "author")
    address = reverse("member_remove", args=[brief.slug, theirs.pk])
    assert signed_in(manager).post(address).status_code == 404


def test_member_remove_from_an_archived_brief_is_refused(brief, member, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).post(url(member)).status_code == 403


def test_member_remove_takes_no_delete(member, manager, signed_in):
    assert signed_in(manager).delete(url(member)).status_code == 405
