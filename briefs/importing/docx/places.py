"""Where the blocks of a file stand: by their styles, and in a file of ours by their indents."""

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from briefs.document.word_marks import LIST_STEP, TYPED_STEP
from briefs.importing.docx.blocks import Point
from briefs.importing.docx.elements import Element
from briefs.importing.docx.inlines import Inline, Words, plain_text
from briefs.importing.docx.numbering import LARGEST, Item
from briefs.importing.docx.style_names import Role
from briefs.importing.docx.where import (
    EVERY,
    NOWHERE,
    TOLERANCE,
    Where,
    indent_of,
    left_of,
    where_of,
)

_LOOSE = 100  # twips; an item of a tight list has 60 below it, of a loose one 140
_TYPED = re.compile(r"([0-9]{1,10})\. ")
_INSIDE = Where(EVERY)
_QUOTED = Where(quotes=1)


class Places:
    """In any file. `frames_text` says that a table of one cell is only a frame."""

    frames_text: ClassVar[bool] = True

    def text(self, properties: Element | None, role: Role | None) -> Where:
        """Of a paragraph."""
        if role is Role.QUOTE:
            return _QUOTED
        return _INSIDE if role is Role.CONTINUED else NOWHERE

    def is_code(self, properties: Element | None) -> bool:
        """Whether a paragraph is code though its style doesn't say so."""
        return False

    def code(self, properties: Element | None) -> Where:
        """Of code; what is further in belongs to an item."""
        return _INSIDE if left_of(properties) else NOWHERE

    def rule(self, properties: Element | None) -> Where:
        """Of a line from side to side."""
        return NOWHERE

    def table(self, properties: Element | None) -> Where:
        """Of a table by its `w:tblPr`."""
        return NOWHERE

    def point(self, item: Item, inlines: list[Inline], properties: Element | None) -> Point:
        """An item of a list that Word counts."""
        return Point(item, inlines)

    def typed_point(self, inlines: list[Inline], properties: Element | None) -> Point | None:
        """An item whose number is text; None for what is none."""
        return None


@dataclass(frozen=True, slots=True)
class OwnPlaces(Places):
    """In a file that Chancery wrote; what somebody put elsewhere in it is as in any file.
    `is_note` is for a note, in which all paragraphs have the same style."""

    frames_text: ClassVar[bool] = False

    is_note: bool

    def text(self, properties: Element | None, role: Role | None) -> Where:
        found = where_of(left_of(properties) or 0)
        if found and role is Role.QUOTE and found.quotes:
            return found._replace(innermost="quote")
        if found and role is Role.CONTINUED and found.lists:
            return found._replace(innermost="list")
        if found and role is None and self.is_note:
            return found
        return Places.text(self, properties, role)

    def is_code(self, properties: Element | None) -> bool:
        return self.is_note and properties is not None and properties.child("w:shd") is not None

    def code(self, properties: Element | None) -> Where:
        return where_of(left_of(properties) or 0) or Places.code(self, properties)

    def rule(self, properties: Element | None) -> Where:
        """It ends as far from the right as it begins from where it stands."""
        left = left_of(properties) or 0
        return where_of(left - (indent_of(properties, "right", "end") or 0)) or NOWHERE

    def table(self, properties: Element | None) -> Where:
        indent = properties.child("w:tblInd") if properties else None
        said = indent.get("w:w") if indent else ""
        is_number = said.isascii() and said.isdecimal()
        return (where_of(int(said[:6])) if is_number else None) or NOWHERE

    def point(self, item: Item, inlines: list[Inline], properties: Element | None) -> Point:
        left = left_of(properties)
        where = None if left is None else where_of(left - LIST_STEP)
        return _point(item, inlines, properties, where or Where(item.level))

    def typed_point(self, inlines: list[Inline], properties: Element | None) -> Point | None:
        left, hanging = left_of(properties), indent_of(properties, "hanging")
        match = _TYPED.match(plain_text(inlines))
        where = None if left is None else where_of(left - TYPED_STEP)
        is_typed = hanging is not None and abs(hanging - TYPED_STEP) <= TOLERANCE
        if match is None or where is None or not is_typed:
            return None
        item = Item("", 0, min(int(match[1]), LARGEST))
        return _point(item, _without_start(inlines, match.end()), properties, where)


def _point(item: Item, inlines: list[Inline], properties: Element | None, where: Where) -> Point:
    spacing = properties.child("w:spacing") if properties else None
    below = spacing.get("w:after") if spacing else ""
    is_loose = below.isascii() and below.isdecimal() and int(below[:6]) >= _LOOSE
    return Point(item._replace(level=where.lists), inlines, where.quotes, is_loose)


def _without_start(inlines: list[Inline], length: int) -> list[Inline]:
    """Without the first so many characters, all of which are words."""
    left: list[Inline] = []
    for each in inlines:
        if length and isinstance(each, Words):
            taken = min(length, len(each.text))
            length -= taken
            left += [replace(each, text=each.text[taken:])] if each.text[taken:] else []
        else:
            left.append(each)
    return left
