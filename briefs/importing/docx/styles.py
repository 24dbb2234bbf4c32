"""What the styles of a Word file make of a paragraph or of words: by name, outline and lineage."""

from dataclasses import dataclass, field

from briefs.importing.docx.elements import Element
from briefs.importing.docx.style_names import Role, role_of_id, role_of_name

MOST_ANCESTORS = 20
DEEPEST_HEADING = 6
TOGGLES = ("w:b", "w:i", "w:strike", "w:dstrike", "w:vanish")

_SET_BY_ROLE = (Role.TITLE, Role.HEADING, Role.QUOTE, Role.ASIDE)
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has from those that it is based on.

    `level` is that of a heading or list, from 1. `toggles` says of the names in `TOGGLES` whether
    they are on or off; what isn't in it isn't said, nor is bold in a heading. `numbering` is a
    `w:numPr`.
    """

    role: Role | None = None
    level: int = 0
    toggles: dict[str, bool] = field(default_factory=dict)
    numbering: Element | None = None


_PLAIN = Style()


class Styles:
    """The styles of a file by their keys."""

    def __init__(self, root: Element | None) -> None:
        every = root.all("w:style") if root else []
        self._written = {each.get("w:styleId"): each for each in every}
        self._read: dict[str, Style] = {}
        default = (
            each.get("w:styleId")
            for each in every
            if each.get("w:type") == "paragraph" and is_on(each.get("w:default", "0"))
        )
        self.default = next(default, "")

    def style(self, key: str | None) -> Style:
        """A style; None is the default one, and an unknown key says what it says by itself."""
        key = self.default if key is None else key
        if key not in self._read:
            self._read[key] = self._style(key)
        return self._read[key]

    def numbering_of(self, key: str) -> Element | None:
        """The `w:numPr` of a list style."""
        return self.style(key).numbering

    def _style(self, key: str) -> Style:
        if key not in self._written:
            said = role_of_id(key)
            return Style(*said) if said else _PLAIN
        lineage = self._lineage(key)
        role, level = _role(lineage)
        toggles: dict[str, bool] = {}
        for each in reversed(lineage):
            toggles |= toggles_of(each.child("w:rPr"))
        if role in _SET_BY_ROLE:
            toggles = {name: on for name, on in toggles.items() if name == "w:vanish"}
        return Style(role, level, toggles, _first(lineage, "w:numPr"))

    def _lineage(self, key: str) -> list[Element]:
        """The style and those that it is based on, the nearest first; a circle ends where it
        closes."""
        lineage: list[Element] = []
        met: set[str] = set()
        while key in self._written and key not in met and len(lineage) < MOST_ANCESTORS:
            met.add(key)
            lineage.append(self._written[key])
            key = lineage[-1].value("w:basedOn") or ""
        return lineage


def _role(lineage: list[Element]) -> tuple[Role | None, int]:
    """The nearest style that has a name we know or an outline level says what it is."""
    for each in lineage:
        named = role_of_name(each.value("w:name") or "")
        if named and named[0] is not Role.HEADING:
            return named
        outline = outline_level(each.child("w:pPr"))
        if outline is not None:
            return (Role.HEADING, outline) if outline else (None, 0)
        if named:
            return Role.HEADING, min(named[1], DEEPEST_HEADING)
    return None, 0


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading that a `w:pPr` says, from 1; 0 for text, None when it says nothing."""
    said = properties.value("w:outlineLvl") if properties else None
    if said is None or not said.isdecimal():
        return None
    level = int(said[:4]) + 1
    return min(level, DEEPEST_HEADING) if level <= 9 else 0


def toggles_of(properties: Element | None) -> dict[str, bool]:
    """What a `w:rPr` turns on or off."""
    if properties is None:
        return {}
    return {
        each.name: is_on(each.get("w:val", "1"))
        for each in properties.children
        if each.name in TOGGLES
    }


def is_on(value: str) -> bool:
    """Whether the value of a switch is on."""
    return value.casefold() not in _OFF


def _first(lineage: list[Element], name: str) -> Element | None:
    for each in lineage:
        properties = each.child("w:pPr")
        found = properties.child(name) if properties else None
        if found:
            return found
    return None
