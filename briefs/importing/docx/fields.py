"""Fields of Word: what they show is text, what they are told to show is not."""

import re
from dataclasses import dataclass, field

from briefs.importing.docx.elements import Element

DEEPEST = 20

_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_LEFT_OUT = _CONTENTS | {"PAGE", "NUMPAGES", "SECTIONPAGES"}
_LINK = re.compile(r"\s*HYPERLINK\s+(?:\"([^\"]*)\"|([^\s\\\"]\S*))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a field is told: whether it makes a list of contents, whether its result is left out as
    that or as a page number, and the address of a link, blank for none."""

    makes_contents: bool
    is_left_out: bool
    link: str


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
    opened: list[_Field] = field(default_factory=list)

    def character(self, kind: str) -> Instruction | None:
        """Takes in that a field begins, comes to its result or ends; gives the instruction of one
        that comes to its result."""
        if not self.is_whole:
            return None
        if kind == "begin":
            self.opened.append(_Field())
        elif kind == "separate" and self.opened:
            self.opened[-1].instruction = read_instruction("".join(self.opened[-1].told))
            return self.opened[-1].instruction
        elif kind == "end" and self.opened:
            self.opened.pop()
        return None

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
    depth = 0
    for each in root.within("w:fldChar"):
        kind = each.get("w:fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if not 0 <= depth <= DEEPEST:
            return Fields(is_whole=False)
    return Fields(is_whole=depth == 0)


def read_instruction(text: str) -> Instruction:
    """What an instruction says; a link within the document has no address."""
    name = text.split(maxsplit=1)[0].upper() if text.strip() else ""
    match = _LINK.match(text)
    link = (match[1] or match[2] or "").strip() if match else ""
    return Instruction(name in _CONTENTS, name in _LEFT_OUT, link)
