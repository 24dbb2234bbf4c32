import pytest
from django.urls import reverse

from briefs.commissioning.actions import brief_data
from briefs.commissioning.assignments import Assignment, assign_section
from briefs.commissioning.forms.brief import initial_of
from briefs.commissioning.people import change_role, remove_member
from briefs.models import Activity, Brief
from tests.factories import add_member, make_brief, make_user, section_of

DATA = {"title": "Belgium", "subject": "Belgium", "language": "en", "facts": ""}


def url_of(brief: Brief) -> str:
    return reverse("admin:briefs_brief_change", args=[brief.pk])


def form(brief: Brief, *new: tuple[str, str], remove=(), **roles: str) -> dict[str, str]:
    """The brief's form with its members; one is changed by name: `ada_author="editor"`."""
    members = list(brief.memberships.select_related("user").order_by("user__name", "pk"))
    data = {
        **DATA,
        "seen": initial_of(brief_data(brief))["seen"],
        "memberships-TOTAL_FORMS": str(len(members) + len(new)),
        "memberships-INITIAL_FORMS": str(len(members)),
    }
    for number, member in enumerate(members):
        row = f"memberships-{number}-"
        name = member.user.name.lower().replace(" ", "_")
        data |= {row + "id": str(member.pk), row + "brief": str(brief.pk)}
        data[row + "role"] = roles.get(name, member.role)
        if member.user in remove:
            data[row + "DELETE"] = "on"
    for number, (email, role) in enumerate(new, start=len(members)):
        row = f"memberships-{number}-"
        data |= {row + "brief": str(brief.pk), row + "email": email, row + "role": role}
    return data


def roles_of(brief: Brief) -> dict[int, str]:
    return Brief.objects.get(pk=brief.pk).roles


def test_a_member_is_added_by_the_address_of_their_account(on_staff, brief, manager, stranger):
    data = form(brief, ("Sam.Stranger@example.org", "author"))
    assert on_staff(manager).post(url_of(brief), data).status_code == 302
    assert roles_of(brief)[stranger.pk] == "author"
    act = Activity.objects.latest("pk")
    assert (act.verb, act.actor, act.detail["role"]) == ("member_added", manager, "author")


@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("nobody@example.org", "author", "Nobody has an account with this address yet."),
        ("ada.author@example.org", "editor", "Ada Author is a member already."),
        ("gone@example.org", "author", "This account is no longer in use"),
        ("not an address", "author", "Enter a valid email address."),
        ("sam.stranger@example.org", "king", "is not one of the available choices"),
        ("sam.stranger@example.org", "", "Choose something under “Role”."),
        ("", "author", "Fill in “E-mail address”."),
    ],
)
def test_who_can_not_be_added_is_said_and_nothing_else_is_changed(
    on_staff, brief, manager, stranger, email, role, sentence
):
    make_user("Gone", is_active=False)
    before = roles_of(brief)
    data = form(brief, (email, role), ada_author="viewer") | {"title": "Changed too"}
    page = on_staff(manager).post(url_of(brief), data)
    assert page.status_code in {200, 422}
    assert sentence in page.text
    assert 'value="Changed too"' in page.text
    assert f'value="{email}"' in page.text or not email
    assert roles_of(brief) == before
    assert Brief.objects.get().title == "Belgium"


def test_a_role_is_changed(on_staff, brief, manager, author):
    data = form(brief, ada_author="editor")
    assert on_staff(manager).post(url_of(brief), data).status_code == 302
    assert roles_of(brief)[author.pk] == "editor"
    act = Activity.objects.latest("pk")
    assert (act.verb, act.actor) == ("member_changed", manager)


def test_a_member_is_removed_and_with_them_what_they_were_to_write(
    on_staff, brief, manager, author
):
    section = section_of(brief, "goals/health")
    assign_section(section, Assignment(author=author), by=manager)
    data = form(brief, remove=[author])
    assert on_staff(manager).post(url_of(brief), data).status_code == 302
    assert author.pk not in roles_of(brief)
    assert section_of(brief, "goals/health").author is None
    assert Activity.objects.latest("pk").verb == "member_removed"


@pytest.mark.parametrize("how", ["remove", "change"])
def test_the_only_manager_stays(on_staff, brief, manager, author, how):
    change = {"mia_manager": "viewer"} if how == "change" else {"remove": [manager]}
    data = form(brief, **change, ada_author="viewer")
    page = on_staff(manager).post(url_of(brief), data)
    assert page.status_code == 403
    assert "This is the brief&#x27;s only manager." in page.text
    assert roles_of(brief)[manager.pk] == "manager"
    assert roles_of(brief)[author.pk] == "author"


def test_a_manager_hands_over_in_one_go_to_somebody_further_down(on_staff, brief, manager, viewer):
    data = form(brief, mia_manager="viewer", vic_viewer="manager")
    assert on_staff(manager).post(url_of(brief), data).status_code == 302
    roles = roles_of(brief)
    assert (roles[manager.pk], roles[viewer.pk]) == ("viewer", "manager")


@pytest.mark.parametrize("who", ["viewer", "author", "editor"])
def test_members_are_the_managers_to_change(on_staff, brief, request, who, stranger):
    user = request.getfixturevalue(who)
    client = on_staff(user)
    page = client.get(url_of(brief))
    assert "edith.editor@example.org" in page.text
    assert "memberships-0-role" not in page.text
    name = user.name.lower().replace(" ", "_")
    data = form(brief, ("sam.stranger@example.org", "viewer"), **{name: "manager"})
    refused = client.post(url_of(brief), data)
    assert refused.status_code == 403
    assert "Only a manager of this brief can do that." in refused.text
    assert roles_of(brief)[user.pk] == who
    assert stranger.pk not in roles_of(brief)


def test_a_manager_without_the_permission_does_not_change_members(on_staff, brief, manager, author):
    client = on_staff(manager, "view_brief", "change_brief", "view_membership")
    assert "memberships-0-role" not in client.get(url_of(brief)).text
    client.post(url_of(brief), form(brief, ada_author="manager", remove=[author]))
    assert roles_of(brief)[author.pk] == "author"


def test_a_member_who_was_removed_meanwhile_is_said_so(on_staff, brief, manager, author, editor):
    data = form(brief, ada_author="editor")
    remove_member(brief.memberships.get(user=author), by=manager)
    page = on_staff(manager).post(url_of(brief), data)
    assert page.status_code == 200
    assert page.context["inline_admin_formsets"][0].formset.total_error_count() > 0
    assert author.pk not in roles_of(brief)


def test_a_member_of_another_brief_is_not_reached(on_staff, brief, manager, author, superuser):
    other = make_brief(brief.template, title="Other")
    add_member(other, author, "viewer")
    data = form(brief) | {"memberships-0-id": str(other.memberships.get().pk)}
    data["memberships-0-DELETE"] = "on"
    on_staff(manager).post(url_of(brief), data)
    assert roles_of(other) == {author.pk: "viewer"}


def test_a_role_that_another_manager_changed_meanwhile_is_not_changed_back(
    on_staff, brief, manager, author, viewer
):
    client = on_staff(manager)
    data = form(brief, vic_viewer="author") | seen_roles(brief)
    change_role(brief.memberships.get(user=author), "editor", by=manager)
    assert client.post(url_of(brief), data).status_code == 302
    assert (roles_of(brief)[author.pk], roles_of(brief)[viewer.pk]) == ("editor", "author")


@pytest.mark.parametrize("act", ["change", "remove"])
def test_a_role_that_two_managers_changed_is_told(on_staff, brief, manager, editor, author, act):
    change_role(brief.memberships.get(user=editor), "manager", by=manager)
    client = on_staff(manager)
    said = form(brief, ada_author="viewer") if act == "change" else form(brief, remove=[author])
    data = said | seen_roles(brief)
    change_role(brief.memberships.get(user=author), "editor", by=editor)
    answer = client.post(url_of(brief), data)
    assert answer.status_code == 422
    assert "Edith Editor changed the role of Ada Author" in answer.content.decode()
    assert roles_of(brief)[author.pk] == "editor"


def test_the_page_carries_the_roles_that_it_shows(on_staff, brief, manager):
    page = on_staff(manager).get(url_of(brief)).content.decode()
    for name in seen_roles(brief):
        assert f'name="{name}"' in page


def seen_roles(brief: Brief) -> dict[str, str]:
    """What the page carries of the roles that it shows."""
    members = brief.memberships.order_by("user__name", "pk")
    return {
        f"initial-memberships-{number}-role": member.role for number, member in enumerate(members)
    }
