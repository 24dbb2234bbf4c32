"""Numbers that Word counts itself: of headings, equal to those of the tree, and of lists."""

import re
from typing import NamedTuple

from briefs.document.language import Direction
from briefs.document.word_marks import LIST_STEP
from briefs.export.docx.markup import element, paragraph_properties, part, run_properties, value

LEVELS = 9  # Word knows no more
HIGHEST_START = 32_767 - 1_000
"""Word counts no further than 32,767, so a list that starts beyond has its numbers as text."""
_HALF_BULLET, _HALF_NUMBER, _HALF_OF_PART, _HALF_OF_SECTION = 45, 120, 130, 230  # twips

_HEADINGS, _BULLETS, _NUMBERS = 0, 1, 2
BULLET, NUMBER = 2, 3
_MARKS = "•–·"
_NUMBER = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


class Where(NamedTuple):
    """Where the mark of a level stands: how far in its text begins and how far before that the mark
    does, in twips; which part of the mark is at that place."""

    left: int
    hanging: int
    side: str


_NOWHERE = Where(0, 0, "left")


class Numbering:
    """Every count of a document. A `w:num` is one count; which one a paragraph has is what these
    functions give.

    From right to left, programs disagree on which side of its place a mark begins, so there its
    middle is what has a place: half a usual mark further in.
    """

    def __init__(self, colour: str, direction: Direction = "ltr") -> None:
        self.colour = colour
        self.direction = direction
        self.counts = [
            _count(1, _HEADINGS),
            _count(BULLET, _BULLETS),
            _count(NUMBER, _NUMBERS),
        ]
        self.of_headings = 1
        self.part = self.section = 0

    def ordered(self, level: int, start: int) -> int:
        """A new list of numbers, as deep as `level`, counted from 0."""
        return self._added(_NUMBERS, {min(level, LEVELS - 1): start})

    def heading_of_part(self, number: int) -> int:
        """The count in which the next part has this number: the running one, if that is so."""
        if number != self.part + 1:
            self.of_headings = self._added(_HEADINGS, {0: number})
        self.part, self.section = number, 0
        return self.of_headings

    def heading_of_section(self, number: str) -> int | None:
        """The same for a section, such as "2.1". None for a number that isn't of this form."""
        match = _NUMBER.fullmatch(number)
        if match is None:
            return None
        chapter, place = int(match[1]), int(match[2])
        if (chapter, place) != (self.part, self.section + 1):
            self.of_headings = self._added(_HEADINGS, {0: chapter, 1: place})
            # The next part begins a count of its own: whether this one goes on, programs disagree.
            self.part = -1
        if self.part != -1:
            self.part = chapter
        self.section = place
        return self.of_headings

    def list_hanging(self, *, is_bullet: bool) -> int:
        """How far before its text the mark of an item has its place, in twips."""
        half = _HALF_BULLET if is_bullet else _HALF_NUMBER
        return LIST_STEP - (half if self.direction == "rtl" else 0)

    def xml(self) -> str:
        shapes = [self._headings(), self._list(_BULLETS), self._list(_NUMBERS)]
        return part("numbering", "".join([*shapes, *self.counts]))

    def _added(self, shape: int, starts: dict[int, int]) -> int:
        identity = len(self.counts) + 1
        self.counts.append(_count(identity, shape, starts))
        return identity

    def _headings(self) -> str:
        levels = [
            self._heading(0, "%1", 567, _HALF_OF_PART),
            self._heading(1, "%1.%2", 680, _HALF_OF_SECTION),
            *(_level(level, "none", "", _NOWHERE) for level in range(2, LEVELS)),
        ]
        return _shape(_HEADINGS, levels)

    def _heading(self, level: int, text: str, left: int, half: int) -> str:
        hanging = left - (half if self.direction == "rtl" else 0)
        where = Where(left, hanging, self._side)
        return _level(level, "decimal", text, where, style=f"Heading{level + 1}")

    @property
    def _side(self) -> str:
        return "center" if self.direction == "rtl" else "left"

    def _list(self, shape: int) -> str:
        levels = []
        for level in range(LEVELS):
            is_bullet = shape == _BULLETS
            text = _MARKS[min(level, 2)] if is_bullet else f"%{level + 1}."
            look = run_properties({"color": value(self.colour)} if is_bullet else {})
            kind = "bullet" if is_bullet else "decimal"
            hanging = self.list_hanging(is_bullet=is_bullet)
            where = Where(LIST_STEP * (level + 1), hanging, self._side)
            levels.append(_level(level, kind, text, where, look=look))
        return _shape(shape, levels)


def _count(identity: int, shape: int, starts: dict[int, int] | None = None) -> str:
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{level}">{element("startOverride", value(start))}</w:lvlOverride>'
        for level, start in (starts or {}).items()
    )
    shaped = element("abstractNumId", value(shape))
    return f'<w:num w:numId="{identity}">{shaped}{overrides}</w:num>'


def _shape(identity: int, levels: list[str]) -> str:
    several = element("multiLevelType", value("multilevel"))
    return f'<w:abstractNum w:abstractNumId="{identity}">{several}{"".join(levels)}</w:abstractNum>'


def _level(
    level: int, kind: str, text: str, where: Where, *, style: str = "", look: str = ""
) -> str:
    inside = [element("start", value(1)), element("numFmt", value(kind))]
    if style:
        inside.append(element("pStyle", value(style)))
    inside += [
        element("suff", value("tab" if text else "nothing")),
        element("lvlText", value(text)),
        element("lvlJc", value(where.side)),
        paragraph_properties({"ind": f'w:left="{where.left}" w:hanging="{where.hanging}"'}),
        look,
    ]
    return f'<w:lvl w:ilvl="{level}">{"".join(inside)}</w:lvl>'
