"""The table of contents: a field that Word can make anew, filled with what stands in the brief."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefs.document.translation import gettext as _
from briefs.export.docx.markup import field, run, value
from briefs.export.docx.place import paragraph
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.words import line, line_runs

_BEGIN = (
    run('<w:fldChar w:fldCharType="begin"/>')
    + run(r'<w:instrText xml:space="preserve"> TOC \o "1-2" \h \z </w:instrText>')
    + run('<w:fldChar w:fldCharType="separate"/>')
)
_UNNUMBERED = {
    "tabs": '<w:tab w:val="clear" w:pos="425"/>',
    "ind": 'w:left="0" w:firstLine="0"',
}
_END = run('<w:fldChar w:fldCharType="end"/>')


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of level 1 or 2, the bookmark on it, and the page on which it probably stands."""

    level: int
    number: str
    title: str
    bookmark: str
    page: int


def contents(sheet: Sheet, entries: Iterable[Entry]) -> str:
    """The block that Word knows as a table of contents, on a page of its own after a cover."""
    inside = "".join(_lines(sheet, list(entries)))
    about = (
        '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj>"
    )
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def _lines(sheet: Sheet, entries: list[Entry]) -> Iterator[str]:
    is_first = not sheet.document.look.has_cover
    begin = {"pageBreakBefore": value(0)} if is_first else {}
    yield line(sheet, _("Contents"), "TOCHeading", begin)
    for number, entry in enumerate(entries):
        direction = sheet.language.direction
        words = line_runs(sheet, entry.title, direction)
        counted = line_runs(sheet, entry.number, direction) if entry.number else ""
        page = field(f"PAGEREF {entry.bookmark} \\h", str(entry.page))
        # Without a number the title begins where numbers do.
        lead = f"{counted}{run('<w:tab/>')}" if counted else ""
        inside = f"{lead}{words}{run('<w:tab/>')}{page}"
        link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{inside}</w:hyperlink>'
        properties = {} if entry.number else _UNNUMBERED
        yield paragraph(
            (_BEGIN if number == 0 else "") + link,
            f"TOC{entry.level}",
            direction,
            properties,
        )
    yield paragraph(_END if entries else "", "TableSpace", sheet.language.direction)
