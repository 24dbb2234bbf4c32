import pytest
from django.template.loader import render_to_string
from django.test import Client


def test_a_refusal_shows_its_sentence(signed_in):
    response = signed_in.get("/refused/")
    assert response.status_code == 403
    assert "Only a manager releases a brief. Ask Priya Raman." in response.text


def test_an_unknown_page_for_somebody_signed_in_keeps_the_navigation(signed_in):
    response = signed_in.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no such page" in response.text
    assert "Margit Aaltonen" in response.text


def test_an_unknown_page_for_somebody_signed_out(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "Sign in" in response.text


def test_a_fault_of_ours_is_admitted(db):
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert "It is our fault" in response.text


def test_a_fault_of_the_database_is_admitted_without_it(settings):
    # This test may not touch the database, so who is signed in can't be looked up.
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    response = client.get("/account/")
    assert response.status_code == 500
    assert "It is our fault" in response.text


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_of_last_resort_need_neither_request_nor_database(name):
    assert "Chancery" in render_to_string(name)


def test_a_form_from_an_older_session_is_refused_in_a_sentence(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    response = client.post("/account/", {"name": "x"})
    assert response.status_code == 403
    assert "Nothing was saved" in response.text


def test_help_is_open_to_everyone(client, db):
    assert "Keyboard and help" in client.get("/help/").text
