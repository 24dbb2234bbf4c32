"""XML as a small tree. A document type is refused, and with it every entity but XML's own five.

The standard library's expat does it: it needs no other library, and its handlers refuse before
anything is built.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from briefs.importing.docx.refusals import damaged, has_definitions, too_deep, too_large

MOST_DEEP = 200
MOST_ELEMENTS = 600_000

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}


@dataclass(slots=True)
class Element:
    """An element; names are `w:p` and the like whichever prefix the file uses, and bare in a
    namespace that isn't known. `text` is all of its own text, before and between children."""

    name: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def child(self, name: str) -> "Element | None":
        """The first child of that name."""
        return next((each for each in self.children if each.name == name), None)

    def all(self, name: str) -> list["Element"]:
        """The children of that name."""
        return [each for each in self.children if each.name == name]

    def value(self, name: str) -> str | None:
        """What a child says in its `w:val`; blank when it says nothing, None without the child."""
        child = self.child(name)
        return None if child is None else child.get("w:val")

    def within(self, *names: str) -> Iterator["Element"]:
        """All elements of these names below this one, in the file's order."""
        waiting = list(reversed(self.children))
        while waiting:
            each = waiting.pop()
            if each.name in names:
                yield each
            waiting.extend(reversed(each.children))


@dataclass(slots=True)
class Builder:
    """Builds trees, all of which together may have so many elements."""

    left: int = field(default_factory=lambda: MOST_ELEMENTS)
    names: dict[str, str] = field(default_factory=dict)

    def tree(self, content: bytes) -> Element:
        """A part's root. Raises `ValidationError` for what isn't XML, or more than is read."""
        growing = _Growing(self)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = growing.start
        parser.EndElementHandler = growing.end
        parser.CharacterDataHandler = growing.words
        parser.StartDoctypeDeclHandler = _refuse_definitions
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise damaged() from error
        return growing.opened[0].children[0]

    def short(self, name: str) -> str:
        """A name as elements have it, one string for all that are alike."""
        if name not in self.names:
            namespace, _, local = name.rpartition(" ")
            prefix = _PREFIXES.get(namespace)
            self.names[name] = f"{prefix}:{local}" if prefix else local
        return self.names[name]

    def count(self) -> None:
        """One more element."""
        self.left -= 1
        if self.left < 0:
            raise too_large()


@dataclass(slots=True)
class _Growing:
    """A tree that is being built: the elements that are open, and the words of each."""

    builder: Builder
    opened: list[Element] = field(default_factory=lambda: [Element("", {})])
    pieces: list[list[str]] = field(default_factory=lambda: [[]])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.builder.count()
        if len(self.opened) > MOST_DEEP:
            raise too_deep()
        short = self.builder.short
        named = {short(key): value for key, value in attributes.items()} if attributes else {}
        element = Element(short(name), named)
        self.opened[-1].children.append(element)
        self.opened.append(element)
        self.pieces.append([])

    def end(self, _name: str) -> None:
        self.opened.pop().text = "".join(self.pieces.pop())

    def words(self, text: str) -> None:
        self.pieces[-1].append(text)


def _refuse_definitions(*_definition: object) -> None:
    raise has_definitions()
