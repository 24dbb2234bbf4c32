import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import PASSWORD

FORM = {"time_zone": "UTC", "theme": "auto", "is_active": "on"}


@pytest.fixture
def people_desk(client, staff):
    """Signed in as staff who may see and change people, and is no superuser."""
    staff.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_user", "change_user"])
    )
    client.force_login(staff)
    return client


def change_url(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_admin_lists_and_finds_people(people_desk, person):
    response = people_desk.get(reverse("admin:accounts_user_changelist"), {"q": "Margit"})
    assert "margit@example.org" in response.text
    assert "stella@example.org" not in response.text.split("result_list", 1)[1]


def test_admin_changes_a_person_and_stores_the_address_in_small_letters(people_desk, person):
    form = {**FORM, "email": "New@Example.org", "name": "Margit Berg"}
    assert people_desk.post(change_url(person), form).status_code == 302
    person.refresh_from_db()
    assert (person.email, person.name) == ("new@example.org", "Margit Berg")


def test_admin_deactivates_and_the_session_ends(people_desk, person):
    theirs = Client()
    theirs.force_login(person)
    form = {**FORM, "email": person.email, "name": person.name}
    del form["is_active"]
    assert people_desk.post(change_url(person), form).status_code == 302
    assert theirs.get(reverse("profile")).status_code == 302


def test_admin_offers_no_way_to_delete(client, superuser, person):
    client.force_login(superuser)
    assert client.post(reverse("admin:accounts_user_delete", args=[person.pk])).status_code == 403
    listed = client.get(reverse("admin:accounts_user_changelist"))
    assert "delete_selected" not in listed.text
    assert User.objects.filter(pk=person.pk).exists()


def test_staff_cannot_give_rights(people_desk, person, staff):
    rights = {"is_superuser": "on", "is_staff": "on"}
    for user in (person, staff):
        form = {**FORM, **rights, "email": user.email, "name": user.name}
        people_desk.post(change_url(user), form)
        user.refresh_from_db()
        assert not user.is_superuser
    person.refresh_from_db()
    assert not person.is_staff


def test_staff_cannot_change_a_superuser(people_desk, superuser):
    form = {**FORM, "email": "mine@example.org", "name": "Mine"}
    assert people_desk.post(change_url(superuser), form).status_code == 403
    superuser.refresh_from_db()
    assert superuser.email == "rita@example.org"
    password_url = reverse("admin:auth_user_password_change", args=[superuser.pk])
    assert people_desk.get(password_url).status_code == 403


def test_a_superuser_gives_rights_and_adds_people(client, superuser, person):
    client.force_login(superuser)
    form = {**FORM, "email": person.email, "name": person.name, "is_staff": "on"}
    assert client.post(change_url(person), form).status_code == 302
    person.refresh_from_db()
    assert person.is_staff
    added = {
        "email": "Tomas@example.org",
        "name": "Tomas",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    assert client.post(reverse("admin:accounts_user_add"), added).status_code == 302
    assert User.objects.get(email="tomas@example.org").check_password(PASSWORD)


def test_admin_sign_in_is_the_guarded_one(client, db):
    response = client.get("/admin/accounts/user/", follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/?next=/admin/accounts/user/"
    assert client.get("/admin/login/").url == "/sign-in/?next=%2Fadmin%2F"


def test_admin_is_refused_in_a_sentence_to_who_is_no_staff(signed_in):
    response = signed_in.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Your account does not open the administration." in response.text
