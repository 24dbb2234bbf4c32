"""What the styles of a Word file make of a paragraph or of words: by name, outline and lineage."""

from dataclasses import dataclass, field

from briefs.importing.docx.elements import Element
from briefs.importing.docx.style_names import Role, names_code, role_of_id, role_of_name

DEEPEST_HEADING = 6
TOGGLES = ("w:b", "w:i", "w:strike", "w:dstrike", "w:vanish")

_SET_BY_ROLE = (Role.TITLE, Role.HEADING, Role.QUOTE, Role.ASIDE)
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has from those that it is based on.

    `level` is that of a heading or list, from 1. `toggles` says of the names in `TOGGLES` whether
    they are on or off; what isn't in it isn't said. `numbering` is a `w:numPr`. `is_code` is that
    of a style of words.
    """

    role: Role | None = None
    level: int = 0
    toggles: dict[str, bool] = field(default_factory=dict)
    numbering: Element | None = None
    is_code: bool = False

    @property
    def said(self) -> dict[str, bool]:
        """The toggles without those that only make a heading, a quote or a caption look so."""
        if self.role not in _SET_BY_ROLE:
            return self.toggles
        return {name: on for name, on in self.toggles.items() if name == "w:vanish"}


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
            self._read_with_ancestors(key)
        return self._read[key]

    def numbering_of(self, key: str) -> Element | None:
        """The `w:numPr` of a list style."""
        return self.style(key).numbering

    def _read_with_ancestors(self, key: str) -> None:
        """Reads a style and what it is based on, each once; a circle ends where it closes."""
        lineage: dict[str, None] = {}
        while key in self._written and key not in lineage and key not in self._read:
            lineage[key] = None
            key = self._written[key].value("w:basedOn") or ""
        base = self._read.get(key, _PLAIN)
        if key not in self._written:
            said = role_of_id(key)
            base = self._read[key] = Style(*said) if said else _PLAIN
        for each in reversed(lineage):
            base = self._read[each] = _style(self._written[each], base)


def _style(written: Element, base: Style) -> Style:
    properties = written.child("w:pPr")
    name = written.value("w:name") or ""
    said = _role(name, outline_level(properties))
    role, level = said or (base.role, base.level)
    toggles = base.toggles | toggles_of(written.child("w:rPr"))
    own = properties.child("w:numPr") if properties else None
    is_code = base.is_code or (written.get("w:type") == "character" and names_code(name))
    return Style(role, level, toggles, own or base.numbering, is_code)


def _role(name: str, outline: int | None) -> tuple[Role | None, int] | None:
    """What a name we know or an outline level says; None when they say nothing."""
    named = role_of_name(name)
    if named and named[0] is not Role.HEADING:
        return named
    if outline is not None:
        return (Role.HEADING, outline) if outline else (None, 0)
    return (Role.HEADING, min(named[1], DEEPEST_HEADING)) if named else None


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
