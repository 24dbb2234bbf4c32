"""The styles of a brief, by the names that Word knows, so that they can be changed there."""

import re

from briefs.document.look import House
from briefs.export.docx.direction import language_attributes
from briefs.export.docx.markup import (
    Properties,
    bold,
    element,
    italic,
    paragraph_properties,
    part,
    run_properties,
    size,
    value,
)
from briefs.export.docx.numbering import BULLET, NUMBER
from briefs.export.language import Language

SERIF = 'w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Times New Roman"'
SANS = 'w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"'
INK, SOFT, HAIRLINE, WASH, WARNING = "1F2226", "5B5A54", "BFBFBF", "F5F5F2", "A2341D"
_COLOUR = re.compile(r"#([0-9a-fA-F]{6})")


def colour_of(house: House) -> str:
    """The colour of headings and rules as Word writes it, `RRGGBB`."""
    match = _COLOUR.fullmatch(house.colour) or _COLOUR.fullmatch(House().colour)
    assert match
    return match[1].upper()


def line_below(width: int, colour: str) -> str:
    """A border under a paragraph; `width` in eighths of a point."""
    return f'<w:bottom w:val="single" w:sz="{width}" w:space="4" w:color="{colour}"/>'


def line_above(width: int, colour: str) -> str:
    """The same above it."""
    return f'<w:top w:val="single" w:sz="{width}" w:space="6" w:color="{colour}"/>'


def styles_xml(language: Language, colour: str, text_width: int) -> str:
    """The whole part. `text_width` in twips is where numbers of pages stand in the contents."""
    start = "right" if language.direction == "rtl" else "left"
    styles = [
        _defaults(language),
        *_text_styles(start),
        *_heading_styles(colour),
        *_list_styles(),
        *_contents_styles(colour, text_width),
        *_other_styles(),
        *_character_styles(colour),
        *_table_styles(colour),
    ]
    return part("styles", "".join(styles))


def _defaults(language: Language) -> str:
    runs = run_properties(
        {
            "rFonts": SERIF,
            "color": value(INK),
            **size(10.5),
            "lang": language_attributes(language),
        }
    )
    paragraphs = paragraph_properties({"spacing": 'w:after="0" w:line="240" w:lineRule="auto"'})
    inside = f"<w:rPrDefault>{runs}</w:rPrDefault><w:pPrDefault>{paragraphs}</w:pPrDefault>"
    return f"<w:docDefaults>{inside}</w:docDefaults>"


def _style(
    identity: str,
    name: str,
    paragraph: Properties | None = None,
    look: Properties | None = None,
    *,
    based_on: str = "Normal",
    following: str = "",
) -> str:
    default = ' w:default="1"' if identity == "Normal" else ""
    about = [element("name", value(name))]
    if not default:
        about.append(element("basedOn", value(based_on)))
    if following:
        about.append(element("next", value(following)))
    about.append("<w:qFormat/>")
    set_as = paragraph_properties(paragraph or {}) + run_properties(look or {})
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identity}">{"".join(about)}{set_as}'
        "</w:style>"
    )


def _text_styles(start: str) -> list[str]:
    bar = f'<w:{start} w:val="single" w:sz="16" w:space="10" w:color="{HAIRLINE}"/>'
    wash = f'w:val="clear" w:color="auto" w:fill="{WASH}"'
    return [
        _style("Normal", "Normal"),
        _style(
            "BodyText", "Body Text", {"spacing": 'w:after="140" w:line="276" w:lineRule="auto"'}
        ),
        _style(
            "Quote",
            "Quote",
            {"pBdr": bar, "ind": 'w:left="340" w:right="340"'},
            {"color": value("3C3F44")},
            based_on="BodyText",
        ),
        _style(
            "Note",
            "Editorial Note",
            None,
            {**italic(), "color": value(SOFT)},
            based_on="BodyText",
            following="BodyText",
        ),
        _style(
            "Code",
            "Code",
            {"shd": wash, "spacing": 'w:before="60" w:after="160" w:line="252" w:lineRule="auto"'},
            size(9),
            based_on="Normal",
        ),
        _style(
            "Caption",
            "caption",
            {"keepNext": "", "spacing": 'w:before="120" w:after="80"'},
            {"rFonts": SANS, **bold(), "color": value(SOFT), **size(9)},
            following="BodyText",
        ),
    ]


def _heading_styles(colour: str) -> list[str]:
    navy = {"rFonts": SANS, **bold(), "color": value(colour)}
    title = {"rFonts": SERIF, **bold(), "color": value(colour), **size(32)}
    plain_title = {
        "keepNext": "",
        "spacing": 'w:before="0" w:after="160" w:line="216" w:lineRule="auto"',
    }
    kept = {"keepNext": "", "keepLines": ""}
    rule = line_above(8, colour)
    first = {
        **kept,
        "pBdr": rule,
        "spacing": 'w:before="560" w:after="220"',
        "outlineLvl": value(0),
    }
    numbered = {"numPr": element("numId", value(1))}
    second_number = {"numPr": element("ilvl", value(1)) + element("numId", value(1))}
    second = {**kept, "spacing": 'w:before="380" w:after="140"', "outlineLvl": value(1)}
    third = {**kept, "spacing": 'w:before="280" w:after="100"', "outlineLvl": value(2)}
    heading = {"rFonts": SERIF, **size(17)}
    return [
        _style("Title", "Title", plain_title, title, following="Subtitle"),
        _style(
            "Subtitle",
            "Subtitle",
            {"spacing": 'w:before="60" w:after="480"'},
            {"color": value(SOFT), **size(15)},
            following="BodyText",
        ),
        _style(
            "Heading1",
            "heading 1",
            {**first, **numbered},
            {**navy, **heading},
            following="BodyText",
        ),
        _style(
            "Heading2",
            "heading 2",
            {**second, **second_number},
            {**navy, **size(12.5)},
            following="BodyText",
        ),
        _style(
            "Heading3",
            "heading 3",
            third,
            {**navy, "color": value(INK), **size(10.5)},
            following="BodyText",
        ),
        # What a section of the opening asks: a level up, and like all prompts not in the contents.
        _style(
            "OpeningHeading",
            "Opening Heading",
            {"outlineLvl": value(1)},
            based_on="Heading3",
            following="BodyText",
        ),
    ]


def _list_styles() -> list[str]:
    tight = {"spacing": 'w:after="60" w:line="276" w:lineRule="auto"'}
    styles = [_style("ListContinue", "List Continue", tight, based_on="BodyText")]
    for kind, count in (("Bullet", BULLET), ("Number", NUMBER)):
        for level in range(5):
            number = f" {level + 1}" if level else ""
            mark = element("ilvl", value(level)) + element("numId", value(count))
            look = {**tight, "numPr": mark}
            identity = f"List{kind}{number.strip()}"
            styles.append(_style(identity, f"List {kind}{number}", look, based_on="BodyText"))
    return styles


def _contents_styles(colour: str, text_width: int) -> list[str]:
    right = f'<w:tab w:val="right" w:leader="dot" w:pos="{text_width}"/>'
    first = {
        "tabs": f'<w:tab w:val="left" w:pos="425"/>{right}',
        "spacing": 'w:before="150" w:after="30"',
        "ind": 'w:left="425" w:hanging="425"',
    }
    second = {
        "tabs": f'<w:tab w:val="left" w:pos="992"/>{right}',
        "spacing": 'w:before="20" w:after="20"',
        "ind": 'w:left="992" w:hanging="567"',
    }
    sans = {"rFonts": SANS, **size(10)}
    heading = {
        "keepNext": "",
        "pageBreakBefore": "",
        "pBdr": line_above(8, colour),
        "spacing": 'w:before="0" w:after="220"',
    }
    look = {"rFonts": SERIF, **bold(), "color": value(colour), **size(17)}
    return [
        _style("TOCHeading", "TOC Heading", heading, look, following="BodyText"),
        _style("TOC1", "toc 1", first, {**sans, **bold(), "color": value(colour)}),
        _style("TOC2", "toc 2", second, sans),
    ]


def _other_styles() -> list[str]:
    sans = {"rFonts": SANS, "color": value(SOFT), **size(8.5)}
    cell = {"spacing": 'w:before="50" w:after="50"'}
    table = {"rFonts": SANS, **size(9)}
    small = {"rFonts": SANS, **size(7.5)}
    head = {"keepNext": "", **cell}
    return [
        _style("Header", "header", None, sans),
        _style("Footer", "footer", None, sans),
        _style("CoverLine", "Cover Line", None, {**sans, **size(10), **bold()}),
        _style("FootnoteText", "footnote text", {"spacing": 'w:after="40"'}, size(8.5)),
        _style("CommentText", "annotation text", None, {"rFonts": SANS, **size(10)}),
        _style("TableText", "Table Text", cell, table),
        _style("TableTextSmall", "Table Text Small", cell, small),
        _style("TableHeading", "Table Heading", head, {**table, **bold()}),
        _style("TableHeadingSmall", "Table Heading Small", head, {**small, **bold()}),
        _style(
            "TableSpace", "Table Space", {"spacing": 'w:after="0" w:line="200" w:lineRule="exact"'}
        ),
    ]


def _character_styles(colour: str) -> list[str]:
    looks = [
        ("FootnoteReference", "footnote reference", {"vertAlign": value("superscript")}),
        ("CommentReference", "annotation reference", size(8)),
        ("Hyperlink", "Hyperlink", {"color": value(colour)}),
    ]
    default = element("name", value("Default Paragraph Font"))
    return [
        _character('w:default="1" w:styleId="DefaultParagraphFont"', default),
        *(
            _character(
                f'w:styleId="{identity}"',
                element("name", value(name))
                + element("basedOn", value("DefaultParagraphFont"))
                + run_properties(look),
            )
            for identity, name, look in looks
        ),
    ]


def _character(attributes: str, inside: str) -> str:
    return f'<w:style w:type="character" {attributes}>{inside}</w:style>'


def _table_styles(colour: str) -> list[str]:
    return [
        _table_style("TableNormal", "Normal Table", "", 108),
        _table_style("BriefTable", "Brief Table", _borders(HAIRLINE), 110, _head(colour)),
        _table_style("CoverTable", "Cover Table", "", 0),
    ]


def _borders(colour: str) -> str:
    look = f'w:val="single" w:sz="4" w:space="0" w:color="{colour}"'
    return f"<w:tblBorders><w:bottom {look}/><w:insideH {look}/></w:tblBorders>"


def _head(colour: str) -> str:
    border = f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{colour}"/>'
    cell = f"<w:tcPr><w:tcBorders>{border}</w:tcBorders></w:tcPr>"
    return f'<w:tblStylePr w:type="firstRow">{cell}</w:tblStylePr>'


def _table_style(identity: str, name: str, borders: str, side: int, conditional: str = "") -> str:
    default = ' w:default="1"' if identity == "TableNormal" else ""
    based = "" if default else '<w:basedOn w:val="TableNormal"/>'
    margins = (
        f'<w:tblCellMar><w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    return (
        f'<w:style w:type="table"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{based}'
        f"<w:tblPr>{borders}{margins}</w:tblPr>{conditional}</w:style>"
    )
