"""What becomes of a change that arrives."""

from threading import Barrier

import pytest

from briefs.collaboration import taking
from briefs.collaboration.effects import effect_of
from briefs.document.text import MAX_PROMPT_BYTES, normalise
from briefs.live_text.log import load
from briefs.live_text.varints import written
from briefs.models import LiveClient
from briefs.revisions import texts_of
from tests.factories import write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("span", [b"\x01\x01", b"\x02\x01"])
@pytest.mark.parametrize("writer", ["itself", "another", "an earlier server"])
def test_half_a_character_is_not_taken_out(writer, span, section, author, second_author, typist):
    """Stock clients would read another text than the server."""
    bad = typist(author)
    good = typist(second_author)
    if writer == "an earlier server":
        write(section, author, past="a😀b")
        form = LiveClient.objects.filter(user=author).exclude(number=bad.text.client)
        client = form.values_list("number", flat=True).get()
    else:
        one = bad if writer == "itself" else good
        one.type(past="a😀b")
        client = one.text.client
    bad.reads(past="a😀b")
    bad.change(b"\x00\x01" + written(client) + b"\x01" + span)
    assert bad.closed() == 4400
    good.reads(past="a😀b")
    good.type(past="a😀b 🎉")
    good.type(past="🎉")
    assert load(section.pk).text.texts()["past"] == "🎉"


GROWS = "\u0958"  # three bytes as it is typed, six as it is stored


def test_a_text_is_measured_as_it_is_stored(section, author, typist):
    page = typist(author)
    fits = MAX_PROMPT_BYTES // 6
    page.type(past=GROWS * fits)
    number = page.put(past=GROWS * (fits + 1))
    page.wait(lambda: page.refusals == [("prompt_full", number)])
    assert load(section.pk).text.texts()["past"] == GROWS * fits


def test_blanks_that_would_not_be_stored_fill_nothing(section, author, typist):
    page = typist(author)
    page.type(past="a" * (MAX_PROMPT_BYTES - 1))
    page.type(past="a" * (MAX_PROMPT_BYTES - 1) + "    ")
    number = page.put(past="a" * (MAX_PROMPT_BYTES - 1) + "    b")
    page.wait(lambda: page.refusals == [("prompt_full", number)])


def test_two_that_paste_at_once_do_not_pass_the_limit_together(
    section, author, second_author, typist, monkeypatch
):
    one, other = typist(author), typist(second_author)
    both_look = Barrier(2)

    def look_together(*about):
        both_look.wait(30)
        return effect_of(*about)

    monkeypatch.setattr(taking, "effect_of", look_together)
    for page in (one, other):
        page.put(past="word " * 8000 + "end")
    for page in (one, other):
        page.wait(lambda page=page: page.acked == page.sent or bool(page.refusals))
    assert sorted(page.refusals for page in (one, other)) == [[], [("prompt_full", one.sent)]]
    assert len(load(section.pk).text.texts()["past"]) < MAX_PROMPT_BYTES


def test_a_loss_is_measured_as_it_is_stored(section, author, typist):
    page = typist(author)
    page.type(past=GROWS * 260)
    page.type(past=GROWS * 120)
    assert texts_of(section.revisions.get()) == {"past": normalise(GROWS * 260)}
