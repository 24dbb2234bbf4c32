"""The words of a paragraph as Word's runs."""

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from briefs.document.blocks import Block, Footnote, Image, Inline, Link, Span
from briefs.document.pictures import sha256_of
from briefs.document.translation import gettext as _
from briefs.export.docx.anchors import Anchors, Mark
from briefs.export.docx.looks import CODE_LOOK, INLINE_CODE
from briefs.export.docx.markup import bold, field, italic, run, value
from briefs.export.docx.notes import bookmark_of
from briefs.export.docx.package import Relations
from briefs.export.docx.place import Line
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.tracking import Fate
from briefs.export.docx.words import word_runs

_LONGEST_LINK = 2000
# What Word takes for an address without calling the file damaged.
_ADDRESS = re.compile(
    r"https?://[a-z0-9._-]+(?::[0-9]{1,5})?(?:[/?#].*)?|mailto:[^?#]+.*", re.IGNORECASE
)
_REFERENCE = {"rStyle": value("FootnoteReference")}

WriteNote = Callable[[list[Block], Fate], str]


class Inlines:
    """Writes the words of one answer into one part of the file, whose `relations` are given.
    `write_note` sets the blocks of a note; None within a note, where Word knows no
    further ones: these stand behind the note that refers to them."""

    def __init__(
        self,
        sheet: Sheet,
        relations: Relations,
        anchors: Anchors,
        write_note: WriteNote | None,
        numbers: dict[tuple[bool, int], int],
    ) -> None:
        self.sheet = sheet
        self.relations = relations
        self.anchors = anchors
        self.write_note = write_note
        # Word's number of each note of the answer, by whether it is in the older text.
        self.numbers = numbers
        self.waiting: list[tuple[int, list[Block]]] = []

    def write(self, inlines: Iterable[Inline], line: Line) -> str:
        return "".join(self.inline(inline, line) for inline in inlines)

    def inline(self, inline: Inline, line: Line) -> str:
        if isinstance(inline, str):
            return self.text(inline.replace("\n", " "), line)
        match inline["kind"]:
            case "strong" | "emphasis" | "strike" | "link":
                return self.marked(inline, line)
            case "code":
                return self.text(inline["text"].replace("\n", " "), line.marked("code"))
            case "image":
                return self.image(inline, line)
            case "footnote":
                return self.footnote(inline, line)
            case "break":
                return self.tracked(run("<w:br/>"), line)

    def text(self, text: str, line: Line) -> str:
        """Words as they are; a line end is one, too."""
        is_read = line.is_read and line.fate is not Fate.REMOVED
        pieces = self.anchors.cut(text) if is_read else [text]
        return "".join(
            piece if isinstance(piece, Mark) else "".join(self.runs(piece, line))
            for piece in pieces
        )

    def runs(self, text: str, line: Line) -> Iterator[str]:
        for run_of_words in word_runs(self.sheet, text, line.direction, self.properties(line)):
            yield self.tracked(run_of_words, line)

    def properties(self, line: Line) -> dict[str, str]:
        found: dict[str, str] = {}
        if "link" in line.marks:
            found["rStyle"] = value("Hyperlink")
        elif "code" in line.marks:
            found["rStyle"] = value(INLINE_CODE)
        if "strong" in line.marks:
            found |= bold()
        if "emphasis" in line.marks:
            found |= italic()
        if "strike" in line.marks:
            found["strike"] = ""
        if {"link", "code"} <= line.marks:
            found |= CODE_LOOK
        return found

    def tracked(self, runs: str, line: Line) -> str:
        return self.sheet.tracking.around(runs, line.fate)

    def marked(self, span: Span | Link, line: Line) -> str:
        if span["kind"] != "link":
            return self.write(span["inlines"], line.marked(span["kind"]))
        address = self.address(span["href"])
        line = line.marked("link") if address else line
        inside = self.write(span["inlines"], line) or self.text(span["href"], line.unread())
        return self.linked(address, inside)

    def linked(self, address: str, runs: str) -> str:
        """Runs as a link; a blank address is none."""
        if not address:
            return runs
        identity = self.relations.address(self.sheet.characters.text(address))
        return f'<w:hyperlink r:id="{identity}" w:history="1">{runs}</w:hyperlink>'

    def address(self, href: str) -> str:
        """An address that Word opens; blank for one that it would call a fault of the file."""
        encoded = quote(href, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
        if len(encoded) > _LONGEST_LINK or not _ADDRESS.fullmatch(encoded):
            return ""
        return encoded

    def image(self, image: Image, line: Line) -> str:
        picture = self.sheet.pictures.find(sha256_of(image["source"]))
        if picture is None:
            words = image["alt"] or image["source"] or _("picture")
            return self.text("[", line) + self.described(image, words, line) + self.text("]", line)
        room = (line.room, self.sheet.text_height * 4 // 5)
        drawing = self.sheet.pictures.drawing(picture, image["alt"], self.relations, room)
        shown = self.tracked(drawing, line)
        if line.is_read and line.fate is not Fate.REMOVED:
            return self.anchors.around(shown, image["alt"])
        return shown

    def described(self, image: Image, words: str, line: Line) -> str:
        return self.text(words.replace("\n", " "), line if image["alt"] else line.unread())

    def footnote(self, footnote: Footnote, line: Line) -> str:
        key = (line.fate is Fate.REMOVED, footnote["number"])
        known = self.numbers.get(key)
        if known is not None:
            return self.known_note(known, footnote["number"], line)
        if self.write_note is None:
            self.waiting.append((footnote["number"], footnote["blocks"]))
            self.numbers[key] = -footnote["number"]
            return self.text(f"[{footnote['number']}]", line.unread())
        number = self.sheet.notes.begin()
        self.numbers[key] = number
        self.sheet.notes.end(number, self.write_note(footnote["blocks"], line.fate))
        identity = next(self.sheet.identities)
        reference = run(f'<w:footnoteReference w:id="{number}"/>', _REFERENCE)
        return (
            f'<w:bookmarkStart w:id="{identity}" w:name="{bookmark_of(number)}"/>'
            f'{self.tracked(reference, line)}<w:bookmarkEnd w:id="{identity}"/>'
        )

    def known_note(self, known: int, number: int, line: Line) -> str:
        """A second reference. A negative number is that of a note which stands behind another."""
        if known < 0:
            return self.text(f"[{number}]", line.unread())
        return self.tracked(
            field(f"NOTEREF {bookmark_of(known)} \\f \\h", str(known), _REFERENCE), line
        )
