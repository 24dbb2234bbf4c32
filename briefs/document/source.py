"""Where words that a reader copied stand in the Markdown that they were rendered from."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_PICTURE = r"!\[[^\]\n]*\]\([^)\n]*\)"
# What a reader doesn't see as letters: pictures, where links lead, and the marks of notes.
_UNREAD = re.compile(rf"{_PICTURE}|(?<=\])\([^)\n]*\)|\[\^[^\]\n]*\]:?")
_ITEM_NUMBER = re.compile(r"^[ \t>]*\d{1,3}[.)](?=[ \t])", re.MULTILINE)
# What belongs to a passage at its ends: the rest of a word, marks around it, and what ends it.
_LEAD = re.compile(r"[\w*_~`\[]*$")
_REST = re.compile(r"[\w*_~`]*(?:\]\([^)\n]*\))?[*_~`]*[.,;:!?]?")
_MOST_FOUND = 200


class Passage(NamedTuple):
    """`text[start:end]`, never empty."""

    start: int
    end: int


def find_in_source(text: str, words: str, before: str = "") -> Passage | None:
    """The passage of a Markdown source that a reader sees as `words`, in whole words with the marks
    around them; None when they don't stand there.

    Only letters and digits are compared, so marks, blanks and line ends may differ. Where the words
    stand several times, it is where most of `before` comes before them, then the first. Words
    without a letter are found as they are written.
    """
    places = _places_of_letters(text)
    letters = "".join(text[at] for at in places)
    lead = _letters(before)
    for wanted in dict.fromkeys((_letters(words), _letters_read(words))):
        found = list(_starts(letters, wanted))
        if found:
            best = max(found, key=lambda at: (_same_end(letters[:at], lead), -at))
            return _widened(text, places[best], places[best + len(wanted) - 1] + 1)
    written = words.strip()
    start = text.find(written) if written and not _letters(words) else -1
    return Passage(start, start + len(written)) if start >= 0 else None


def _places_of_letters(text: str) -> list[int]:
    hidden = [match.span() for match in _UNREAD.finditer(text)]
    hidden += [match.span() for match in _ITEM_NUMBER.finditer(text)]
    places: list[int] = []
    position = 0
    for start, end in [*sorted(hidden), (len(text), len(text))]:
        places += [at for at in range(position, start) if text[at].isalnum()]
        position = max(position, end)
    return places


def _letters_read(text: str) -> str:
    return "".join(text[at] for at in _places_of_letters(text))


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _widened(text: str, start: int, end: int) -> Passage:
    line_start = text.rfind("\n", 0, start) + 1
    lead = _LEAD.search(text[line_start:start])
    rest = _REST.match(text, end)
    return Passage(
        start - len(lead[0]) if lead else start,
        rest.end() if rest else end,
    )


def _starts(text: str, wanted: str) -> Iterator[int]:
    """Where some words begin, the first few hundred times."""
    at = text.find(wanted) if wanted else -1
    for _time in range(_MOST_FOUND):
        if at < 0:
            return
        yield at
        at = text.find(wanted, at + 1)


def _same_end(one: str, other: str) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[-1 - same] == other[-1 - same]:
        same += 1
    return same
