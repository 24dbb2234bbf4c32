import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.review.many import approve_opened, waiting_for
from briefs.suggesting.actions import Proposal, accept_suggestion, make_suggestion
from tests.factories import put_in_review, section_of

URL = "review_many"


@pytest.fixture
def two(brief, author):
    return [
        put_in_review(section_of(brief, key), author, "The port is old.")
        for key in ("opening/preface", "goals/health")
    ]


def open_review(client, section) -> None:
    client.get(reverse("section_review", args=[section.brief.slug, section.key]))


def test_what_was_not_opened_is_not_approved(two, editor, signed_in):
    chosen = [f"{section.pk}:1" for section in two]
    client = signed_in(editor)
    open_review(client, two[0])
    answer = client.post(reverse(URL), {"chosen": chosen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "You have not opened this revision" in page
    assert [section_of(row.brief, row.key).is_approved for row in two] == [True, False]


def test_all_that_was_opened_is_approved(two, editor, signed_in):
    client = signed_in(editor)
    for section in two:
        open_review(client, section)
    assert [row.is_opened for row in waiting_for(editor)] == [True, True]
    chosen = [row.choice for row in waiting_for(editor)]
    page = client.post(reverse(URL), {"chosen": chosen}, follow=True).content.decode()
    assert "Your approval of 2 sections is recorded." in page
    assert "Nothing waits for your approval." in page


def test_an_opening_is_of_one_revision(two, author, editor, manager, signed_in):
    section = two[0]
    open_review(signed_in(editor), section)
    words = Proposal("body", 4, "port", "harbour")
    suggestion = make_suggestion(section, words, by=manager, revision=1)
    accept_suggestion(suggestion, by=author, revision=1)
    [row, _other] = waiting_for(editor)
    assert (row.section.pk, row.section.version, row.is_opened) == (section.pk, 2, False)
    [outcome] = approve_opened([f"{section.pk}:1"], by=editor)
    assert outcome.refusal
    [outcome] = approve_opened([f"{section.pk}:2"], by=editor)
    assert "not opened" in outcome.refusal


def test_nobody_opens_for_another(two, editor, manager, signed_in):
    open_review(signed_in(manager), two[0])
    assert not any(row.is_opened for row in waiting_for(editor))


def test_ones_own_text_is_not_in_the_list(brief, editor):
    put_in_review(section_of(brief, "opening/preface"), editor)
    assert waiting_for(editor) == []


def test_nothing_ticked_is_said(editor, brief, signed_in):
    page = signed_in(editor).post(reverse(URL), {"chosen": ["x", "9:"]}, follow=True)
    assert "Tick the sections that you want to approve." in page.content.decode()


def test_it_costs_the_same_for_many(brief, author, editor, two, signed_in):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            signed_in(editor).get(reverse(URL))
        return len(counted)

    few = queries()
    put_in_review(section_of(brief, "goals/needs"), author)
    assert queries() == few
