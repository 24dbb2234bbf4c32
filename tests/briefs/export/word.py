"""Word files read back: by python-docx, and part by part."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import docx
from docx.document import Document as WordDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

Line = tuple[str, str]
"""The style of a paragraph, and what it says."""


def opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part_of(content: bytes, name: str) -> ET.Element:
    return ET.fromstring(parts_of(content)[f"word/{name}.xml"])


def words_in(element: ET.Element) -> str:
    """What a reader sees, deleted words too."""
    said = {f"{W}t", f"{W}delText"}
    ends = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(
        (one.text or "") if one.tag in said else ends.get(one.tag, "")
        for run in element.iter(f"{W}r")
        for one in run
    )


def paragraphs_of(element: ET.Element) -> list[Line]:
    return [(style_of(one), words_in(one)) for one in element.iter(f"{W}p")]


def style_of(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


class Resolved:
    """The lines of a file once all its changes are accepted, or all rejected, as Word does it: a
    paragraph whose end goes is joined with the next one."""

    def __init__(self, content: bytes, *, accept: bool) -> None:
        self.gone = f"{W}del" if accept else f"{W}ins"
        self.notes = {
            note.get(f"{W}id", ""): note
            for note in part_of(content, "footnotes").iter(f"{W}footnote")
        }
        # A note may refer to itself.
        self.reading: list[str] = []
        body = part_of(content, "document").find(f"{W}body")
        assert body is not None
        self.lines = list(self.read(body))

    def read(self, parent: ET.Element) -> Iterator[Line]:
        carried = ""
        for child in parent:
            if child.tag == f"{W}p":
                carried += "".join(self.words(child))
                if child.find(f"{W}pPr/{W}rPr/{self.gone}") is None:
                    yield style_of(child), carried
                    carried = ""
            elif child.tag == f"{W}tbl":
                yield from self.cells(child)
        if carried:
            yield "", carried

    def cells(self, table: ET.Element) -> Iterator[Line]:
        for row in table.iter(f"{W}tr"):
            if row.find(f"{W}trPr/{self.gone}") is None:
                for cell in row.iter(f"{W}tc"):
                    yield from self.read(cell)

    def words(self, element: ET.Element) -> Iterator[str]:
        is_result = False
        for child in element:
            if child.tag == self.gone:
                continue
            if child.tag != f"{W}r":
                yield from self.words(child)
                continue
            field = child.find(f"{W}fldChar")
            if field is not None:
                is_result = field.get(f"{W}fldCharType") == "separate"
            elif not is_result:
                yield words_in(child) + self.note(child)

    def note(self, run: ET.Element) -> str:
        """What the note says to which a run refers, so that its number doesn't matter."""
        reference = run.find(f"{W}footnoteReference")
        code = run.find(f"{W}instrText")
        if code is None:
            code = run.find(f"{W}delInstrText")
        number = None if reference is None else reference.get(f"{W}id")
        if code is not None:
            named = re.search(r"NOTEREF _Note(\d+)", code.text or "")
            number = named[1] if named else None
        if number is None or number in self.reading:
            return ""
        self.reading.append(number)
        said = "/".join(words for _style, words in self.read(self.notes[number]))
        self.reading.pop()
        return f"[^{said}]"


def styled(content: bytes, style: str) -> list[str]:
    """What the paragraphs of a style say, by its name in Word."""
    return [one.text for one in opened(content).paragraphs if one.style.name == style]
