"""What stands behind the sections: what changed since an earlier edition, and who cleared what."""

from collections.abc import Iterator

from briefs.document.translation import gettext as _
from briefs.export.docx.direction import own_order
from briefs.export.docx.headings import Headings
from briefs.export.docx.looks import SOFT
from briefs.export.docx.markup import italic, value
from briefs.export.docx.place import Place
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.tables import Layout, cell, framed, row_of
from briefs.export.docx.tracking import Fate
from briefs.export.docx.words import line, line_runs, sentence
from briefs.export.wording import ClearanceRow, clearance_rows, clearance_sentence

_SHARES = (0.34, 0.14, 0.32, 0.2)
_LOW = 400  # characters; a row with more may go on over the page
_SOFT = {**italic(), "color": value(SOFT)}


def closing(sheet: Sheet, headings: Headings) -> Iterator[str]:
    """Each on a page of its own, when the document has it."""
    if sheet.document.changes:
        yield headings.plain(_("What changed"))
        yield from (line(sheet, said, "ListBullet") for said in sheet.document.changes)
        headings.pages.blocks(
            {"kind": "paragraph", "inlines": [said]} for said in sheet.document.changes
        )
    if sheet.document.look.has_clearance:
        yield headings.plain(_("Clearance"))
        yield sentence(sheet, clearance_sentence(sheet.document), "BodyText")
        yield _table(sheet)


def _table(sheet: Sheet) -> str:
    direction = sheet.language.direction
    widths = [int(sheet.text_width * share) for share in _SHARES]
    widths[0] += sheet.text_width - sum(widths)
    place = Place(sheet.text_width, direction)
    layout = Layout(place, widths, ("", "right", "", ""), direction, is_small=False)
    head = ClearanceRow(_("Section"), _("Revision"), _("Approved by"), _("Date"), is_cleared=True)
    rows = _row(sheet, head, layout, is_head=True)
    for each in clearance_rows(sheet.document):
        rows += _row(sheet, each, layout, is_head=False)
    return framed(rows, layout, sheet.tracking)


def _row(sheet: Sheet, row: ClearanceRow, layout: Layout, *, is_head: bool) -> str:
    cells = []
    for column, said in enumerate((row.section, row.revision, row.approved_by, row.date)):
        place = layout.cell_place(column, Fate.SAME, is_head=is_head)
        look = _SOFT if column == 2 and not row.is_cleared else {}
        words = own_order(said, layout.direction)
        runs = line_runs(sheet, words, layout.direction, look)
        cells.append(cell(runs, layout.direction, layout, column, place, sheet.tracking))
    is_low = len(row.approved_by) < _LOW
    return row_of(cells, Fate.SAME, sheet.tracking, is_head=is_head, is_low=is_low)
