"""Members come, change their role, and go; a brief keeps a manager, whoever hurries."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from briefs.commissioning.actions import archive_brief
from briefs.commissioning.assignments import assign_section
from briefs.commissioning.invitations import invite, open_invitations
from briefs.commissioning.people import add_member, change_role, remove_member
from briefs.models import Activity, Membership
from tests.factories import add_member as join
from tests.factories import make_user, section_of


def member_of(brief, user) -> Membership:
    return Membership.objects.get(brief=brief, user=user)


def newest_act() -> Activity:
    return Activity.objects.all()[0]


def test_add_member_gives_a_role_and_records_it(brief, manager, stranger):
    member = add_member(brief, stranger, "editor", by=manager)
    assert (member.user, member.role) == (stranger, "editor")
    act = newest_act()
    assert (act.verb, act.actor, act.brief) == ("member_added", manager, brief)
    assert (act.detail["name"], act.detail["role"]) == ("Sam Stranger", "editor")


def test_add_member_ends_open_invitations_to_the_address(brief, manager, stranger):
    invite(brief, stranger.email, "author", by=manager)
    add_member(brief, stranger, "viewer", by=manager)
    assert not open_invitations(brief).exists()


def test_add_member_refuses_who_is_one(brief, manager, author):
    with pytest.raises(ValidationError, match="Ada Author is a member already"):
        add_member(brief, author, "editor", by=manager)
    assert member_of(brief, author).role == "author"


def test_add_member_refuses_an_account_out_of_use(brief, manager):
    gone = make_user("Gone Person", is_active=False)
    with pytest.raises(ValidationError, match="no longer in use"):
        add_member(brief, gone, "author", by=manager)


@pytest.mark.parametrize("role", ["king", "", "MANAGER"])
def test_add_member_refuses_an_unknown_role(brief, manager, stranger, role):
    with pytest.raises(ValidationError, match="Choose one of the roles"):
        add_member(brief, stranger, role, by=manager)


def test_change_role(brief, manager, author):
    change_role(member_of(brief, author), "editor", by=manager)
    assert member_of(brief, author).role == "editor"
    assert newest_act().detail == {
        "member": member_of(brief, author).pk,
        "user": author.pk,
        "name": "Ada Author",
        "role": "editor",
        "before": "author",
        "unassigned": [],
    }


def test_change_role_to_the_same_records_nothing(brief, manager, author):
    before = Activity.objects.count()
    change_role(member_of(brief, author), "author", by=manager)
    assert Activity.objects.count() == before


def test_change_role_clears_what_the_role_does_not_allow(brief, manager, author, editor):
    assign_section(
        section_of(brief, "goals/needs"), {"author": author, "reviewers": [editor]}, by=manager
    )
    assign_section(section_of(brief, "goals/health"), {"author": editor}, by=manager)

    change_role(member_of(brief, editor), "author", by=manager)

    assert newest_act().detail["unassigned"] == ["goals/needs"]
    needs, health = section_of(brief, "goals/needs"), section_of(brief, "goals/health")
    assert (needs.author, needs.reviewer_names, health.author) == (author, "", editor)

    change_role(member_of(brief, editor), "viewer", by=manager)
    assert section_of(brief, "goals/health").author is None


def test_remove_member_clears_their_assignments_and_nothing_else(brief, manager, author, editor):
    assign_section(
        section_of(brief, "goals/needs"), {"author": author, "reviewers": [editor]}, by=manager
    )
    remove_member(member_of(brief, author), by=manager)
    section = section_of(brief, "goals/needs")
    assert (section.author, section.reviewer_names) == (None, "Edith Editor")
    act = newest_act()
    assert (act.verb, act.detail["name"]) == ("member_removed", "Ada Author")
    assert act.detail["unassigned"] == ["goals/needs"]
    assert not Membership.objects.filter(brief=brief, user=author).exists()


def test_the_only_manager_stays(brief, manager, superuser):
    for by in (manager, superuser):
        with pytest.raises(PermissionDenied, match="the brief's only manager"):
            remove_member(member_of(brief, manager), by=by)
        with pytest.raises(PermissionDenied, match="the brief's only manager"):
            change_role(member_of(brief, manager), "editor", by=by)
    assert member_of(brief, manager).role == "manager"


def test_a_manager_whose_account_is_out_of_use_does_not_count(brief, manager):
    join(brief, make_user("Gone Manager", is_active=False), "manager")
    with pytest.raises(PermissionDenied, match="the brief's only manager"):
        remove_member(member_of(brief, manager), by=manager)


def test_one_of_two_managers_may_go(brief, manager, editor):
    change_role(member_of(brief, editor), "manager", by=manager)
    remove_member(member_of(brief, manager), by=manager)
    assert member_of(brief, editor).role == "manager"


def test_a_manager_who_was_demoted_manages_no_more(brief, manager, editor, author):
    change_role(member_of(brief, editor), "manager", by=manager)
    change_role(member_of(brief, manager), "viewer", by=editor)
    with pytest.raises(PermissionDenied, match="Only a manager"):
        remove_member(member_of(brief, author), by=manager)


@pytest.mark.parametrize("person", ["viewer", "author", "editor", "stranger"])
def test_people_are_the_managers(request, brief, person, viewer):
    user = request.getfixturevalue(person)
    outsider = make_user("Olga Outsider")
    for act in (
        lambda: add_member(brief, outsider, "viewer", by=user),
        lambda: change_role(member_of(brief, viewer), "manager", by=user),
        lambda: remove_member(member_of(brief, viewer), by=user),
    ):
        with pytest.raises(PermissionDenied, match="Only a manager"):
            act()


def test_people_of_an_archived_brief_stay(brief, manager, viewer, stranger):
    archive_brief(brief, by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        add_member(brief, stranger, "viewer", by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        remove_member(member_of(brief, viewer), by=manager)


def test_a_member_removed_meanwhile_can_not_be_changed(brief, manager, viewer):
    member = member_of(brief, viewer)
    remove_member(member_of(brief, viewer), by=manager)
    for act in (
        lambda: change_role(member, "author", by=manager),
        lambda: remove_member(member, by=manager),
    ):
        with pytest.raises(PermissionDenied, match="no longer a member"):
            act()


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_remove_each_other_leave_one(brief, manager, editor):
    change_role(member_of(brief, editor), "manager", by=manager)
    start = Barrier(2)

    def leave(removed, by) -> str:
        member = member_of(brief, removed)
        start.wait()
        try:
            remove_member(member, by=by)
        except PermissionDenied as denied:
            return str(denied)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(leave, [manager, editor], [editor, manager]))

    assert sorted(bool(refused) for refused in outcomes) == [False, True]
    assert Membership.objects.filter(brief=brief, role="manager").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_step_down_together_leave_one(brief, manager, editor):
    change_role(member_of(brief, editor), "manager", by=manager)
    start = Barrier(2)

    def step_down(user) -> bool:
        member = member_of(brief, user)
        start.wait()
        try:
            change_role(member, "viewer", by=user)
        except PermissionDenied:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(step_down, [manager, editor]))

    assert sorted(outcomes) == [False, True]
    assert Membership.objects.filter(brief=brief, role="manager").count() == 1
