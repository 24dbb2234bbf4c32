"""Which list a paragraph is an item of, and the number that Word shows before it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from briefs.importing.docx.elements import Element
from briefs.importing.docx.styles import Styles

LEVELS = 9
LARGEST = 999_999_999
"""Markdown takes no longer number."""
MOST_STEPS = 10


class Place(NamedTuple):
    """Where a numbering definition puts a paragraph; `level` counts from 0. Lists that are counted
    together have the same `shared` definition, of which `levels` are the levels of this one."""

    list_key: str
    level: int
    shared: str
    levels: "dict[int, _Level]"


class Item(NamedTuple):
    """An item of a list. `number` is None for a bullet; `is_lettered` says that Word shows a letter
    or a Roman number for it."""

    list_key: str
    level: int
    number: int | None
    is_lettered: bool = False


@dataclass(slots=True)
class _Level:
    format: str
    start: int
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The numbering definitions, and how far each list has been counted."""

    root: Element | None
    styles: Styles
    _lists: dict[str, tuple[str, dict[int, _Level]] | None] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _numbers: dict[str, Element] = field(default_factory=dict)
    _abstracts: dict[str, Element] = field(default_factory=dict)
    _shared: dict[str, dict[int, _Level] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root:
            self._numbers = {each.get("w:numId"): each for each in self.root.all("w:num")}
            abstracts = self.root.all("w:abstractNum")
            self._abstracts = {each.get("w:abstractNumId"): each for each in abstracts}

    def place(self, properties: Element | None, style: str = "") -> Place | None:
        """What a `w:numPr` says, None for what is in no list that the file knows. Without a level,
        it is that which names the paragraph's style."""
        key = (properties.value("w:numId") if properties else None) or "0"
        found = self._levels(key) if key != "0" else None
        if properties is None or found is None:
            return None
        named = (at for at, level in found[1].items() if style and level.style == style)
        level = _count(properties.value("w:ilvl"), next(named, 0))
        return Place(key, min(level, LEVELS - 1), *found)

    def count(self, place: Place) -> Item | None:
        """The next item of a list, None where Word shows neither number nor bullet."""
        shared = place.shared
        level = place.levels.get(place.level, _Level("bullet", 1))
        if level.format == "none":
            return None
        self._begin(place.list_key, shared)
        for deeper in range(place.level + 1, LEVELS):
            self._counts.pop((shared, deeper), None)
        counted = self._counts.get((shared, place.level), level.start - 1) + 1
        self._counts[shared, place.level] = counted
        if level.format == "bullet":
            return Item(place.list_key, place.level, None)
        is_lettered = "decimal" not in level.format
        return Item(place.list_key, place.level, min(max(counted, 0), LARGEST), is_lettered)

    def _begin(self, key: str, shared: str) -> None:
        """A list that says where it starts starts anew; any other goes on counting the list that it
        shares its definition with."""
        if key in self._begun:
            return
        self._begun.add(key)
        for override in self._numbers[key].all("w:lvlOverride"):
            start = override.value("w:startOverride")
            if start is not None:
                level = _count(override.get("w:ilvl"), 0)
                self._counts[shared, level] = _count(start, 1) - 1

    def _levels(self, key: str) -> tuple[str, dict[int, _Level]] | None:
        """The key of the shared definition and its levels."""
        if key not in self._lists:
            self._lists[key] = self._defined(key)
        return self._lists[key]

    def _defined(self, key: str) -> tuple[str, dict[int, _Level]] | None:
        number = self._numbers.get(key)
        shared = number.value("w:abstractNumId") if number else None
        if number is None or shared is None:
            return None
        if shared not in self._shared:
            abstract = self._abstract(shared)
            self._shared[shared] = _levels(abstract.all("w:lvl")) if abstract else None
        levels = self._shared[shared]
        if levels is None:
            return None
        overrides = [own for each in number.all("w:lvlOverride") for own in each.all("w:lvl")]
        return shared, levels | _levels(overrides)

    def _abstract(self, key: str) -> Element | None:
        """A definition, through the list styles that it may lead to; None when they go round."""
        for _step in range(MOST_STEPS):
            abstract = self._abstracts.get(key)
            style = abstract.value("w:numStyleLink") if abstract else None
            if style is None:
                return abstract
            properties = self.styles.numbering_of(style)
            number = self._numbers.get(properties.value("w:numId") or "") if properties else None
            key = (number.value("w:abstractNumId") or "") if number else ""
        return None


def _levels(written: list[Element]) -> dict[int, _Level]:
    """The levels that Word has, by their numbers from 0."""
    numbered = ((_count(each.get("w:ilvl"), 0), each) for each in written)
    return {number: _level(each) for number, each in numbered if number < LEVELS}


def _level(level: Element) -> _Level:
    start = _count(level.value("w:start"), 1)
    return _Level(level.value("w:numFmt") or "decimal", start, level.value("w:pStyle") or "")


def _count(value: str | None, default: int) -> int:
    """A number of the file as far as it is one."""
    if value is None or not value.isascii() or not value.isdecimal():
        return default
    return min(int(value[:10]), LARGEST)
