import pytest
from django.urls import reverse

JSON = {"Accept": "application/json"}


def test_theme_set_returns_to_the_page_without_script(signed_in, person):
    response = signed_in.post(reverse("theme_set"), {"theme": "dark", "next": "/help/?a=b"})
    assert response.url == "/help/?a=b"
    person.refresh_from_db()
    assert person.theme == "dark"


def test_theme_set_by_script_answers_without_a_page(signed_in, person):
    response = signed_in.post(reverse("theme_set"), {"theme": "light"}, headers=JSON)
    assert response.status_code == 204
    person.refresh_from_db()
    assert person.theme == "light"


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com/", ""])
def test_theme_set_never_leads_to_another_site(signed_in, target):
    response = signed_in.post(reverse("theme_set"), {"theme": "dark", "next": target})
    assert response.url == reverse("home")


def test_theme_set_refuses_an_unknown_theme_in_a_sentence(signed_in, person):
    sentence = "Choose one of the themes: light, dark, or as the device says."
    by_script = signed_in.post(reverse("theme_set"), {"theme": "sepia"}, headers=JSON)
    assert (by_script.status_code, by_script.json()) == (400, {"detail": sentence})
    by_form = signed_in.post(reverse("theme_set"), {"theme": "sepia"}, follow=True)
    assert sentence in by_form.text
    person.refresh_from_db()
    assert person.theme == "auto"


def test_theme_set_wants_a_post(signed_in):
    assert signed_in.get(reverse("theme_set")).status_code == 405
