"""What a long log costs: edits of one character each, as somebody's hour leaves them."""

import multiprocessing
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections
from pycrdt import Doc, Text, TransactionEvent

from bench.live.process import memory_mb
from briefs.collaboration.loading import load_section
from briefs.collaboration.room import Room
from briefs.live_text.log import load, take_snapshot
from briefs.models import LiveClient, LiveEdit, LiveText

DELETIONS = 0.25  # of the edits; so 100,000 stay within what a prompt takes
AT_ONCE = 5000
BETWEEN_SNAPSHOTS = 500  # as many edits lie behind the newest snapshot, at the most


@dataclass(frozen=True, slots=True)
class Grown:
    """Seconds, bytes and MB. `from_edits` is without any snapshot, which no server does; `cold` is
    from a snapshot and the edits behind it."""

    edits: int
    characters: int
    snapshot_seconds: float
    snapshot_bytes: int
    from_edits: float
    cold: float
    memory: float


def grow(section: int, prompt: str, person: int, edits: int) -> Grown:
    """Gives a section so many edits, all new, and measures."""
    _write(section, prompt, person, edits)
    start = time.perf_counter()
    characters = len(load(section).text.texts()[prompt])
    from_edits = time.perf_counter() - start
    start = time.perf_counter()
    take_snapshot(section)
    snapshot_seconds = time.perf_counter() - start
    stored = bytes(LiveText.objects.values_list("snapshot", flat=True).get(pk=section))
    _write(section, prompt, person, BETWEEN_SNAPSHOTS - 1)
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(1) as other:
        cold, memory = other.apply(_open, [section])
    return Grown(
        edits, characters, snapshot_seconds, len(stored), from_edits, cold=cold, memory=memory
    )


def _open(section: int) -> tuple[float, float]:
    """In a process of its own: the seconds until a room has its text, and the MB it then has."""
    LiveText.objects.exists()  # the connection is not what is measured
    before = memory_mb(os.getpid())
    start = time.perf_counter()
    room = Room(load_section(section))
    seconds = time.perf_counter() - start
    memory = memory_mb(os.getpid()) - before
    if not room.saved.texts():
        raise RuntimeError("The section has no text.")
    connections.close_all()
    return seconds, memory


def _write(section: int, prompt: str, person: int, edits: int) -> None:
    head = LiveText.objects.get(pk=section)
    doc: Doc[Text] = Doc()
    doc.apply_update(load(section).text.state())
    updates = _typed(doc, doc.get(prompt, type=Text), edits)
    LiveEdit.objects.bulk_create(
        [
            LiveEdit(live_text=head, seq=head.seq + place, user_id=person, update=update)
            for place, update in enumerate(updates, start=1)
        ],
        batch_size=AT_ONCE,
    )
    LiveClient.objects.create(live_text=head, number=doc.client_id, user_id=person)
    LiveText.objects.filter(pk=section).update(seq=head.seq + edits)


def _typed(doc: "Doc[Text]", text: Text, edits: int) -> Sequence[bytes]:
    """Words at random places, with a letter taken back at times."""
    chance = random.Random(edits)
    updates: list[bytes] = []

    def note(event: TransactionEvent) -> None:
        updates.append(event.update)

    watch = doc.observe(note)
    length, place = len(str(text)), 0
    for _ in range(edits):
        if chance.random() < 0.1:
            place = chance.randint(0, length)
        if place and chance.random() < DELETIONS:
            del text[place - 1 : place]
            place, length = place - 1, length - 1
        else:
            text.insert(place, chance.choice("abcdefghij klmnopqrst"))
            place, length = place + 1, length + 1
    doc.unobserve(watch)
    return updates
