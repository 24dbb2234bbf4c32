"""What two people wrote into one answer at once: both edits where they can stand side by side."""

from dataclasses import dataclass

from briefs.document.differences import Difference, differences, tokens


@dataclass(frozen=True, slots=True)
class Merged:
    """Both edits in one text."""

    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two edits in one place. All three texts, so that a person can choose and nothing is lost."""

    base: str
    mine: str
    theirs: str


def merge(base: str, mine: str, theirs: str) -> Merged | Conflict:
    """Bring together two normalised texts that both grew out of `base`, by words.

    Edits of different places are both kept, and the same edit made twice is kept once. Edits that
    overlap or touch are a conflict, as are two insertions in one place. Which of the two texts is
    "mine" changes nothing. Normalise the outcome before it is stored.
    """
    if theirs in (mine, base):
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    words = tokens(base)
    my_edits = _settled(differences(words, tokens(mine)), words)
    their_edits = _settled(differences(words, tokens(theirs)), words)
    edits = [*_apart(my_edits, their_edits, words), *_apart(their_edits, my_edits, words)]
    merged = _applied(sorted(edits), words)
    return Conflict(base, mine, theirs) if merged is None else Merged(merged)


def _applied(edits: list[Difference], words: list[str]) -> str | None:
    """The words with all edits made, from the first to the last; None when two of them meet."""
    merged: list[str] = []
    last: Difference | None = None
    for edit in edits:
        if edit == last:
            continue
        if last is not None and edit.start <= last.end:
            return None
        merged += words[last.end if last else 0 : edit.start]
        merged += edit.new
        last = edit
    merged += words[last.end if last else 0 :]
    return "".join(merged)


def _settled(edits: list[Difference], words: list[str]) -> list[Difference]:
    """The edits, each as far on as it may be read to be, so that the same edit of two people is the
    same difference: in "a b b c" either b may be the new one."""
    settled: list[Difference] = []
    limit = len(words) + 1
    for edit in reversed(edits):
        moved = edit
        while moved.end + 1 < limit and (further := _moved_on(moved, words)) != moved:
            moved = further
        settled.append(moved)
        limit = moved.start
    return settled[::-1]


def _apart(edits: list[Difference], others: list[Difference], words: list[str]) -> list[Difference]:
    """The edits, each moved by one word where it touches another's and may as well be read so.

    A sentence added before a sentence that somebody else changed ends in the same blank as the one
    before it: it can be said to begin with that blank, and then the two edits don't touch.
    """
    starts = {other.start for other in others if other.start < other.end}
    ends = {other.end for other in others if other.start < other.end}
    apart = []
    for edit in edits:
        if edit.end in starts:
            apart.append(_moved_back(edit, words))
        elif edit.start in ends:
            apart.append(_moved_on(edit, words))
        else:
            apart.append(edit)
    return apart


def _moved_back(edit: Difference, words: list[str]) -> Difference:
    run = _run(edit, words)
    if not run or not edit.start or words[edit.start - 1] != run[-1]:
        return edit
    new = [run[-1], *run[:-1]] if edit.new else []
    return Difference(edit.start - 1, edit.end - 1, new)


def _moved_on(edit: Difference, words: list[str]) -> Difference:
    run = _run(edit, words)
    if not run or edit.end == len(words) or words[edit.end] != run[0]:
        return edit
    new = [*run[1:], run[0]] if edit.new else []
    return Difference(edit.start + 1, edit.end + 1, new)


def _run(edit: Difference, words: list[str]) -> list[str]:
    """What a mere insertion or deletion adds or takes; empty for a replacement, which stays put."""
    if edit.start < edit.end and edit.new:
        return []
    return edit.new or words[edit.start : edit.end]
