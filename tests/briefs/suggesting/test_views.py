"""Suggesting by forms, and answering on the page of the review."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.models import Section, Suggestion
from briefs.suggesting.actions import accept_suggestion
from tests.briefs.suggesting.conftest import PAST, suggest


def address(section, name: str, *more) -> str:
    return reverse(name, args=[section.brief.slug, section.key, *more])


def new(section, **query) -> str:
    more = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{address(section, 'suggestion_add')}{'?' if more else ''}{more}"


SENT = {"revision": 1, "prompt": "past", "start": 22, "length": 13, "new": "deepened once"}


def test_from_words_to_a_suggestion(needs, editor, signed_in):
    client = signed_in(editor)
    assert "Words as they stand in the text" in client.get(new(needs)).text
    page = client.get(new(needs, prompt="past", quote="dredged twice"))
    assert (
        '<blockquote class="parked src-text mb-3" dir="auto">dredged twice</blockquote>'
        in page.text
    )
    assert page.context["form"].initial == {**SENT, "new": "dredged twice"}
    answer = client.post(new(needs), {**SENT, "reason": "See the report."})
    assert answer.url == f"{address(needs, 'section_review')}#suggestions"
    made = Suggestion.objects.get()
    assert (made.old, made.new, made.reason) == (
        "dredged twice",
        "deepened once",
        "See the report.",
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"prompt": "past", "quote": ""}, "Copy the words that you would write differently."),
        ({"prompt": "past", "quote": "trains"}, "These words are not in the text."),
        ({"prompt": "future", "quote": "dredged"}, "These words are not in the text."),
        ({"prompt": "x", "quote": "dredged"}, "Select a valid choice."),
    ],
)
def test_words_that_are_not_there_come_back(needs, editor, signed_in, query, sentence):
    answer = signed_in(editor).get(new(needs, **query))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert query["quote"] in answer.text


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"new": "dredged twice"}, 422, "Change the words: they are as they stand"),
        ({"new": "x" * 66_000}, 422, "With these words the text would pass 64 KB."),
        ({"reason": "y" * 2001}, 422, "at most 2000 characters"),
        ({"revision": ""}, 422, "This page does not say which revision you read."),
        ({"revision": 7}, 409, "now at revision 1"),
        ({"start": 99_999}, 409, "This passage is not in the text."),
        ({"start": ""}, 422, "Something is missing from this page."),
        ({"prompt": "nothing"}, 409, "This passage is not in the text."),
    ],
)
def test_a_mistaken_suggestion_keeps_its_words(needs, editor, signed_in, sent, status, sentence):
    answer = signed_in(editor).post(new(needs), {**SENT, **sent})
    assert answer.status_code == status
    assert sentence in answer.text
    assert sent.get("new", "deepened once") in answer.text
    assert not Suggestion.objects.exists()


def test_a_suggestion_on_words_that_changed_meanwhile_keeps_its_words(
    needs, editor, author, manager, signed_in
):
    accept_suggestion(suggest(needs, manager, "twice", "once"), by=author, revision=1)
    answer = signed_in(editor).post(new(needs), SENT)
    assert answer.status_code == 409
    assert "it is now at revision 2" in answer.text
    assert "deepened once" in answer.text


def test_the_review_shows_a_small_difference_and_what_can_be_done(
    needs, suggestion, author, editor, viewer, signed_in
):
    page = signed_in(author).get(address(needs, "section_review")).text
    assert "1 suggestion waits for an answer" in page
    assert "<del>dredged twice</del>" in page
    assert "<ins>deepened once</ins>" in page
    assert address(needs, "suggestion_accept", suggestion.pk) in page
    assert "See the report." in page
    page = signed_in(editor).get(address(needs, "section_review")).text
    assert address(needs, "suggestion_accept", suggestion.pk) not in page
    assert address(needs, "suggestion_withdraw", suggestion.pk) in page
    page = signed_in(viewer).get(address(needs, "section_review")).text
    assert "<ins>deepened once</ins>" in page
    assert "/accept/" not in page
    assert "suggest-form" not in page


def test_accepting(needs, suggestion, author, signed_in):
    client = signed_in(author)
    answer = client.post(
        address(needs, "suggestion_accept", suggestion.pk), {"revision": 1}, follow=True
    )
    assert "Accepted: the text is revision 2 now. The review goes on with it." in answer.text
    assert "Accepted by Ada Author" in answer.text
    assert "1 answered suggestion" in answer.text


def test_accepting_a_stale_page_is_refused(needs, suggestion, manager, author, signed_in):
    accept_suggestion(suggest(needs, manager, "Exports", "Imports"), by=author, revision=1)
    answer = signed_in(author).post(
        address(needs, "suggestion_accept", suggestion.pk), {"revision": 1}
    )
    assert answer.status_code == 409
    assert "it is now at revision 2" in answer.text
    assert 'name="revision" value="2"' in answer.text


def test_one_that_no_longer_fits_shows_both_texts(needs, suggestion, manager, author, signed_in):
    other = suggest(needs, manager, "was dredged twice last year", "rests")
    accept_suggestion(other, by=author, revision=1)
    answer = signed_in(author).post(
        address(needs, "suggestion_accept", suggestion.pk), {"revision": 2}
    )
    assert answer.status_code == 409
    assert "This suggestion no longer fits" in answer.text
    assert PAST.replace("dredged twice", "deepened once") in answer.text
    assert "The port of Ghent rests. Exports fell." in answer.text
    assert Suggestion.objects.open().get() == suggestion


def test_accepting_by_somebody_else_at_the_same_time_is_told(
    needs, suggestion, author, manager, signed_in
):
    accept_suggestion(suggestion, by=manager, revision=1)
    answer = signed_in(author).post(
        address(needs, "suggestion_accept", suggestion.pk), {"revision": 2}
    )
    assert answer.status_code == 409
    assert "Mia Manager has accepted this suggestion already." in answer.text


def test_declining_and_withdrawing(needs, suggestion, editor, manager, author, signed_in):
    client = signed_in(author)
    where = address(needs, "suggestion_decline", suggestion.pk)
    assert client.post(where, {"reason": "z" * 2001}).status_code == 422
    answer = client.post(where, {"reason": "It was twice."}, follow=True)
    assert "Declined by Ada Author" in answer.text
    assert "It was twice." in answer.text
    again = client.post(where, {"reason": "Once more."})
    assert again.status_code == 409
    assert "Once more." in again.text
    mine = suggest(needs, editor, "twice", "once")
    answer = signed_in(editor).post(address(needs, "suggestion_withdraw", mine.pk), follow=True)
    assert "Your suggestion is withdrawn." in answer.text


def test_a_suggestion_of_another_section_is_not_found(needs, suggestion, brief, author, signed_in):
    other = Section.objects.get(brief=brief, key="goals/health")
    where = address(other, "suggestion_accept", suggestion.pk)
    assert signed_in(author).post(where, {"revision": 1}).status_code == 404


@pytest.mark.parametrize("name", ["section_review", "suggestion_list"])
def test_more_suggestions_ask_no_more_of_the_database(
    needs, suggestion, editor, author, manager, signed_in, name
):
    accept_suggestion(suggest(needs, manager, "Exports", "Imports"), by=author, revision=1)
    client = signed_in(author)

    def count() -> int:
        client.get(address(needs, name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(needs, name)).status_code == 200
        return len(queries)

    before = count()
    for number in range(20):
        suggest(needs, editor, "port", f"port {number}")
    assert count() == before
