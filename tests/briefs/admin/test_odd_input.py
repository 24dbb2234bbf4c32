"""The admin asked for what it never offers: a sentence, an empty list or 400, and never a page that
says it is our fault. The client raises what the program doesn't catch."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.browser.admin_pages import fill, list_of, selections
from tests.factories import make_brief, section_of
from tests.odd_input import ODD

MODELS = {model._meta.label_lower: model for model in admin.site._registry}
SENTENCE = "What was selected is not in this list. Select again."
UNREADABLE = ["text", "\x00", "", "²", "1.5", "-1", "9" * 20, "9" * 5000]


@pytest.fixture
def root(brief, author, editor, superuser) -> Client:
    fill(brief, author, editor, superuser)
    client = Client()
    client.force_login(superuser)
    return client


@pytest.mark.parametrize("label", MODELS)
def test_a_list_answers_an_odd_query(root, label):
    url = list_of(MODELS[label])
    filters = root.get(url).context["cl"].filter_specs
    names = {name for spec in filters for name in spec.expected_parameters() if name}
    names |= {"q", "p", "o", "id__in", "%00"}
    for name in sorted(names):
        for odd in (ODD["NUL"], ODD["no number of a row"], ODD["half a character"]):
            assert root.get(f"{url}?{name}={odd}").status_code in {200, 302, 400}


@pytest.mark.parametrize("label", MODELS)
def test_an_odd_address_of_a_row_is_answered(root, label):
    url = reverse(f"admin:{label.replace('.', '_')}_change", args=[1])
    for odd in ODD.values():
        where = url.replace("/1/", f"/{odd or 0}/")
        assert root.get(where).status_code in {302, 400, 403}
        assert root.get(f"{url}?_to_field={odd}&_popup={odd}").status_code < 500


def test_a_selection_that_is_no_row_gets_a_sentence(root, superuser):
    for url, action in selections(superuser):
        for odd in UNREADABLE:
            data = {"action": action, "index": "0", "_selected_action": odd}
            root.cookies.pop("messages", None)  # What was said of the one before.
            said = root.post(url, data).wsgi_request._messages
            assert [str(message) for message in said] == [SENTENCE]


def test_a_selection_beside_a_row_that_is_there_is_refused_as_a_whole(root, superuser, brief):
    data = {"action": "archive", "index": "0", "_selected_action": [brief.pk, "text"]}
    page = root.post("/admin/briefs/brief/", data, follow=True)
    assert SENTENCE in page.text
    brief.refresh_from_db()
    assert not brief.is_archived


def test_a_selection_from_a_brief_of_others_gets_a_sentence(on_staff, brief, author):
    other = make_brief(title="Atlantis")
    client = on_staff(author)
    theirs = section_of(other, "goals/health").pk
    for action in ("approve", "ask_for_review", "send_back", "take_back"):
        data = {"action": action, "index": "0", "_selected_action": theirs}
        assert SENTENCE in client.post("/admin/briefs/section/", data, follow=True).text
    for action in ("archive", "export", "unarchive"):
        data = {"action": action, "index": "0", "_selected_action": other.pk}
        assert SENTENCE in client.post("/admin/briefs/brief/", data, follow=True).text
