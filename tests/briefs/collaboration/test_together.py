"""Several people in one section: what each types reaches the others, and the database first."""

import pytest

from briefs.live_text.log import load
from briefs.models import LiveEdit, LiveText
from tests.factories import write

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_that_opens_gets_the_text(section, author, typist):
    write(section, author, past="First.")
    assert typist(author).text.texts() == {"past": "First.", "future": ""}


def test_two_pages_get_the_same_text(section, author, second_author, typist):
    one, other = typist(author), typist(second_author)
    one.type(past="First. ")
    other.reads(past="First. ")
    one.put(past="First. Ada.")
    other.put(past="Zeroth. First. ")
    one.reads(past="Zeroth. First. Ada.")
    other.reads(past="Zeroth. First. Ada.")
    one.wait(lambda: one.acked == one.sent)
    assert load(section.pk).text.texts()["past"] == "Zeroth. First. Ada."


def test_what_is_acknowledged_is_in_the_database(section, author, typist):
    page = typist(author)
    page.type(past="Saved.")
    assert load(section.pk).text.texts()["past"] == "Saved."
    edit = LiveEdit.objects.get()
    assert (edit.live_text_id, edit.user) == (section.pk, author)
    assert LiveText.objects.ahead().exists()
