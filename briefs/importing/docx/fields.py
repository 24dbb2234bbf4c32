"""Fields of Word: what they show is text, what they are told to show is not."""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefs.importing.docx.elements import Element
from briefs.importing.docx.inlines import NOTES, NoteMark

DEEPEST = 20

_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_LEFT_OUT = _CONTENTS | {"PAGE", "NUMPAGES", "SECTIONPAGES"}
_LINK = re.compile(r"\s*HYPERLINK\s+(?:\"([^\"]*)\"|([^\s\\\"]\S*))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a field is told: whether it makes a list of contents, whether its result is left out as
    that, as a page number or for the note to which it refers once more, and the address of a link,
    blank for none."""

    makes_contents: bool
    is_left_out: bool
    link: str
    note: NoteMark | None


@dataclass(slots=True)
class _Field:
    """A field that is open; without an instruction as long as its result hasn't begun."""

    told: list[str] = field(default_factory=list)
    instruction: Instruction | None = None


@dataclass(slots=True)
class Fields:
    """The fields that are open at one place. Where they don't match in the file, none is heeded:
    one that is never closed would take the rest of the text with it."""

    is_whole: bool
    notes: Mapping[str, NoteMark]
    opened: list[_Field] = field(default_factory=list)

    def character(self, kind: str) -> Instruction | None:
        """Takes in that a field begins, comes to its result or ends; gives the instruction of one
        that comes to its result."""
        if not self.is_whole:
            return None
        if kind == "begin":
            self.opened.append(_Field())
        elif kind == "separate" and self.opened:
            self.opened[-1].instruction = self.read("".join(self.opened[-1].told))
            return self.opened[-1].instruction
        elif kind == "end" and self.opened:
            self.opened.pop()
        return None

    def read(self, text: str) -> Instruction:
        """What an instruction says; a link within the document has no address."""
        name, *others = [word.strip('"') for word in text.split(maxsplit=2)] or [""]
        name = name.upper()
        match = _LINK.match(text)
        link = (match[1] or match[2] or "").strip() if match else ""
        note = self.notes.get(others[0]) if name == "NOTEREF" and others else None
        return Instruction(name in _CONTENTS, note is not None or name in _LEFT_OUT, link, note)

    def tell(self, text: str) -> None:
        """A piece of an instruction."""
        if self.opened and self.opened[-1].instruction is None:
            self.opened[-1].told.append(text)

    @property
    def shows_text(self) -> bool:
        """Whether words here are read."""
        return all(each.instruction and not each.instruction.is_left_out for each in self.opened)

    @property
    def link(self) -> str:
        """The address to which words here lead."""
        told = (each.instruction for each in reversed(self.opened) if each.instruction)
        return next((each.link for each in told if each.link), "")


def fields_of(root: Element) -> Fields:
    """The fields of a text, none of which is open yet."""
    notes = _notes_by_bookmark(root)
    depth = 0
    for each in root.within("w:fldChar"):
        kind = each.get("w:fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if not 0 <= depth <= DEEPEST:
            return Fields(is_whole=False, notes=notes)
    return Fields(is_whole=depth == 0, notes=notes)


def _notes_by_bookmark(root: Element) -> dict[str, NoteMark]:
    """The note that each bookmark is around; some programs refer to a note again by that."""
    notes: dict[str, NoteMark] = {}
    around: deque[tuple[str, str]] = deque(maxlen=DEEPEST)
    for each in root.within("w:bookmarkStart", "w:bookmarkEnd", *NOTES):
        if each.name == "w:bookmarkStart":
            around.append((each.get("w:id"), each.get("w:name")))
        elif each.name == "w:bookmarkEnd":
            around = deque((one for one in around if one[0] != each.get("w:id")), DEEPEST)
        else:
            mark = NoteMark(NOTES[each.name], each.get("w:id"))
            for _key, name in around:
                notes[name] = mark
    return notes
