from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import PASSWORD

NEW = "louder paper 2027"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW):
    form = {"old_password": old, "new_password1": new, "new_password2": again}
    return client.post(reverse("password_change"), form)


def test_password_change_takes_effect_and_one_stays_signed_in(signed_in, person):
    assert change(signed_in).url == reverse("password_change_done")
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert signed_in.get(reverse("password_change_done")).status_code == 200


def test_password_change_ends_the_other_sessions(signed_in, person):
    elsewhere = Client()
    elsewhere.force_login(person)
    change(signed_in)
    assert elsewhere.get(reverse("profile")).status_code == 302


def test_password_change_wants_the_old_password(signed_in, person):
    assert change(signed_in, old="wrong").context["form"].errors["old_password"]
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_password_change_refuses_a_password_like_the_name(signed_in):
    response = change(signed_in, new="margit.aaltonen", again="margit.aaltonen")
    assert "too similar to the name" in str(response.context["form"].errors["new_password2"])


def test_password_change_by_a_stranger_leads_to_sign_in(client, db):
    assert client.get(reverse("password_change")).url.startswith(reverse("sign_in"))
