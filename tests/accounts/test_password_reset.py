import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import PASSWORD

NEW = "louder paper 2027"


def ask_for_a_link(client, email: str = "margit@example.org", **more):
    return client.post(reverse("password_reset"), {"email": email}, **more)


def link_in_the_mail() -> str:
    found = re.search(r"http://localhost:8000(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_password_reset_by_the_link_in_the_mail(client, person):
    assert ask_for_a_link(client).url == reverse("password_reset_done")
    form_page = client.get(link_in_the_mail(), follow=True)
    form = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(form_page.request["PATH_INFO"], form).url == reverse(
        "password_reset_complete"
    )
    assert client.get(reverse("password_reset_complete")).status_code == 200
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_password_reset_mail_is_addressed_and_plain(client, person):
    ask_for_a_link(client, "MARGIT@example.org")
    message = mail.outbox[0]
    assert message.to == ["margit@example.org"]
    assert message.subject == "Choose a new password for Chancery"
    assert "&" not in message.body


def test_password_reset_link_takes_its_host_from_the_settings(client, person, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask_for_a_link(client, headers={"Host": "example.com"})
    assert "example.com" not in mail.outbox[0].body


@pytest.mark.parametrize("email", ["nobody@example.org", "gone@example.org"])
def test_password_reset_never_says_whether_an_address_is_known(client, person, email):
    User.objects.create_user("gone@example.org", PASSWORD, name="Gone", is_active=False)
    known = ask_for_a_link(client, person.email)
    unknown = ask_for_a_link(client, email)
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert client.get(known.url).text == client.get(unknown.url).text


def test_password_reset_link_works_once(client, person):
    ask_for_a_link(client)
    link = link_in_the_mail()
    form_page = client.get(link, follow=True)
    client.post(form_page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert "This link no longer works" in client.get(link, follow=True).text


def test_password_reset_link_is_dead_after_a_day(client, person, settings):
    ask_for_a_link(client)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "This link no longer works" in client.get(link_in_the_mail(), follow=True).text


def test_password_reset_with_a_made_up_link(client, db):
    assert "This link no longer works" in client.get("/password-reset/MQ/set-password/").text


def test_password_reset_refuses_a_weak_password(client, person):
    ask_for_a_link(client)
    form_page = client.get(link_in_the_mail(), follow=True)
    form = {"new_password1": "short", "new_password2": "short"}
    response = client.post(form_page.request["PATH_INFO"], form)
    assert "at least 12 characters" in response.text
