"""What is said on a socket before and beside the text."""

import pytest

from briefs.live_text.log import load
from briefs.live_text.shared_text import SharedText
from briefs.models import LiveEdit, LiveText

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_that_was_made_for_somebody_else_brings_nothing(
    section, author, second_author, typist
):
    """A colleague signed in on the device while it was offline."""
    page = typist(author)
    page.type(past="Ada's.")
    page.cut()
    page.text.put({"past": "Ada's. Typed in the tunnel."})
    back = typist(second_author, text=page.text, is_open=False)
    back.hello(document=page.facts["document"], person=author.pk)
    assert back.closed() == 4401
    assert back.facts.keys() == {"ends"}
    assert not LiveEdit.objects.filter(user=second_author).exists()
    assert load(section.pk).text.texts()["past"] == "Ada's."


def test_a_page_of_somebody_else_opens_nothing(section, author, second_author, typist):
    page = typist(author, text=SharedText(("past", "future")), is_open=False)
    page.hello(person=second_author.pk)
    assert page.closed() == 4401
    assert not LiveText.objects.exists()


def test_a_server_that_has_nothing_to_say_says_so(section, author, typist, monkeypatch):
    page = typist(author)
    monkeypatch.setattr("briefs.collaboration.connection.SILENT_FOR", 0.05)
    page.type(past="Typed.")
    heard = page.states
    page.wait(lambda: page.states >= heard + 3)


def test_before_hello_it_says_nothing(section, author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.connection.SILENT_FOR", 0.01)
    page = typist(author, is_open=False)
    with pytest.raises(TimeoutError):
        page.hear(0.3)
