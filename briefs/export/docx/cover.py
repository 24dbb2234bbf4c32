"""The first page: in whose name, what it is, the country at a glance, and the imprint."""

from collections.abc import Iterable, Iterator

from briefs.document.translation import gettext as _
from briefs.export.docx.comments import Thread
from briefs.export.docx.direction import own_order
from briefs.export.docx.looks import HAIRLINE, INK, SOFT, line_above, line_below
from briefs.export.docx.markup import bold, run, size, value
from briefs.export.docx.place import Place, paragraph
from briefs.export.docx.running import marks_of
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.tables import Layout, framed, row_of
from briefs.export.docx.tracking import Fate
from briefs.export.docx.words import line, line_runs
from briefs.export.wording import imprint, subject_line

_LOGO = (2_835, 1_134)  # twips
_LABEL_SHARES = 0.3, 0.48  # of the width, the least and the most that labels have
_CHARACTER, _BETWEEN = 105, 200  # twips: one letter, about, and the room beside a label
_LONGEST_LINE = 60  # characters of kind and marking that stand side by side
_LOW = 1000  # characters; a row with more may go on over the page


def cover(sheet: Sheet, threads: Iterable[Thread]) -> str:
    """`threads` are those of no section, which are put on the title."""
    return "".join(_lines(sheet, list(threads)))


def _lines(sheet: Sheet, threads: list[Thread]) -> Iterator[str]:
    document = sheet.document
    yield _first_line(sheet)
    yield from _house(sheet)
    direction = sheet.language.direction
    title = line_runs(sheet, document.title, direction, size(_title_size(document.title)))
    title = "".join([*(one.begin for one in threads), title, *(one.end for one in threads)])
    yield paragraph(title, "Title", direction, {"spacing": 'w:before="1900" w:after="160"'})
    subject = subject_line(document)
    if subject:
        yield line(sheet, subject, "Subtitle")
    if document.facts:
        edge = {
            "pBdr": line_above(4, HAIRLINE),
            "spacing": 'w:before="480" w:after="100"',
        }
        yield line(sheet, _("At a glance"), "Caption", edge)
        yield _pairs(sheet, ((fact.label, fact.value) for fact in document.facts), bold())
    edge = {"pBdr": line_below(8, sheet.colour), "spacing": 'w:before="360" w:after="160"'}
    yield paragraph("", "CoverLine", sheet.language.direction, edge)
    yield _pairs(sheet, imprint(document), {})


def _first_line(sheet: Sheet) -> str:
    """What it is, on one side, and marking and DRAFT on the other or below, under a thick rule."""
    direction = sheet.language.direction
    kind = line_runs(sheet, sheet.document.template.title, direction)
    marks = marks_of(sheet)
    edge = {"pBdr": line_above(16, sheet.colour)}
    document = sheet.document
    if len(document.template.title) + len(document.marking) > _LONGEST_LINE:
        below = paragraph(marks, "CoverLine", direction, {"spacing": 'w:before="60"'})
        return paragraph(kind, "CoverLine", direction, edge) + below
    edge["tabs"] = f'<w:tab w:val="right" w:pos="{sheet.text_width}"/>'
    return paragraph(kind + run("<w:tab/>") + marks, "CoverLine", direction, edge)


def _house(sheet: Sheet) -> Iterator[str]:
    house = sheet.document.look.house
    logo = sheet.pictures.find(house.logo)
    above = {"spacing": 'w:before="480" w:after="60"'}
    if logo:
        drawing = sheet.pictures.drawing(
            logo, house.organisation or house.unit, sheet.relations, _LOGO
        )
        yield paragraph(drawing, "CoverLine", sheet.language.direction, above)
        above = {}
    if house.organisation:
        look = {"color": value(sheet.colour), **size(12)}
        yield line(sheet, house.organisation, "CoverLine", above, look)
        above = {}
    if house.unit:
        yield line(sheet, house.unit, "CoverLine", above, {"b": value(0), "bCs": value(0)})


def _title_size(title: str) -> int:
    """In points: a long title is set smaller."""
    sizes = [(18, 40), (45, 30), (100, 23)]
    return next((points for most, points in sizes if len(title) <= most), 18)


def _pairs(sheet: Sheet, pairs: Iterable[tuple[str, str]], look: dict[str, str]) -> str:
    """Labels and values side by side. Labels have the room that the longest asks for."""
    direction = sheet.language.direction
    pairs = list(pairs)
    least, most = (int(sheet.text_width * share) for share in _LABEL_SHARES)
    longest = max((len(name) for name, _said in pairs), default=0)
    label = min(max(longest * _CHARACTER + _BETWEEN, least), most)
    place = Place(sheet.text_width, direction)
    layout = Layout(place, [label, sheet.text_width - label], ("", ""), direction, is_small=False)
    rows = ""
    apart = {"ind": f'w:right="{_BETWEEN}"'}
    for name, said in pairs:
        label_look = {"color": value(SOFT), **size(10)}
        said_look = {**look, "color": value(INK), **size(10)}
        cells = (
            _cell(layout.widths[0], line(sheet, name, "TableText", apart, label_look)),
            _cell(
                layout.widths[1],
                line(sheet, own_order(said, direction), "TableText", None, said_look),
            ),
        )
        is_low = len(said) < _LOW
        rows += row_of(cells, Fate.SAME, sheet.tracking, is_head=False, is_low=is_low)
    return framed(rows, layout, sheet.tracking, "CoverTable")


def _cell(width: int, inside: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
