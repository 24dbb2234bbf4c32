"""How a section came to be: its log as steps that a page can go through."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Q

from briefs.document.differences import tokens
from briefs.live_text.shared_text import SharedText
from briefs.models import LiveEdit, Prompt, Section
from briefs.prompts import questions_of

MOST_STEPS = 400
FIRST_PAUSE = dt.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Edit:
    seq: int
    person: int | None
    name: str
    at: dt.datetime


def steps_of(section: Section) -> list[dict[str, Any]]:
    """What was written in the order in which it was, as plain JSON, at most `MOST_STEPS` or as many
    as there are revisions: `at` (ISO 8601), `name` (blank for the command line), `revision` (a
    number where the step ends with one) and `changes`, by prompt key `[from, to, insert]` in UTF-16
    units. A step is what one person wrote without a longer pause; the longer the log, the longer
    the pauses within a step."""
    edits = [
        _Edit(*row)
        for row in LiveEdit.objects.filter(live_text=section.pk)
        .order_by("seq")
        .values_list("seq", "user_id", "user__name", "at")
    ]
    numbers = section.revisions.values_list("log_seq", "number")
    ends = {seq: number for seq, number in numbers if seq is not None}
    return list(_steps(section, _grouped(edits, ends), ends))


def prompts_ever(section: Section) -> list[tuple[str, str]]:
    """The key and label of every prompt that the log may hold: those asked now, then those of other
    versions of the template."""
    prompts = {question.key: question.label for question in questions_of(section)}
    template = section.section_template
    if template:
        others = Prompt.objects.filter(
            Q(section_template__first_key=template.lineage)
            | Q(section_template__first_key="", section_template__key=template.lineage),
            section_template__part__template__key=section.brief.template.key,
        )
        for key, label in others.order_by("-section_template", "position").values_list(
            "key", "label"
        ):
            prompts.setdefault(key, label)
    return list(prompts.items())


def _grouped(edits: list[_Edit], ends: dict[int, int]) -> dict[int, _Edit]:
    """The last edit of each step, by its number."""
    pause = FIRST_PAUSE
    while True:
        last = {
            edit.seq: edit
            for edit, after in pairwise(edits)
            if edit.seq in ends or after.person != edit.person or after.at - edit.at > pause
        }
        last |= {edit.seq: edit for edit in edits[-1:]}
        if len(last) <= max(MOST_STEPS, 2 * len(ends)) or pause > dt.timedelta(days=1):
            return last
        pause *= 2


def _steps(
    section: Section, last: dict[int, _Edit], ends: dict[int, int]
) -> Iterator[dict[str, Any]]:
    keys = [key for key, _label in prompts_ever(section)]
    text = SharedText(keys)
    before = text.texts()
    updates = LiveEdit.objects.filter(live_text=section.pk).order_by("seq")
    for seq, update in updates.values_list("seq", "update").iterator():
        text.apply(bytes(update))
        if seq not in last:
            continue
        after = text.texts()
        changes = {
            key: _one_change(before[key], after[key]) for key in keys if before[key] != after[key]
        }
        before = after
        if changes or seq in ends:
            edit = last[seq]
            yield {
                "at": edit.at.isoformat(),
                "name": edit.name or "",
                "revision": ends.get(seq),
                "changes": changes,
            }


def _one_change(before: str, after: str) -> tuple[int, int, str]:
    """The one stretch of whole words in which two texts differ, in UTF-16 units of the first, and
    what stands there in the second."""
    old, new = tokens(before), tokens(after)
    head = _common(old, new)
    tail = _common(reversed(old[head:]), reversed(new[head:]))
    start = _units(old[:head])
    end = start + _units(old[head : len(old) - tail])
    return start, end, "".join(new[head : len(new) - tail])


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _units(words: Iterable[str]) -> int:
    return len("".join(words).encode("utf-16-le")) // 2
