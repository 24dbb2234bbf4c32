"""When what was typed gets a revision."""

import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from briefs.collaboration import limits, naming
from briefs.drafting.live import name_typed_text_of
from briefs.live_text.log import prompt_keys
from briefs.live_text.shared_text import SharedText
from briefs.models import LiveEdit, LiveText, Revision
from briefs.revisions import texts_of
from tests.briefs.collaboration.live_server import eventually
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "A sentence of forty characters, exactly. " * 20


def numbers(section) -> list[int]:
    return list(section.revisions.order_by("number").values_list("number", flat=True))


def test_a_page_asks_for_a_number(section, author, second_author, typist):
    page, other = typist(author), typist(second_author)
    page.put(past="Typed.")
    page.name()
    page.wait(lambda: page.facts.get("named") == 1)
    other.wait(lambda: other.facts.get("revision") == 1)
    assert texts_of(section.revisions.get()) == {"past": "Typed."}
    page.name()
    page.wait(lambda: "named" in page.facts)
    assert page.facts["named"] is None
    assert numbers(section) == [1]


def test_a_viewer_gets_no_number(section, author, viewer, typist):
    writer, reader = typist(author), typist(viewer)
    writer.type(past="Typed.")
    reader.name()
    reader.wait(lambda: "named" in reader.facts)
    assert reader.facts["named"] is False
    assert numbers(section) == []


def test_a_number_that_is_asked_for_while_the_database_is_away(
    section, author, typist, monkeypatch
):
    def away(_section):
        raise OperationalError("the database went away")

    monkeypatch.setattr(naming, "name_typed_text_of", away)
    page = typist(author)
    page.type(past="Typed.")
    page.name()
    page.wait(lambda: "named" in page.facts)
    assert page.facts["named"] is False


def test_the_last_to_leave_leaves_a_revision_of_all(
    section, author, second_author, typist, monkeypatch
):
    one, other = typist(author), typist(second_author)
    monkeypatch.setattr("briefs.collaboration.hub.EMPTY_FOR", 0.05)
    one.type(past="Ada.")
    other.reads(past="Ada.")
    other.type(past="Ada. Ben.")
    one.cut()
    other.cut()
    eventually(lambda: numbers(section) == [1])
    revision = section.revisions.get()
    assert set(revision.contributors.all()) == {author, second_author}
    assert (revision.kind, texts_of(revision)) == (Revision.Kind.LIVE, {"past": "Ada. Ben."})
    assert typist(author).text.texts()["past"] == "Ada. Ben."


def test_leaving_without_a_change_leaves_no_revision(section, author, server, typist, monkeypatch):
    write(section, author, past="Saved.")
    page = typist(author)
    monkeypatch.setattr("briefs.collaboration.hub.EMPTY_FOR", 0.01)
    hub = server.hub()
    page.cut()
    eventually(lambda: not hub.rooms)
    assert numbers(section) == [1]


def test_a_page_that_is_reloaded_leaves_none(section, author, server, typist):
    page = typist(author)
    page.type(past="Typed.")
    page.cut()
    again = typist(author)
    again.type(past="Typed. On.")
    assert numbers(section) == []


def test_ten_minutes_of_work_get_a_number(section, author, typist, monkeypatch):
    monkeypatch.setattr(naming, "NAMED_EVERY", 0.0)
    monkeypatch.setattr(naming, "NAMING_CHECK", 0.05)
    page = typist(author)
    page.type(past="Typed.")
    page.wait(lambda: page.facts.get("revision") == 1)


def test_a_number_that_cannot_be_given_comes_later(section, author, typist, monkeypatch):
    def fail_once(section):
        monkeypatch.setattr(naming, "name_typed_text_of", name_typed_text_of)
        raise OperationalError("the database went away")

    monkeypatch.setattr(naming, "NAMED_EVERY", 0.0)
    monkeypatch.setattr(naming, "NAMING_CHECK", 0.05)
    monkeypatch.setattr(naming, "name_typed_text_of", fail_once)
    page = typist(author)
    page.type(past="Typed.")
    page.wait(lambda: page.facts.get("revision") == 1)


def test_the_last_to_leave_while_the_database_is_away(section, author, typist, monkeypatch):
    def fail_once(section):
        monkeypatch.setattr(naming, "name_typed_text_of", name_typed_text_of)
        raise OperationalError("the database went away")

    page = typist(author)
    monkeypatch.setattr("briefs.collaboration.hub.EMPTY_FOR", 0.01)
    monkeypatch.setattr("briefs.collaboration.hub.RETRY_LAST", 0.01)
    monkeypatch.setattr(naming, "name_typed_text_of", fail_once)
    page.type(past="Typed.")
    page.cut()
    eventually(lambda: numbers(section) == [1])


def test_a_great_loss_has_its_number_first(section, author, second_author, typist):
    page, other = typist(author), typist(second_author)
    page.type(past=LONG)
    other.reads(past=LONG)
    other.type(past="")
    page.reads(past="")
    assert texts_of(section.revisions.get()) == {"past": LONG.strip()}
    assert LiveText.objects.ahead().exists()


def test_a_loss_in_small_steps_has_its_number_first(section, author, typist):
    page = typist(author)
    page.type(past=LONG)
    for length in range(len(LONG), 0, -40):
        page.type(past=LONG[:length])
    first = texts_of(section.revisions.get(number=1))["past"]
    assert len(LONG) * 0.4 < len(first) < len(LONG) * 0.6
    assert len(numbers(section)) == 1


def test_great_losses_are_paid_for(section, author, typist, monkeypatch):
    monkeypatch.setattr("briefs.collaboration.taking.NAMING_COSTS", limits.MESSAGES_AT_ONCE / 2)
    page = typist(author)
    for _turn in range(4):
        page.put(past=LONG)
        page.put(past="")
    assert page.closed() == 4429
    assert len(numbers(section)) < 4


def test_a_small_loss_has_none(section, author, typist):
    page = typist(author)
    page.type(past=LONG)
    page.type(past=LONG[: len(LONG) * 2 // 3])
    page.type(past="Short.", future="Also short.")
    assert numbers(section) == [1]
    page.type(past="", future="")
    assert numbers(section) == [1]


def test_what_a_dead_server_left_is_named_by_the_next(
    section, author, second_author, server, typist
):
    type_into(section, author, past="Ada.")
    type_into(section, second_author, past="Ada. Ben.")
    typist(author)
    eventually(lambda: numbers(section) == [1])
    assert set(section.revisions.get().contributors.all()) == {author, second_author}


def fail_for(broken):
    """Stands in for the naming: one section's goes wrong in whatever way."""

    def name(section):
        if section == broken.pk:
            raise ValueError("a mistake of ours")
        return name_typed_text_of(section)

    return name


def test_what_cannot_be_named_holds_up_no_other(brief, section, author, request, monkeypatch):
    preface = section_of(brief, "opening/preface")
    first, last = sorted([section, preface], key=lambda one: one.pk)
    type_into(first, author, **{next(iter(prompt_keys([first])[first.pk])): "Broken."})
    type_into(last, author, **{next(iter(prompt_keys([last])[last.pk])): "Fine."})
    monkeypatch.setattr(naming, "name_typed_text_of", fail_for(first))
    server = request.getfixturevalue("server")
    server.hub()
    eventually(lambda: numbers(last) == [1])
    assert numbers(first) == []


def test_a_mistake_in_one_sections_naming_ends_no_connection(
    brief, section, author, second_author, typist, monkeypatch
):
    broken = typist(author)
    fine = typist(
        second_author, in_=section_of(brief, "opening/preface"), text=SharedText(["body"])
    )
    broken.type(past="Broken.")
    fine.type(body="Fine.")
    monkeypatch.setattr(naming, "name_typed_text_of", fail_for(section))
    monkeypatch.setattr(naming, "NAMED_EVERY", 0.0)
    monkeypatch.setattr(naming, "NAMING_CHECK", 0.05)
    fine.wait(lambda: fine.facts.get("revision") == 1)
    broken.type(past="Broken. Goes on.")


def test_what_another_process_left_is_named_by_one_that_lives(
    brief, section, author, server, typist, monkeypatch
):
    monkeypatch.setattr(naming, "NAMING_CHECK", 0.05)
    monkeypatch.setattr(naming, "CHECKS_BETWEEN_LEFT", 1)
    typist(author, in_=section_of(brief, "opening/preface"), text=SharedText(["body"]))
    type_into(section, author, past="Left.")
    time.sleep(0.3)
    assert numbers(section) == []  # somebody may be typing there
    LiveEdit.objects.update(at=timezone.now() - timedelta(seconds=naming.NAMED_EVERY + 1))
    eventually(lambda: numbers(section) == [1])
