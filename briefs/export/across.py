"""Which tables lie across the page, in the PDF and in Word: one rule for both."""

import re
from unicodedata import east_asian_width

from briefs.document.blocks import Inline, Table
from briefs.document.words import words_in

MOST_UPRIGHT = 10  # columns that are read on a page that stands
_ROOM = 425  # points between the margins of a page that stands
_LETTER, _AROUND = 4, 11  # points: the mean width of one at 8 points, and the room around a cell
_LONGEST_WORD = 18  # letters of a word that a column is made wide enough for
_BREAKS = re.compile(r"[\s/–-]+")


def is_across(table: Table) -> bool:
    """Whether a table that stands in nothing else gets a page laid across: it has many columns, or
    words that a page that stands would break letter by letter."""
    columns = [*zip(table["head"], *table["rows"], strict=True)]
    needed = sum(max(map(_longest, cells)) * _LETTER + _AROUND for cells in columns)
    return len(columns) > MOST_UPRIGHT or needed > _ROOM


def _longest(cell: list[Inline]) -> int:
    """The letters of the longest word that can't be broken; Chinese breaks anywhere."""
    said = words_in([{"kind": "paragraph", "inlines": cell}])
    apart = "".join(" " if east_asian_width(letter) in "WF" else letter for letter in said)
    return min(max(map(len, _BREAKS.split(apart))), _LONGEST_WORD)
