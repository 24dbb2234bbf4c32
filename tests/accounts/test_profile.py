import pytest
from django.urls import reverse

SENT = {"name": "Margit A.", "time_zone": "Europe/Brussels", "theme": "dark"}


def test_profile_is_saved_and_says_so(signed_in, person):
    response = signed_in.post(reverse("profile"), SENT, follow=True)
    assert "Your profile is saved." in response.text
    person.refresh_from_db()
    assert (person.name, person.time_zone, person.theme) == ("Margit A.", "Europe/Brussels", "dark")


def test_profile_theme_is_on_the_page(signed_in):
    page = signed_in.post(reverse("profile"), SENT, follow=True)
    assert 'data-theme="dark" data-bs-theme="dark"' in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("name", "x" * 151), ("time_zone", "Mars/Olympus"), ("theme", "sepia")],
)
def test_profile_refuses_bad_input_and_keeps_the_name_in_the_masthead(
    signed_in, person, field, value
):
    response = signed_in.post(reverse("profile"), {**SENT, field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "<bdi>Margit Aaltonen</bdi>" in response.text
    person.refresh_from_db()
    assert person.theme == "auto"


def test_profile_cannot_give_rights(signed_in, person):
    signed_in.post(reverse("profile"), {**SENT, "is_staff": "1", "email": "x@example.org"})
    person.refresh_from_db()
    assert (person.is_staff, person.email) == (False, "margit@example.org")


def test_profile_of_somebody_signed_out_leads_to_sign_in(client, db):
    assert client.get(reverse("profile")).url == "/sign-in/?next=/account/"
