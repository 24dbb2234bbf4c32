"""What stands on every page: header, footer, and the mark of a draft across the page."""

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from briefs.document.language import Direction, direction_of
from briefs.document.translation import gettext as _
from briefs.export.docx.characters import one_line
from briefs.export.docx.looks import HAIRLINE, INK, WARNING, line_above, line_below
from briefs.export.docx.markup import bold, field, part, run, value
from briefs.export.docx.place import paragraph
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.words import line_runs
from briefs.export.wording import draft_mark, references, running

_LRM, _RLM = "\u200e", "\u200f"
_FIELDS = {"%(page)s": "PAGE", "%(pages)s": "NUMPAGES"}
# WordArt that follows a straight line, as Word writes its own watermarks.
_SHAPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
    'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>'
    "</v:shapetype>"
)


def header_xml(sheet: Sheet, *, has_headings: bool) -> str:
    """The marking, and below it the title and the chapter that the page is in, which Word looks up
    by the style of its heading when there is one."""
    direction = sheet.language.direction
    title = running(one_line(sheet.document.title))
    runs = line_runs(sheet, title, direction, {**bold(), "color": value(INK)})
    if has_headings:
        runs += run("<w:tab/>") + field("STYLEREF 1", "")
    edge = {"pBdr": line_below(4, HAIRLINE), "tabs": _tabs(sheet)}
    marks = marks_of(sheet)
    above = paragraph(marks, "Header", direction, _centred()) if marks else ""
    below = paragraph(
        runs + _watermark(sheet, 3 if sheet.is_across else 1), "Header", direction, edge
    )
    return part("hdr", above + below)


def first_header_xml(sheet: Sheet) -> str:
    """The cover says by itself what it is."""
    return part("hdr", paragraph(_watermark(sheet, 2), "Header", sheet.language.direction))


def footer_xml(sheet: Sheet) -> str:
    """Reference, edition and date, the page, and below it the marking."""
    direction = sheet.language.direction
    runs = _dot(direction).join(
        line_runs(sheet, said, direction) for said in references(sheet.document)
    )
    runs += run("<w:tab/>") + "".join(_page_of_pages(sheet))
    edge = {"pBdr": line_above(4, HAIRLINE), "tabs": _tabs(sheet)}
    marks = marks_of(sheet)
    below = paragraph(marks, "Footer", direction, _centred()) if marks else ""
    return part("ftr", paragraph(runs, "Footer", direction, edge) + below)


def marks_of(sheet: Sheet) -> str:
    """Marking and DRAFT side by side, blank when there is neither."""
    direction = sheet.language.direction
    found = []
    if sheet.document.marking:
        look = {**bold(), "color": value(INK)}
        found.append(line_runs(sheet, sheet.document.marking, direction, look))
    draft = draft_mark(sheet.document)
    if draft:
        found.append(line_runs(sheet, draft, direction, {**bold(), "color": value(WARNING)}))
    return run('<w:t xml:space="preserve">   </w:t>').join(found)


def _dot(direction: Direction) -> str:
    """Between two values, each of which keeps its own order."""
    if direction == "ltr":
        return run('<w:t xml:space="preserve"> · </w:t>')
    return run(f'<w:t xml:space="preserve">{_RLM} · {_RLM}</w:t>', {"rtl": ""})


def _page_of_pages(sheet: Sheet) -> Iterator[str]:
    words = _("Page %(page)s of %(pages)s")
    # Numbers that fields show have no direction of their own.
    mark = _LRM if direction_of(words) == "ltr" and sheet.language.direction == "rtl" else ""
    for piece in re.split(r"(%\(pages?\)s)", f"{mark}{words}{mark}"):
        if piece in _FIELDS:
            yield field(_FIELDS[piece], "1")
        elif piece:
            yield f'<w:r><w:t xml:space="preserve">{sheet.characters.text(piece)}</w:t></w:r>'


def _tabs(sheet: Sheet) -> str:
    return f'<w:tab w:val="right" w:pos="{sheet.text_width}"/>'


def _centred() -> dict[str, str]:
    return {"spacing": 'w:before="40" w:after="60"', "jc": value("center")}


def _size_of_mark(words: str) -> tuple[int, int]:
    """In points: Word stretches what is written to it."""
    breadth = sum(1 if east_asian_width(letter) in "WF" else 0.6 for letter in words)
    width = min(430, 144 * breadth)
    return round(width), round(width / breadth)


def _watermark(sheet: Sheet, number: int) -> str:
    draft = draft_mark(sheet.document)
    if not draft:
        return ""
    words = sheet.characters.text(draft)
    width, height = _size_of_mark(draft)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;"
        "rotation:306;"
        "z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    shape = (
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" '
        f'type="#_x0000_t136" style="{style}" o:allowincell="f" fillcolor="#{sheet.colour}" '
        f'stroked="f" alt=""><v:fill opacity=".06"/><v:textpath '
        f'style="font-family:&quot;Calibri&quot;;font-size:1pt;font-weight:bold" '
        f'string="{words}"/></v:shape>'
    )
    return f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict>{_SHAPE}{shape}</w:pict></w:r>"
