"""What changed between two texts, word by word, as a page shows it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from briefs.document.differences import differences, tokens

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")


class ChangeKind(StrEnum):
    """What became of a run of text."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of the Markdown source that stayed, came or went."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """One line of the source with the blank lines after it; `runs` hold its line ends too."""

    runs: tuple[Change, ...]

    @property
    def is_changed(self) -> bool:
        return has_changes(self.runs)


def compare(old: str, new: str) -> list[Change]:
    """The runs of both normalised texts in order, a deletion before the insertion in its place.

    Without the insertions they are the old text, without the deletions the new one. Neighbours
    differ in kind, and no run is empty.
    """
    old_tokens = tokens(old)
    changes: list[Change] = []
    position = 0
    for start, end, added in differences(old_tokens, tokens(new)):
        changes += _run(ChangeKind.EQUAL, old_tokens[position:start])
        changes += _run(ChangeKind.DELETE, old_tokens[start:end])
        changes += _run(ChangeKind.INSERT, added)
        position = end
    return changes + _run(ChangeKind.EQUAL, old_tokens[position:])


def paragraphs(changes: Iterable[Change]) -> list[ComparedParagraph]:
    """The same runs cut after each line (with the blank lines that follow it), so that a page can
    fold what didn't change. Joined again they are the same text."""
    found: list[ComparedParagraph] = []
    runs: list[Change] = []
    for piece in chain.from_iterable(map(_pieces, changes)):
        runs.append(piece)
        if piece.text.endswith("\n"):
            found.append(ComparedParagraph(tuple(runs)))
            runs = []
    if runs:
        found.append(ComparedParagraph(tuple(runs)))
    return found


def has_changes(changes: Iterable[Change]) -> bool:
    """Whether anything came or went."""
    return any(change.kind is not ChangeKind.EQUAL for change in changes)


def _run(kind: ChangeKind, run: list[str]) -> list[Change]:
    return [Change(kind, "".join(run))] if run else []


def _pieces(change: Change) -> Iterator[Change]:
    for line in _LINE.findall(change.text):
        yield Change(change.kind, line)
