from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.accounts.conftest import PASSWORD

WRONG = "No account in use has this e-mail address and password."
WAIT = "Wait 2 minutes, then try again."


def try_to_sign_in(
    client: Client, email: str = "margit@example.org", password: str = "wrong", **more
):
    return client.post(reverse("sign_in"), {"username": email, "password": password}, **more)


def pass_the_cool_off() -> None:
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=2, seconds=1))


def test_sign_in_leads_to_the_first_page(client, person):
    response = try_to_sign_in(client, password=PASSWORD)
    assert response.status_code == 302
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_sign_in_takes_the_address_in_any_case(client, person):
    assert try_to_sign_in(client, "Margit@Example.ORG", PASSWORD).status_code == 302


def test_sign_in_returns_to_the_page_asked_for(client, person):
    refused = client.get("/briefs/?page=2")
    assert refused.url == "/sign-in/?next=/briefs/%3Fpage%3D2"
    form = {"username": person.email, "password": PASSWORD, "next": "/briefs/?page=2"}
    assert client.post(refused.url, form).url == "/briefs/?page=2"


def test_sign_in_never_leads_to_another_site(client, person):
    form = {"username": person.email, "password": PASSWORD, "next": "https://example.com/"}
    assert client.post(reverse("sign_in"), form).url == reverse("home")


def test_a_post_after_the_session_ended_returns_to_the_page_it_came_from(client):
    response = client.post("/account/", headers={"Referer": "http://testserver/briefs/?page=2"})
    assert response.url == "/sign-in/?next=/briefs/%3Fpage%3D2"


@pytest.mark.parametrize("referer", ["", "https://example.com/briefs/"])
def test_a_post_from_nowhere_known_returns_to_the_first_page(client, referer):
    response = client.post("/account/", headers={"Referer": referer})
    assert response.url == "/sign-in/?next=/"


def test_script_is_told_in_json_that_the_session_ended(client):
    response = client.post(reverse("theme_set"), headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert response.json() == {
        "detail": "You are signed out. Sign in in another tab, then try again."
    }


def test_sign_in_with_a_wrong_password_is_refused_in_a_sentence(client, person):
    response = try_to_sign_in(client)
    assert response.status_code == 200
    assert WRONG in response.text
    assert "_auth_user_id" not in client.session


def test_sign_in_says_the_same_of_an_unknown_address(client, person):
    assert WRONG in try_to_sign_in(client, "nobody@example.org").text


@pytest.mark.parametrize(
    "email", ["not an address", "a\0b@example.org", "a" * 250 + "@example.org"]
)
def test_sign_in_with_a_bad_address_is_refused_at_the_field(client, db, email):
    response = try_to_sign_in(client, email)
    assert response.status_code == 200
    assert response.context["form"].errors["username"]


def test_sign_in_by_a_deactivated_person_is_refused(client, person):
    User.objects.update(is_active=False)
    assert WRONG in try_to_sign_in(client, password=PASSWORD).text


def test_a_deactivated_person_is_out_at_once(signed_in):
    assert signed_in.get("/account/").status_code == 200
    User.objects.update(is_active=False)
    assert signed_in.get("/account/").url == "/sign-in/?next=/account/"


def test_the_fifth_wrong_password_makes_the_account_wait_at_that_address(client, person):
    for _ in range(4):
        assert try_to_sign_in(client).status_code == 200
    fifth = try_to_sign_in(client)
    assert fifth.status_code == 429
    assert WAIT in fifth.text
    assert try_to_sign_in(Client(), password=PASSWORD).status_code == 429


def test_a_stranger_s_guesses_keep_nobody_out_at_another_address(client, person):
    for _ in range(6):
        try_to_sign_in(client)
    elsewhere = try_to_sign_in(Client(), password=PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_a_colleague_s_guesses_keep_nobody_out_at_the_same_address(client, person):
    for _ in range(6):
        try_to_sign_in(client, "nobody@example.org")
    assert try_to_sign_in(client, password=PASSWORD).status_code == 302


def test_another_browser_gives_no_new_guesses(client, person):
    for number in range(5):
        try_to_sign_in(client, headers={"User-Agent": f"Browser {number}"})
    assert try_to_sign_in(client, password=PASSWORD).status_code == 429


def test_guesses_at_one_account_from_many_addresses_make_it_wait(client, person, staff):
    for number in range(49):
        answer = try_to_sign_in(client, REMOTE_ADDR=f"192.0.2.{number % 13}")
        assert answer.status_code == 200
    assert try_to_sign_in(client, REMOTE_ADDR="192.0.2.12").status_code == 429
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert try_to_sign_in(client, password=PASSWORD, **elsewhere).status_code == 429
    assert try_to_sign_in(Client(), staff.email, PASSWORD, **elsewhere).status_code == 302
    pass_the_cool_off()
    assert try_to_sign_in(client, password=PASSWORD, **elsewhere).status_code == 302


def test_guesses_at_many_accounts_from_one_address_make_it_wait(client, person):
    for number in range(99):
        assert try_to_sign_in(client, f"nobody{number}@example.org").status_code == 200
    assert try_to_sign_in(client, "nobody99@example.org").status_code == 429
    assert try_to_sign_in(client, password=PASSWORD).status_code == 429
    assert try_to_sign_in(Client(), password=PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302
    client.logout()
    pass_the_cool_off()
    assert try_to_sign_in(client, password=PASSWORD).status_code == 302


def test_behind_the_proxy_its_clients_are_told_apart(client, person, settings):
    settings.IS_BEHIND_PROXY = True
    for _ in range(5):
        try_to_sign_in(client, headers={"X-Forwarded-For": "192.0.2.1"})
    made_up = {"X-Forwarded-For": "192.0.2.7, 192.0.2.1"}
    assert try_to_sign_in(client, password=PASSWORD, headers=made_up).status_code == 429
    another = {"X-Forwarded-For": "192.0.2.7"}
    assert try_to_sign_in(client, password=PASSWORD, headers=another).status_code == 302


def test_after_the_cool_off_one_can_sign_in(client, person):
    for _ in range(5):
        try_to_sign_in(client)
    pass_the_cool_off()
    assert try_to_sign_in(client, password=PASSWORD).status_code == 302


def test_attempts_while_waiting_do_not_lengthen_the_wait(client, person):
    for _ in range(5):
        try_to_sign_in(client)
    before = AccessAttempt.objects.get()
    assert try_to_sign_in(client).status_code == 429
    after = AccessAttempt.objects.get()
    assert (after.attempt_time, after.failures_since_start) == (before.attempt_time, 5)


def test_a_success_does_not_give_an_insider_new_guesses(client, person, staff):
    for _ in range(4):
        try_to_sign_in(client)
    assert try_to_sign_in(Client(), staff.email, PASSWORD).status_code == 302
    assert try_to_sign_in(client).status_code == 429


def test_the_refusal_keeps_the_page_asked_for(client, person):
    form = {"username": person.email, "password": "wrong", "next": "/briefs/"}
    for _ in range(5):
        response = client.post(reverse("sign_in"), form)
    assert 'href="/sign-in/?next=%2Fbriefs%2F"' in response.text


def test_no_password_is_kept_of_a_wrong_attempt(client, person):
    try_to_sign_in(client, password="nearly right")
    assert "nearly right" not in AccessAttempt.objects.get().post_data


def test_signing_in_gives_a_new_session_key(client, person):
    client.get(reverse("sign_in"))
    client.session.save()
    before = client.session.session_key
    try_to_sign_in(client, password=PASSWORD)
    assert client.session.session_key != before


def test_who_is_signed_in_is_led_on_from_the_sign_in_page(signed_in):
    assert signed_in.get(reverse("sign_in")).url == reverse("home")
