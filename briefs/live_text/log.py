"""The log in the database: what is committed here is what "Saved" means.

The lock on a log's head orders all writers of a section across processes, so that the numbers of
edits are the order of their commits, and whoever has read edit n has read all before it. Edits are
never changed or deleted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Max, Q

from accounts.models import User
from briefs.live_text.bell import ring
from briefs.live_text.shared_text import NOTHING, SharedText
from briefs.models import Brief, LiveClient, LiveEdit, LiveText, Prompt, Section
from briefs.revisions import OWN_BODY

EDITS_BETWEEN_SNAPSHOTS = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in for one section within one tick, as (primary key of the person, update), for the
    log that is named `document`."""

    section: int
    document: UUID
    edits: Sequence[tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of the batches, by section: the numbers of the first and last edit; `frozen`
    takes nothing now; `busy` is locked by an action just then and may be tried again. One that is
    in none of them began anew meanwhile, with other prompts."""

    numbers: dict[int, tuple[int, int]] = field(default_factory=dict)
    frozen: set[int] = field(default_factory=set)
    busy: set[int] = field(default_factory=set)


class Edit(NamedTuple):
    """A committed edit: its number, and its change as a Yjs update."""

    seq: int
    update: bytes


@dataclass(frozen=True, slots=True)
class Log:
    """One section's log as it stood at edit `seq`; its snapshot is of edit `snapshot_seq`."""

    section: int
    document: UUID
    text: SharedText
    seq: int
    snapshot_seq: int
    is_frozen: bool
    owners: Mapping[int, int | None]


def lock_head(section: Section) -> LiveText | None:
    """The head of a section's log, locked until the transaction ends: nobody writes meanwhile. None
    when nothing was ever written."""
    heads = LiveText.objects.select_for_update(of=("self",), no_key=True)
    return heads.filter(section=section).first()


def hold_heads(brief: Brief) -> None:
    """Locks the logs of all sections of a brief until the transaction ends."""
    heads = LiveText.objects.select_for_update(of=("self",), no_key=True)
    list(heads.filter(section__brief=brief).order_by("pk").values_list("pk"))


def open_head(section: Section, texts: Mapping[str, str]) -> LiveText:
    """The locked head, made now if there was none, with the text that the section has, by prompt
    key, as its first edit. The caller holds the section's lock."""
    head = lock_head(section)
    if head:
        return head
    head = LiveText.objects.create(
        section=section,
        is_frozen=section.status == Section.Status.IN_REVIEW or section.brief.is_archived,
    )
    put(head, section, texts, by=None)
    return head


def put(head: LiveText, section: Section, texts: Mapping[str, str], *, by: User | None) -> None:
    """Writes what a form, an import or a restore brought into the log, as one edit. The caller
    holds the head's lock, checked the rules, and records the revision in the same transaction."""
    shared = read_heads([head], prompt_keys([section]))[head.pk]
    update = shared.put(texts)
    if update == NOTHING:
        return
    head.seq += 1
    LiveEdit.objects.create(live_text=head, seq=head.seq, user=by, update=update)
    LiveClient.objects.create(live_text=head, number=shared.client, user=by)
    if head.seq - head.snapshot_seq >= EDITS_BETWEEN_SNAPSHOTS:
        head.snapshot, head.snapshot_seq = shared.state(), head.seq
    head.named_seq = head.seq
    head.save()
    ring([head.pk])


def ask_anew(head: LiveText) -> None:
    """Gives a log another name, as its section's prompts are others now: what pages hold of it that
    isn't committed is theirs to copy. The caller holds the head's lock."""
    head.document = uuid4()
    head.save(update_fields=["document"])
    ring([head.pk])


@transaction.atomic
def append(batches: Iterable[Batch]) -> Appended:
    """Commits what came in for any number of sections, in a few statements.

    A section that an action holds is left for the next time rather than waited for: so nobody's
    typing waits for somebody else's import, and the two never wait for each other.
    """
    by_section = {batch.section: batch for batch in batches}
    outcome = Appended(busy=set(by_section))
    heads = (
        LiveText.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .filter(pk__in=by_section)
        .order_by("pk")
    )
    for section, document, seq, is_frozen in heads.values_list(
        "pk", "document", "seq", "is_frozen"
    ):
        outcome.busy.discard(section)
        if document != by_section[section].document:
            continue
        if is_frozen:
            outcome.frozen.add(section)
        else:
            outcome.numbers[section] = (seq + 1, seq + len(by_section[section].edits))
    if outcome.numbers:
        _store(outcome.numbers, by_section)
        ring(outcome.numbers)
    return outcome


def _store(numbers: Mapping[int, tuple[int, int]], batches: Mapping[int, Batch]) -> None:
    # A CASE for each section took longer than all the rest of the commit.
    grown: dict[int, list[int]] = {}
    for section, (first, last) in numbers.items():
        grown.setdefault(last + 1 - first, []).append(section)
    for count, sections in grown.items():
        LiveText.objects.filter(pk__in=sections).update(seq=F("seq") + count)
    LiveEdit.objects.bulk_create(
        LiveEdit(live_text_id=section, seq=seq, user_id=person, update=update)
        for section, (first, _last) in numbers.items()
        for seq, (person, update) in enumerate(batches[section].edits, start=first)
    )


@transaction.atomic
def claim(section: int, number: int, person: int) -> int | None:
    """Whose a client number is in a log, claimed for this person if it was nobody's."""
    LiveClient.objects.bulk_create(
        [LiveClient(live_text_id=section, number=number, user_id=person)], ignore_conflicts=True
    )
    return LiveClient.objects.values_list("user_id", flat=True).get(
        live_text=section, number=number
    )


def load(section: int) -> Log:
    """A log as it stands. Raises `LiveText.DoesNotExist`."""
    head = LiveText.objects.select_related("section").get(pk=section)
    shared, seq = _assembled(head, _edits_by_head([head])[section], prompt_keys([head.section]))
    owners = dict(LiveClient.objects.filter(live_text=section).values_list("number", "user_id"))
    return Log(section, head.document, shared, seq, head.snapshot_seq, head.is_frozen, owners)


def text_at(section: Section, seq: int) -> dict[str, str]:
    """The text as it was typed up to an edit, by prompt key. Takes as long as there are edits."""
    edits = LiveEdit.objects.filter(live_text=section.pk, seq__lte=seq).order_by("seq")
    text = SharedText(prompt_keys([section])[section.pk])
    for update in edits.values_list("update", flat=True).iterator():
        text.apply(bytes(update))
    return text.texts()


def read_heads(
    heads: Sequence[LiveText], prompts: Mapping[int, Sequence[str]]
) -> dict[int, SharedText]:
    """The text of several logs by section, in one query."""
    edits = _edits_by_head(heads)
    return {head.pk: _assembled(head, edits[head.pk], prompts)[0] for head in heads}


def edits_after(section: int, seq: int) -> list[Edit]:
    """The committed edits behind one, in their order."""
    rows = LiveEdit.objects.filter(live_text=section, seq__gt=seq).order_by("seq")
    return [Edit(seq, bytes(update)) for seq, update in rows.values_list("seq", "update")]


def writers_since(head: LiveText, seq: int) -> list[LiveEdit]:
    """The last edit of each person behind one, the latest last."""
    last_edits = (
        head.edits.filter(seq__gt=seq, user__isnull=False)
        .order_by()
        .values("user")
        .annotate(last=Max("seq"))
        .values("last")
    )
    edits = head.edits.filter(seq__in=last_edits).select_related("user").defer("update")
    return list(edits.order_by("seq"))


@transaction.atomic
def take_snapshot(section: int) -> int:
    """Stores the state after the newest edit, so that loading begins there; its number."""
    head = LiveText.objects.select_for_update(of=("self",), no_key=True).get(pk=section)
    if head.seq > head.snapshot_seq:
        shared = load(section).text
        head.snapshot, head.snapshot_seq = shared.state(), head.seq
        head.save(update_fields=["snapshot", "snapshot_seq"])
    return head.snapshot_seq


def prompt_keys(sections: Iterable[Section]) -> dict[int, tuple[str, ...]]:
    """The keys of the prompts of each section, by its primary key, in the outline's order; one
    query."""
    sections = list(sections)
    asked: dict[int, list[str]] = {}
    templates = {section.section_template_id for section in sections}
    rows = Prompt.objects.filter(section_template__in=templates - {None}).order_by("position")
    for template, key in rows.values_list("section_template_id", "key"):
        asked.setdefault(template, []).append(key)
    return {
        section.pk: tuple(asked.get(section.section_template_id or 0, (OWN_BODY,)))
        for section in sections
    }


def _edits_by_head(heads: Sequence[LiveText]) -> dict[int, list[Edit]]:
    """The edits from the snapshot that each head, as it was read, has up to its newest one; edits
    are never deleted, so none is missing when a newer snapshot was taken since. Those that came
    since are left out: a form that had shown them, and named an older number, would bring them a
    second time."""
    edits: dict[int, list[Edit]] = {head.pk: [] for head in heads}
    behind = [Q(live_text=head, seq__gt=head.snapshot_seq, seq__lte=head.seq) for head in heads]
    rows = LiveEdit.objects.filter(reduce(or_, behind)).order_by("live_text", "seq")
    for section, seq, update in rows.values_list("live_text_id", "seq", "update"):
        edits[section].append(Edit(seq, bytes(update)))
    return edits


def _assembled(
    head: LiveText, edits: Sequence[Edit], prompts: Mapping[int, Sequence[str]]
) -> tuple[SharedText, int]:
    shared = SharedText(prompts[head.pk])
    if head.snapshot:
        shared.apply(bytes(head.snapshot))
    for edit in edits:
        shared.apply(edit.update)
    return shared, edits[-1].seq if edits else head.snapshot_seq
