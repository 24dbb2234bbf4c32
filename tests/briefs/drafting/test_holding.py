"""What is decided on the texts of a whole brief is decided while nobody types in it."""

from threading import Thread

import pytest
from django.db import connection, connections  # noqa: F401 - the condition below reads it

from briefs.commissioning.actions import archive_brief
from briefs.drafting import actions
from briefs.live_text.log import Appended, Batch, append, load
from briefs.models import LiveText
from tests.factories import section_of, write

KEY = "goals/needs"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite locks the whole file"),
]


def test_typing_waits_while_a_brief_is_archived(brief, author, manager, monkeypatch):
    section = write(section_of(brief, KEY), author, past="One.")
    log = load(section.pk)
    text = log.text
    update = text.put({"past": "One. Two."})
    outcomes: list[Appended] = []

    def type_meanwhile(brief):
        def type_it():
            outcomes.append(append([Batch(section.pk, log.document, [(author.pk, update)])]))
            connections.close_all()

        typing = Thread(target=type_it)
        typing.start()
        typing.join()

    monkeypatch.setattr(actions, "name_live_texts", type_meanwhile)
    archive_brief(brief, by=manager)
    assert outcomes[0].busy == {section.pk}
    assert LiveText.objects.get().is_frozen
    assert load(section.pk).text.texts()["past"] == "One."
