"""How deep in lists and quotes a block stands. Of our own files, indents say that exactly."""

from typing import Literal, NamedTuple

from briefs.document.markdown import MAX_NESTING
from briefs.document.word_marks import LIST_STEP, QUOTE_STEP
from briefs.importing.docx.elements import Element

TOLERANCE = 4
"""Twips by which other programs set an indent otherwise, as they count in other units."""
EVERY = 99
"""Lists around what stands in the innermost of those that are open, however many they are."""


class Where(NamedTuple):
    """How many lists and quotes are around a block, and which is the innermost; blank where that
    isn't said. Around an item, its own list isn't counted."""

    lists: int = 0
    quotes: int = 0
    innermost: Literal["list", "quote", ""] = ""


NOWHERE = Where()


def where_of(twips: int) -> Where | None:
    """What an indent of a file of ours says; None for one that we don't write. As 17 lists are as
    wide as 18 quotes and no more than `MAX_NESTING` are written, it says one thing alone."""
    for lists in range(MAX_NESTING + 1):
        quotes = round((twips - lists * LIST_STEP) / QUOTE_STEP)
        off = abs(twips - lists * LIST_STEP - quotes * QUOTE_STEP)
        if off <= TOLERANCE and 0 <= quotes <= MAX_NESTING - lists:
            return Where(lists, quotes)
    return None


def indent_of(properties: Element | None, *sides: str) -> int | None:
    """How far in a paragraph stands by its own `w:ind`, in twips, on the first of these sides that
    it names; None when it says nothing."""
    own = properties.child("w:ind") if properties else None
    said = next((own.get(f"w:{side}") for side in sides if own.get(f"w:{side}")), "") if own else ""
    return int(said[:6]) if said.isascii() and said.isdecimal() else None


def left_of(properties: Element | None) -> int | None:
    """The side where lines begin."""
    return indent_of(properties, "left", "start")
