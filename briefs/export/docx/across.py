"""Tables that lie across: Word turns pages by sections, each of which says at its end how its pages
lie and what stands on every one of them.

While the text is written, marks stand where the paper turns. No text of anybody's can look like
one: its `<` is escaped.
"""

import re
from itertools import count

from briefs.export.docx.sheet import MARGIN_BOTTOM, MARGIN_TOP, MARGIN_X, Sheet

_TURN, _BACK = "<!--turn-->", "<!--back-->"
_UPRIGHT, _ACROSS = ("header1.xml", "footer1.xml"), ("header3.xml", "footer2.xml")
_SPACE = '<w:pStyle w:val="TableSpace"/>'
_HEADED = re.compile(
    r'((?:<w:p><w:pPr><w:pStyle w:val="(?:Heading\d|OpeningHeading)"/>(?:(?!</w:p>).)*</w:p>)+)'
    + _TURN,
    re.DOTALL,
)
_MARK = re.compile(f"{_TURN}|</w:pPr></w:p>{_BACK}")


def laid_across(table: str) -> str:
    """A table and the space below it, on pages of their own."""
    return f"{_TURN}{table}{_BACK}"


def in_sections(sheet: Sheet, markup: str) -> str:
    """All of the text, with the sections that its marks ask for and the last one. Headings go with
    the table that follows them, and tables that follow each other share their pages."""
    markup = _HEADED.sub(rf"{_TURN}\1", markup).replace(_BACK + _TURN, "").removeprefix(_TURN)
    ends_across = markup.endswith(_BACK)
    number = count()

    def section(found: re.Match[str]) -> str:
        is_first = next(number) == 0
        if found[0] == _TURN:
            return f"<w:p><w:pPr>{_SPACE}{_section(sheet, is_first=is_first)}</w:pPr></w:p>"
        return f"{_section(sheet.across, is_first=is_first)}</w:pPr></w:p>"

    markup = _MARK.sub(section, markup.removesuffix(_BACK))
    last = sheet.across if ends_across else sheet
    return markup + _section(last, is_first=next(number) == 0)


def turned(document: str) -> bool:
    """Whether any page lies across."""
    return 'w:orient="landscape"' in document


def _section(sheet: Sheet, *, is_first: bool) -> str:
    """Paper and margins, and what stands on every page."""
    header, footer = _ACROSS if sheet.is_across else _UPRIGHT
    references = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{sheet.relations.part(kind, target)}"/>'
        for kind, pages, target in (
            ("header", "default", header),
            ("header", "first", "header2.xml"),
            ("footer", "default", footer),
            ("footer", "first", footer),
        )
    )
    turned = ' w:orient="landscape"' if sheet.is_across else ""
    title_page = "<w:titlePg/>" if is_first and sheet.document.look.has_cover else ""
    bidi = "<w:bidi/>" if sheet.language.direction == "rtl" else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
        f'<w:pgMar w:top="{MARGIN_TOP}" w:right="{MARGIN_X}" w:bottom="{MARGIN_BOTTOM}" '
        f'w:left="{MARGIN_X}" w:header="737" w:footer="624" w:gutter="0"/>{title_page}{bidi}'
        "</w:sectPr>"
    )
