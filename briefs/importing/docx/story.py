"""One text of a Word file, its body or a note, as blocks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefs.document.word_marks import CODE_FONT
from briefs.importing.docx.blocks import (
    Block,
    Code,
    Heading,
    Paragraph,
    Point,
    Rule,
    Text,
)
from briefs.importing.docx.code import may_be_code, with_joined_code, with_language
from briefs.importing.docx.elements import Element
from briefs.importing.docx.fields import fields_of
from briefs.importing.docx.inlines import Inline, has_words, is_bold, plain_text
from briefs.importing.docx.losses import Loss
from briefs.importing.docx.media import Leads
from briefs.importing.docx.numbering import Item, Numbering
from briefs.importing.docx.pictures import alternatives
from briefs.importing.docx.places import OwnPlaces, Places
from briefs.importing.docx.refusals import too_large
from briefs.importing.docx.rules import is_rule
from briefs.importing.docx.runs import Runs
from briefs.importing.docx.style_names import Role
from briefs.importing.docx.styles import Style, Styles, outline_level
from briefs.importing.docx.tables import table_blocks
from briefs.importing.source import MAX_BYTES

LONGEST_CAPTION = 200
"""Characters of a paragraph that may stand for a heading."""

_AROUND = frozenset({"w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"})
_CONTENTS = "Table of Contents"
_HEADS = (Role.TITLE, Role.HEADING, Role.CONTENTS)


@dataclass(slots=True)
class Story:
    """Reads one text. `styles`, `numbering` and `losses` are the whole file's; `places` are our own
    where Chancery wrote it, so that only headings are headings, and chapters have numbers."""

    styles: Styles
    numbering: Numbering
    losses: Counter[Loss]
    runs: Runs
    places: Places
    size: int = 0
    _joined: list[Inline] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        return isinstance(self.places, OwnPlaces)

    def blocks(self, root: Element) -> list[Block]:
        """All blocks of the text."""
        found = list(self.read(root.children))
        if has_words(self._joined):
            found.append(Text(self._joined))
        found = with_joined_code(found)
        return found if self.is_ours else _with_captions(found)

    def read(self, elements: list[Element]) -> Iterator[Block]:
        """The blocks that some elements hold; tables come here for their cells."""
        for each in elements:
            if each.name == "w:p":
                yield from self._paragraph(each)
            elif each.name == "w:tbl":
                yield from table_blocks(each, self.read, self.losses, self.places)
            elif each.name == "w:sdt":
                yield from self._content(each)
            elif each.name in _AROUND:
                yield from self.read(each.children)
            elif each.name == "mc:AlternateContent":
                yield from self.read(alternatives(each))
            elif each.name in ("w:altChunk", "w:subDoc"):
                self.losses[Loss.OTHER_FILE] += 1

    def _content(self, control: Element) -> Iterator[Block]:
        properties = control.child("w:sdtPr")
        gallery = properties.child("w:docPartObj") if properties else None
        if gallery and gallery.value("w:docPartGallery") == _CONTENTS:
            self.losses[Loss.CONTENTS] += 1
            return
        for each in control.all("w:sdtContent"):
            yield from self.read(each.children)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.child("w:pPr")
        key = properties.value("w:pStyle") if properties else None
        style = self.styles.style(key)
        inlines, self._joined = self._joined, []
        own = self.runs.inlines(paragraph, style)
        self._weigh(own)
        inlines += own
        boxes, self.runs.boxes = self.runs.boxes, []
        if _goes_on(properties):
            self._joined = inlines
        elif style.role is Role.CONTENTS:
            self.losses[Loss.CONTENTS] += has_words(inlines)
        elif has_words(inlines):
            block = self._block(inlines, properties, style, key or self.styles.default)
            yield with_language(block, paragraph) if self.is_ours else block
        elif is_rule(paragraph):
            yield Rule(self.places.rule(properties))
        elif self.is_ours and style.role not in _HEADS:
            yield from self._empty(properties, style, key or self.styles.default)
        for box in boxes:
            self.losses[Loss.BOX] += 1
            yield from self.read(box.children)

    def _empty(self, properties: Element | None, style: Style, key: str) -> Iterator[Paragraph]:
        """Code without text, or an item that begins with another block than a paragraph."""
        if style.role is Role.CODE:
            yield Code([], self.places.code(properties))
            return
        item = self._item(properties, style, key)
        if item:
            yield self.places.point(item, [], properties)

    def _weigh(self, inlines: list[Inline]) -> None:
        self.size += len(plain_text(inlines))
        if self.size > MAX_BYTES:
            raise too_large()

    def _block(
        self, inlines: list[Inline], properties: Element | None, style: Style, key: str
    ) -> Paragraph:
        outline = outline_level(properties)
        is_heading = style.role is Role.HEADING and outline != 0
        if style.role is Role.TITLE:
            return Heading(0, inlines)
        if is_heading or outline:
            level = outline or style.level
            is_chapter = self.is_ours and level == 1
            chapter = self._item(properties, style, key) if is_chapter else None
            return Heading(level, inlines, chapter.number if chapter else None)
        is_code = style.role is Role.CODE or self.places.is_code(properties)
        if is_code and may_be_code(inlines):
            return Code(inlines, self.places.code(properties))
        item = self._item(properties, style, key)
        if item:
            self.losses[Loss.LETTERED] += item.is_lettered
            return self.places.point(item, inlines, properties)
        typed = self.places.typed_point(inlines, properties)
        return typed or Text(inlines, self.places.text(properties, style.role))

    def _item(self, properties: Element | None, style: Style, key: str) -> Item | None:
        own = properties.child("w:numPr") if properties else None
        place = self.numbering.place(own or style.numbering, key)
        is_out = own is not None and own.value("w:numId") == "0"
        if place:
            item = self.numbering.count(place)
            return item._replace(level=max(item.level, style.level - 1)) if item else None
        if style.role is Role.BULLET and not is_out:
            return Item(key, style.level - 1, None)
        return None


def _goes_on(properties: Element | None) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on with its line."""
    mark = properties.child("w:rPr") if properties else None
    return mark is not None and any(mark.child(name) for name in ("w:del", "w:moveFrom"))


def story(
    root: Element,
    leads: Leads,
    styles: Styles,
    numbering: Numbering,
    losses: Counter[Loss],
    places: Places,
) -> Story:
    """A reader for the text below `root`, whose relations `leads` follows."""
    code_font = CODE_FONT if isinstance(places, OwnPlaces) else ""
    runs = Runs(styles, leads, fields_of(root), losses, code_font)
    return Story(styles, numbering, losses, runs, places)


def _with_captions(blocks: list[Block]) -> list[Block]:
    """A numbered point in bold that stands alone is a heading, whose number isn't text."""
    keys = ["", *(each.item.list_key if isinstance(each, Point) else "" for each in blocks), ""]
    return [
        Text(each.inlines)
        if isinstance(each, Point)
        and keys[at] not in (keys[at - 1], keys[at + 1])
        and _is_caption(each)
        else each
        for at, each in enumerate(blocks, start=1)
    ]


def _is_caption(point: Point) -> bool:
    is_short = len(plain_text(point.inlines)) <= LONGEST_CAPTION
    return point.item.number is not None and is_short and is_bold(point.inlines)
