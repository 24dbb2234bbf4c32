"""A Word file as Markdown, with a sentence for each thing that Markdown can't hold."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from briefs.drafting.picture_file import Encoded, Known, none_known
from briefs.importing.docx.blocks import Block, Heading, Text
from briefs.importing.docx.containers import Containers
from briefs.importing.docx.elements import Element
from briefs.importing.docx.inlines import Marks, NoteMark, Words
from briefs.importing.docx.losses import Loss, sentences
from briefs.importing.docx.media import Leads, Media
from briefs.importing.docx.numbering import Numbering
from briefs.importing.docx.own import header_of, header_with_title, take_ours_out
from briefs.importing.docx.parts import WordFile, word_file
from briefs.importing.docx.places import OwnPlaces, Places
from briefs.importing.docx.story import story
from briefs.importing.docx.styles import Styles
from briefs.importing.docx.writing import Writer


@dataclass(frozen=True, slots=True)
class FromWord:
    """The Markdown with the pictures that it names, and what isn't in it or stands there otherwise
    than in the file."""

    text: str
    remarks: tuple[str, ...]
    pictures: tuple[Encoded, ...]


def markdown_of(content: bytes, known: Known = none_known) -> FromWord:
    """Reads the bytes of a .docx file for a brief that has the `known` pictures. Raises
    `ValidationError` with a sentence for whatever else they are, and for what is damaged or too
    large."""
    file = word_file(content)
    media = Media(file.picture, known)
    losses: Counter[Loss] = Counter()
    if file.comments:
        losses[Loss.COMMENT] = len(file.comments.all("w:comment"))
    header = header_of(file.properties)
    reader = _Reader(file, media, losses, is_ours=bool(header))
    blocks = _with_one_title(reader.body())
    at = _title_at(blocks)
    has_title = at is not None or bool(header)
    writer = Writer(reader.note, losses, has_title, Containers(is_exact=bool(header)))
    text = writer.write([*map(_above_title, blocks[:at]), *blocks[at:]] if at else blocks)
    if header:
        text = header_with_title(header, is_changed=at is not None) + text
    if not text.strip():
        raise ValidationError(
            _("There is no text in the Word file. Choose the file in which the brief is written.")
        )
    return FromWord(text, sentences(losses), tuple(media.taken.values()))


@dataclass(slots=True)
class _Reader:
    """Reads the body and the notes of a file."""

    file: WordFile
    media: Media
    losses: Counter[Loss]
    is_ours: bool
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    _notes: Mapping[NoteMark, Element] = field(init=False)

    def __post_init__(self) -> None:
        self.styles = Styles(self.file.styles)
        self.numbering = Numbering(self.file.numbering, self.styles)
        self._notes = _notes(self.file)

    def body(self) -> list[Block]:
        body = self.file.document.child("w:body")
        if body and self.is_ours:
            self.losses[Loss.OURS] = take_ours_out(body, self.styles)
        return self._blocks(body, "document") if body else []

    def note(self, mark: NoteMark) -> list[Block]:
        """A note's blocks; none for one that isn't in the file."""
        note = self._notes.get(mark)
        return self._blocks(note, mark.kind) if note else []

    def _blocks(self, root: Element, part: str) -> list[Block]:
        links, images = self.file.links.get(part, {}), self.file.images.get(part, {})
        leads = Leads(links, images, self.media)
        places = OwnPlaces(is_note=part != "document") if self.is_ours else Places()
        read = story(root, leads, self.styles, self.numbering, self.losses, places)
        return read.blocks(root)


def _notes(file: WordFile) -> dict[NoteMark, Element]:
    """All notes but the lines that Word draws above them."""
    return {
        NoteMark(kind, each.get("w:id")): each
        for kind, part in (("footnotes", file.footnotes), ("endnotes", file.endnotes))
        for each in (part.children if part else [])
        if each.name in ("w:footnote", "w:endnote") and each.get("w:type", "normal") == "normal"
    }


def _with_one_title(blocks: list[Block]) -> list[Block]:
    """A title that takes several paragraphs is one line."""
    found: list[Block] = []
    for each in blocks:
        last = found[-1] if found else None
        if _is_title(each) and _is_title(last):
            last.inlines.extend([Words(" "), *each.inlines])
        else:
            found.append(each)
    return found


def _is_title(block: Block | None) -> TypeGuard[Heading]:
    return isinstance(block, Heading) and block.level == 0


def _title_at(blocks: list[Block]) -> int | None:
    """Where the title stands if it is the first of all headings, so that the others are below
    it."""
    headings = ((at, each) for at, each in enumerate(blocks) if isinstance(each, Heading))
    at, first = next(headings, (0, None))
    return at if _is_title(first) else None


def _above_title(block: Block) -> Block:
    """A paragraph without bold, in which it could be taken for the title."""
    if not isinstance(block, Text):
        return block
    words = [
        replace(each, marks=each.marks & ~Marks.BOLD) if isinstance(each, Words) else each
        for each in block.inlines
    ]
    return replace(block, inlines=words)
