from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from briefs.live_text.freezing import set_frozen, set_frozen_throughout
from briefs.live_text.log import (
    Batch,
    append,
    claim,
    edits_after,
    load,
    open_head,
    take_snapshot,
    writers_since,
)
from briefs.live_text.shared_text import NOTHING, SharedText
from briefs.models import LiveEdit, LiveText, Section
from tests.briefs.live_text.typing import open_live, type_into
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.fixture
def section(brief) -> Section:
    return section_of(brief, KEY)


def test_a_log_begins_with_the_text_that_the_section_has(section):
    with transaction.atomic():
        head = open_head(section, {"past": "One.", "future": "Two."})
    assert load(section.pk).text.texts() == {"past": "One.", "future": "Two."}
    assert (head.seq, head.named_seq) == (1, 1)


def test_edits_are_numbered_in_the_order_of_their_commits(section, author, second_author):
    assert type_into(section, author, past="One.").numbers == {section.pk: (1, 1)}
    assert type_into(section, second_author, past="One. Two.").numbers == {section.pk: (2, 2)}
    assert [edit.seq for edit in edits_after(section.pk, 1)] == [2]
    log = load(section.pk)
    assert (log.seq, log.text.texts()) == (2, {"past": "One. Two.", "future": ""})
    head = LiveText.objects.get()
    assert [edit.user for edit in writers_since(head, 0)] == [author, second_author]
    assert [edit.user for edit in writers_since(head, 1)] == [second_author]


def test_a_batch_of_many_sections_takes_the_same_number_of_statements(
    brief, author, django_assert_num_queries
):
    sections = [section_of(brief, key) for key in (KEY, "goals/health", "opening/preface")]
    batches = []
    for section in sections:
        open_live(section)
        log = load(section.pk)
        text = SharedText(log.text.prompts)
        update = text.put({next(iter(text.prompts)): "Words."})
        batches.append(Batch(section.pk, log.document, [(author.pk, update)]))
    with django_assert_num_queries(5 if connection.vendor == "sqlite" else 6):
        outcome = append(batches)
    assert outcome.numbers == {section.pk: (1, 1) for section in sections}


def test_each_section_of_a_batch_is_numbered_by_its_own_edits(brief, author):
    sections = [section_of(brief, key) for key in (KEY, "goals/health", "opening/preface")]
    batches = []
    for section, words in zip(sections, ["One.", "One. Two. Three.", "One."], strict=True):
        open_live(section)
        log = load(section.pk)
        text = SharedText(log.text.prompts)
        key, *_others = text.prompts
        typed = [text.put({key: " ".join(words.split()[:end])}) for end in (1, 2, 3)]
        edits = [(author.pk, update) for update in typed if update != NOTHING]
        batches.append(Batch(section.pk, log.document, edits))
    outcome = append(batches)
    last = [outcome.numbers[section.pk][1] for section in sections]
    assert last == [1, 3, 1]
    assert [LiveText.objects.get(pk=section.pk).seq for section in sections] == last
    assert [load(section.pk).seq for section in sections] == last


def test_a_frozen_section_takes_nothing(section, author):
    type_into(section, author, past="One.")
    Section.objects.filter(pk=section.pk).update(status=Section.Status.IN_REVIEW)
    section.refresh_from_db()
    set_frozen(section)
    outcome = type_into(section, author, past="Two.")
    assert (outcome.frozen, outcome.numbers) == ({section.pk}, {})
    assert load(section.pk).text.texts()["past"] == "One."


def test_an_archived_brief_takes_nothing_until_it_is_back(section, author):
    type_into(section, author, past="One.")
    section.brief.archived_at = section.brief.created_at
    set_frozen_throughout(section.brief)
    assert load(section.pk).is_frozen
    section.brief.archived_at = None
    set_frozen_throughout(section.brief)
    assert not load(section.pk).is_frozen


def test_a_client_number_is_of_whoever_claims_it_first(section, author, second_author):
    open_live(section)
    assert claim(section.pk, 7, author.pk) == author.pk
    assert claim(section.pk, 7, second_author.pk) == author.pk
    assert load(section.pk).owners[7] == author.pk


def test_a_snapshot_changes_nothing_that_is_read(section, author):
    type_into(section, author, past="One.")
    take_snapshot(section.pk)
    type_into(section, author, past="One. Two.")
    head = LiveText.objects.get()
    assert (head.snapshot_seq, head.seq) == (1, 2)
    assert load(section.pk).text.texts()["past"] == "One. Two."
    assert LiveEdit.objects.count() == 2


def test_a_save_is_in_the_log_and_snapshots_follow(section, author, monkeypatch):
    monkeypatch.setattr("briefs.live_text.log.EDITS_BETWEEN_SNAPSHOTS", 3)
    for number in range(4):
        section = write(section, author, past=f"Text {number}.")
    head = LiveText.objects.get()
    assert (head.seq, head.named_seq, head.snapshot_seq) == (4, 4, 3)
    assert load(section.pk).text.texts()["past"] == "Text 3."


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite locks the whole file")
def test_a_section_that_an_action_holds_is_left_for_the_next_time(brief, author):
    held, free = section_of(brief, KEY), section_of(brief, "goals/health")
    type_into(held, author, past="One.")
    type_into(free, author, body="One.")
    is_held, may_end = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            LiveText.objects.select_for_update().get(pk=held.pk)
            is_held.set()
            may_end.wait(30)
        connections.close_all()

    holder = Thread(target=hold)
    holder.start()
    assert is_held.wait(30)
    nothing = b"\x00\x00"
    edits = [(author.pk, nothing)]
    logs = {section.pk: load(section.pk) for section in (held, free)}
    outcome = append([Batch(pk, log.document, edits) for pk, log in logs.items()])
    may_end.set()
    holder.join()
    assert (outcome.busy, set(outcome.numbers)) == ({held.pk}, {free.pk})
