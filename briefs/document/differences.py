"""Where two texts differ, word by word: what comparing and merging both stand on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# What ends a line, a sentence and a word: read against a token with the character before it.
_LINE_END = re.compile(r".?\s*\n\s*", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?;:]\s+")
_ANY = re.compile(r".*", re.DOTALL)
# How many pairs of equal tokens one pass of difflib may look at.
_MOST_PAIRS = 400_000


class Difference(NamedTuple):
    """`old[start:end]` gave way to `new`; equal ends are an insertion, no new tokens a deletion."""

    start: int
    end: int
    new: list[str]


def tokens(text: str) -> list[str]:
    """A text as words, runs of blanks and single marks; joined again they are the text."""
    return _TOKEN.findall(text)


def differences(old: list[str], new: list[str]) -> list[Difference]:
    """What turns the tokens `old` into `new`, in order, with more than blanks kept between two.

    Lines are matched first, then sentences in the lines that differ, then words in the sentences
    that differ (difflib, which is Ratcliff and Obershelp's method). Over a whole text difflib would
    leave out the commonest tokens and find worse matches. A stretch where it would take too long
    counts as changed throughout, so hostile texts cost little more than others.
    """
    found: list[Difference] = []
    whole = Stretch(0, len(old), 0, len(new))
    for lines in _changed_units(whole, old, new, _LINE_END):
        for sentences in _changed_units(lines, old, new, _SENTENCE_END):
            for change in _changed_units(sentences, old, new, _ANY):
                replacement = new[change.new_start : change.new_end]
                _append(found, Difference(change.start, change.end, replacement), old)
    return found


class Stretch(NamedTuple):
    """`old[start:end]` against `new[new_start:new_end]`."""

    start: int
    end: int
    new_start: int
    new_end: int


def _append(found: list[Difference], difference: Difference, old: list[str]) -> None:
    """Blanks alone don't part two changes: words that were rewritten in a row are one change."""
    if found:
        kept = old[found[-1].end : difference.start]
        if all(token.isspace() for token in kept):
            before = found.pop()
            joined = [*before.new, *kept, *difference.new]
            difference = Difference(before.start, difference.end, joined)
    found.append(difference)


def _changed_units(
    within: Stretch, old: list[str], new: list[str], end: re.Pattern[str]
) -> Iterator[Stretch]:
    """The stretches of one change that still differ when it is read in units with an `end`."""
    old_units, old_starts = _units(old, within.start, within.end, end)
    new_units, new_starts = _units(new, within.new_start, within.new_end, end)
    for change in stretches(old_units, new_units):
        yield Stretch(
            old_starts[change.start],
            old_starts[change.end],
            new_starts[change.new_start],
            new_starts[change.new_end],
        )


def _units(
    all_tokens: list[str], start: int, stop: int, end: re.Pattern[str]
) -> tuple[list[str], list[int]]:
    """The units that the tokens make, and where each begins, with the end as one more."""
    units: list[str] = []
    starts = [start]
    before = ""
    for index in range(start, stop):
        token = all_tokens[index]
        if end.fullmatch(before + token) or index + 1 == stop:
            units.append("".join(all_tokens[starts[-1] : index + 1]))
            starts.append(index + 1)
        before = token[-1]
    return units, starts


def stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """The stretches of any two sequences that don't match."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if head == old_end and head == new_end:
        return
    middle, new_middle = old[head:old_end], new[head:new_end]
    if not middle or not new_middle or _pairs(middle, new_middle) > _MOST_PAIRS:
        yield Stretch(head, old_end, head, new_end)
        return
    matcher = SequenceMatcher(None, middle, new_middle)
    for kind, start, end, new_start, end_of_new in matcher.get_opcodes():
        if kind != "equal":
            yield Stretch(head + start, head + end, head + new_start, head + end_of_new)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two sequences have in common at their beginning."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal tokens difflib would look at. It leaves out what is more than a
    hundredth of 200 tokens or more."""
    counts = Counter(new)
    most = len(new) // 100 + 1 if len(new) >= 200 else len(new)
    return sum(counts[token] for token in old if counts[token] <= most)
