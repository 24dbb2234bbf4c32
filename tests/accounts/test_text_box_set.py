import pytest
from django.urls import reverse


def test_text_box_set_is_remembered_and_returns_to_the_page(signed_in, person):
    answer = signed_in.post(reverse("text_box_set"), {"box": "plain", "next": "/help/?a=b"})
    assert answer.url == "/help/?a=b"
    person.refresh_from_db()
    assert person.has_plain_text_box


def test_text_box_set_brings_the_editor_back(signed_in, person):
    signed_in.post(reverse("text_box_set"), {"box": "plain"})
    signed_in.post(reverse("text_box_set"), {"box": "editor"})
    person.refresh_from_db()
    assert not person.has_plain_text_box


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com/", ""])
def test_text_box_set_never_leads_to_another_site(signed_in, target):
    answer = signed_in.post(reverse("text_box_set"), {"box": "plain", "next": target})
    assert answer.url == reverse("home")


def test_text_box_set_wants_a_post(signed_in):
    assert signed_in.get(reverse("text_box_set")).status_code == 405


def test_text_box_is_chosen_in_the_profile_too(signed_in, person):
    form = {"name": person.name, "time_zone": "UTC", "theme": "auto", "has_plain_text_box": "on"}
    signed_in.post(reverse("profile"), form)
    person.refresh_from_db()
    assert person.has_plain_text_box
    page = signed_in.get(reverse("profile")).text
    assert "Write in plain text boxes" in page
