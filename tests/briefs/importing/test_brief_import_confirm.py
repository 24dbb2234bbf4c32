import random
import string

import pytest
from django.conf import settings
from django.core import signing
from django.urls import reverse

from briefs.importing.sealing import SentFile, seal
from briefs.importing.source import MAX_BYTES
from briefs.models import Brief
from briefs.prompts import texts_now
from tests.briefs.importing.pages import report_on
from tests.factories import section_of
from tests.test_concurrency import at_once


@pytest.fixture
def address():
    return reverse("brief_import_confirm")


@pytest.fixture
def form(template, manager, signed_in, text):
    return report_on(signed_in(manager), text, template)


def test_what_was_reported_on_is_stored(address, form, manager, signed_in):
    answer = signed_in(manager).post(address, form, follow=True)
    brief = Brief.objects.get()
    assert answer.redirect_chain == [(brief.get_absolute_url(), 302)]
    assert "The brief is made, with text in 3 sections." in answer.content.decode()
    assert texts_now(section_of(brief, "goals/needs")) == {
        "past": "Old needs.",
        "future": "New needs.",
    }
    assert brief.roles == {manager.pk: "manager"}
    assert set(brief.loose_texts.values_list("source", flat=True)) == {"belgium.md"}


def test_confirmed_twice_it_makes_one_brief(address, form, manager, signed_in):
    client = signed_in(manager)
    client.post(address, form)
    again = client.post(address, form | {"title": "Belgium, again"}, follow=True)
    brief = Brief.objects.get()
    assert again.redirect_chain == [(brief.get_absolute_url(), 302)]
    page = again.content.decode()
    assert "This file was stored already, and nothing was stored twice." in page


def test_confirmed_anew_after_it_was_refused_it_makes_a_brief(address, form, manager, signed_in):
    client = signed_in(manager)
    assert client.post(address, {**form, "title": " "}).status_code == 422
    assert client.post(address, form).status_code == 302
    assert Brief.objects.count() == 1


def test_the_same_file_sent_twice_makes_two_briefs(
    address, form, template, manager, signed_in, text
):
    client = signed_in(manager)
    client.post(address, form)
    client.post(address, report_on(client, text, template))
    assert Brief.objects.count() == 2


def test_confirmed_again_by_who_left_the_brief_it_leads_to_the_briefs(
    address, form, manager, signed_in
):
    client = signed_in(manager)
    client.post(address, form)
    Brief.objects.get().memberships.all().delete()
    assert client.post(address, form).headers["Location"] == reverse("brief_list")
    assert Brief.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirmed_twice_at_once_it_makes_one_brief(address, form, manager, signed_in):
    clients = [signed_in(manager) for _press in range(2)]
    answers = at_once(*(lambda client=client: client.post(address, form) for client in clients))
    brief = Brief.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [brief.get_absolute_url()] * 2
    assert brief.activities.filter(verb="brief_imported").count() == 1


def test_what_the_page_says_of_the_brief_counts(address, form, manager, signed_in):
    data = {**form, "title": "Our brief", "subject": "Trade", "country": "FR"}
    signed_in(manager).post(address, data)
    brief = Brief.objects.get()
    assert (brief.title, brief.subject, brief.country.code) == ("Our brief", "Trade", "FR")


def test_line_ends_and_odd_characters_survive_the_page(address, template, manager, signed_in, text):
    odd = '## Preface\r\n\r\n\u2028A "b" <c> &amp; \u00e4.\r\n'
    form = report_on(signed_in(manager), odd, template)
    signed_in(manager).post(address, form)
    preface = section_of(Brief.objects.get(), "opening/preface")
    assert texts_now(preface) == {"body": '\u2028A "b" <c> &amp; \u00e4.'}


def test_the_longest_file_fits_into_the_page(manager):
    letters = string.ascii_letters + string.digits + string.punctuation
    text = "".join(random.Random(1).choices(letters, k=MAX_BYTES))
    sealed = seal(SentFile("x.md", text), manager)
    assert len(sealed) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 10_000


def test_a_missing_title_keeps_the_report(address, form, manager, signed_in):
    answer = signed_in(manager).post(address, {**form, "title": " "})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Fill in “Title”." in page
    assert "Every line accounted for" in page
    assert not Brief.objects.exists()


@pytest.mark.parametrize("sealed", ["", "nonsense", "a:b:c"])
def test_a_damaged_file_is_asked_for_again(address, form, manager, signed_in, sealed):
    answer = signed_in(manager).post(address, {**form, "sealed": sealed})
    assert answer.status_code == 422
    assert "Show where the text goes" in answer.content.decode()
    assert not Brief.objects.exists()


def test_somebody_elses_report_cannot_be_stored(address, form, superuser, signed_in):
    answer = signed_in(superuser).post(address, form)
    assert answer.status_code == 422
    assert "no longer at hand" in answer.content.decode()
    assert not Brief.objects.exists()


def test_an_old_report_cannot_be_stored(address, form, manager, signed_in, monkeypatch):
    with monkeypatch.context() as context:
        context.setattr(signing.time, "time", lambda: 1_000_000)
        old = seal(SentFile("x.md", "## Preface\n\nA.\n"), manager)
    answer = signed_in(manager).post(address, {**form, "sealed": old})
    assert "no longer at hand" in answer.content.decode()
    assert not Brief.objects.exists()


def test_a_template_that_is_gone_is_refused(address, form, manager, signed_in):
    answer = signed_in(manager).post(address, {**form, "template": 999})
    assert answer.status_code == 422
    assert not Brief.objects.exists()


def test_who_may_not_add_briefs_is_refused(address, form, author, signed_in):
    assert signed_in(author).post(address, form).status_code == 403
    assert not Brief.objects.exists()


def test_it_is_only_posted(address, template, manager, signed_in):
    assert signed_in(manager).get(address).status_code == 405
