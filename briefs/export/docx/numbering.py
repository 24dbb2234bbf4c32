"""Numbers that Word counts itself: of headings, equal to those of the tree, and of lists."""

import re

from briefs.export.docx.markup import element, paragraph_properties, part, run_properties, value

LIST_STEP = 360  # twips
LEVELS = 9  # Word knows no more
HIGHEST_START = 32_767 - 1_000
"""Word counts no further than 32,767, so a list that starts beyond has its numbers as text."""

_HEADINGS, _BULLETS, _NUMBERS = 0, 1, 2
BULLET, NUMBER = 2, 3
_MARKS = "•–·"
_NUMBER = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


class Numbering:
    """Every count of a document. A `w:num` is one count; which one a paragraph has is what these
    functions give."""

    def __init__(self, colour: str) -> None:
        self.colour = colour
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

    def xml(self) -> str:
        shapes = [self._headings(), self._list(_BULLETS), self._list(_NUMBERS)]
        return part("numbering", "".join([*shapes, *self.counts]))

    def _added(self, shape: int, starts: dict[int, int]) -> int:
        identity = len(self.counts) + 1
        self.counts.append(_count(identity, shape, starts))
        return identity

    def _headings(self) -> str:
        levels = [
            _level(0, "decimal", "%1", (567, 567), style="Heading1"),
            _level(1, "decimal", "%1.%2", (680, 680), style="Heading2"),
            *(_level(level, "none", "", (0, 0)) for level in range(2, LEVELS)),
        ]
        return _shape(_HEADINGS, levels)

    def _list(self, shape: int) -> str:
        levels = []
        for level in range(LEVELS):
            is_bullet = shape == _BULLETS
            text = _MARKS[min(level, 2)] if is_bullet else f"%{level + 1}."
            look = run_properties({"color": value(self.colour)} if is_bullet else {})
            kind = "bullet" if is_bullet else "decimal"
            left = LIST_STEP * (level + 1)
            levels.append(_level(level, kind, text, (left, LIST_STEP), look=look))
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
    level: int, kind: str, text: str, indent: tuple[int, int], *, style: str = "", look: str = ""
) -> str:
    inside = [element("start", value(1)), element("numFmt", value(kind))]
    if style:
        inside.append(element("pStyle", value(style)))
    inside += [
        element("suff", value("tab" if text else "nothing")),
        element("lvlText", value(text)),
        element("lvlJc", value("left")),
        paragraph_properties({"ind": f'w:left="{indent[0]}" w:hanging="{indent[1]}"'}),
        look,
    ]
    return f'<w:lvl w:ilvl="{level}">{"".join(inside)}</w:lvl>'
