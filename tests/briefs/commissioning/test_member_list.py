"""The people of a brief, for its managers."""

import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.commissioning.assignments import assign_section
from briefs.commissioning.invitations import invite
from tests.factories import add_member, make_brief, make_user, section_of


def url(brief) -> str:
    return reverse("member_list", args=[brief.slug])


def test_member_list_shows_members_and_their_duties(brief, manager, author, editor, signed_in):
    assign_section(
        section_of(brief, "goals/needs"), {"author": author, "reviewers": [editor]}, by=manager
    )
    text = signed_in(manager).get(url(brief)).content.decode()
    assert "5 people work on this brief." in text
    assert "ada.author@example.org" in text
    assert "writes 1 section" in text
    assert "reviews 1" in text


def test_member_list_says_why_the_only_manager_stays(brief, manager, author, signed_in):
    from_manager = signed_in(manager).get(url(brief)).content.decode()
    assert "This is the brief&#x27;s only manager." in from_manager
    mine = brief.memberships.get(user=manager)
    theirs = brief.memberships.get(user=author)
    assert reverse("member_remove", args=[brief.slug, mine.pk]) not in from_manager
    assert reverse("member_remove", args=[brief.slug, theirs.pk]) in from_manager


def test_member_list_shows_open_invitations(brief, manager, signed_in):
    invitation = invite(brief, "new@example.org", "author", by=manager)
    text = signed_in(manager).get(url(brief)).content.decode()
    assert "1 invitation is open." in text
    assert "new@example.org" in text
    assert reverse("invitation_withdraw", args=[brief.slug, invitation.pk]) in text


def test_member_list_of_a_brief_without_members(template, superuser, signed_in):
    brief = make_brief(template)
    text = signed_in(superuser).get(url(brief)).content.decode()
    assert "Nobody is a member of this brief yet." in text


@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_member_list_wants_a_manager(request, brief, person, signed_in):
    answer = signed_in(request.getfixturevalue(person)).get(url(brief))
    assert answer.status_code == 403
    assert "Only a manager of this brief can do that." in answer.content.decode()


def test_member_list_by_a_stranger_is_not_found(brief, stranger, signed_in):
    assert signed_in(stranger).get(url(brief)).status_code == 404


def test_member_list_of_an_archived_brief_is_refused(brief, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).get(url(brief)).status_code == 403


def test_member_list_takes_no_post(brief, manager, signed_in):
    assert signed_in(manager).post(url(brief)).status_code == 405


def test_member_list_costs_the_same_for_many_members(
    brief, manager, signed_in, django_assert_num_queries
):
    client = signed_in(manager)
    for name in ("One", "Two"):
        with django_assert_num_queries(13):
            client.get(url(brief))
        for number in range(10):
            add_member(brief, make_user(f"{name} {number}"), "manager")
