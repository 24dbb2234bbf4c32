"""The styles of paragraphs."""

from briefs.export.docx.looks import (
    CODE_GROUND,
    HAIRLINE,
    INK,
    SANS,
    SERIF,
    SOFT,
    line_above,
    style,
)
from briefs.export.docx.markup import (
    bold,
    element,
    italic,
    size,
    value,
)
from briefs.export.docx.numbering import BULLET, NUMBER


def text_styles(start: str) -> list[str]:
    """Those of what people write; `start` is the side where lines begin, `left` or `right`."""
    bar = f'<w:{start} w:val="single" w:sz="16" w:space="10" w:color="{HAIRLINE}"/>'
    return [
        style("Normal", "Normal"),
        style("BodyText", "Body Text", {"spacing": 'w:after="140" w:line="276" w:lineRule="auto"'}),
        style(
            "Quote",
            "Quote",
            {"pBdr": bar, "ind": 'w:left="340" w:right="340"'},
            {"color": value("3C3F44")},
            based_on="BodyText",
        ),
        style(
            "Note",
            "Editorial Note",
            None,
            {**italic(), "color": value(SOFT)},
            based_on="BodyText",
            following="BodyText",
        ),
        style(
            "Code",
            "Code",
            {
                "shd": CODE_GROUND,
                "spacing": 'w:before="60" w:after="160" w:line="252" w:lineRule="auto"',
            },
            size(9),
            based_on="Normal",
        ),
        style(
            "Caption",
            "caption",
            {"keepNext": "", "spacing": 'w:before="120" w:after="80"'},
            {"rFonts": SANS, **bold(), "color": value(SOFT), **size(9)},
            following="BodyText",
        ),
    ]


def heading_styles(colour: str) -> list[str]:
    """Titles and headings, which carry the count of `numbering.py`."""
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
        style("Title", "Title", plain_title, title, following="Subtitle"),
        style(
            "Subtitle",
            "Subtitle",
            {"spacing": 'w:before="60" w:after="480"'},
            {"color": value(SOFT), **size(15)},
            following="BodyText",
        ),
        style(
            "Heading1",
            "heading 1",
            {**first, **numbered},
            {**navy, **heading},
            following="BodyText",
        ),
        style(
            "Heading2",
            "heading 2",
            {**second, **second_number},
            {**navy, **size(12.5)},
            following="BodyText",
        ),
        style(
            "Heading3",
            "heading 3",
            third,
            {**navy, "color": value(INK), **size(10.5)},
            following="BodyText",
        ),
        # What a section of the opening asks: a level up, and like all prompts not in the contents.
        style(
            "OpeningHeading",
            "Opening Heading",
            {"outlineLvl": value(1)},
            based_on="Heading3",
            following="BodyText",
        ),
    ]


def list_styles() -> list[str]:
    """Word's five levels of either kind of list; what is deeper looks as the fifth."""
    tight = {"spacing": 'w:after="60" w:line="276" w:lineRule="auto"'}
    styles = [style("ListContinue", "List Continue", tight, based_on="BodyText")]
    for kind, count in (("Bullet", BULLET), ("Number", NUMBER)):
        for level in range(5):
            number = f" {level + 1}" if level else ""
            mark = element("ilvl", value(level)) + element("numId", value(count))
            look = {**tight, "numPr": mark}
            identity = f"List{kind}{number.strip()}"
            styles.append(style(identity, f"List {kind}{number}", look, based_on="BodyText"))
    return styles


def contents_styles(colour: str, text_width: int) -> list[str]:
    """The table of contents, with the page at the end of a line of `text_width` twips."""
    right = f'<w:tab w:val="right" w:leader="dot" w:pos="{text_width}"/>'
    first = {
        "tabs": f'<w:tab w:val="left" w:pos="425"/>{right}',
        "spacing": 'w:before="110" w:after="20"',
        "ind": 'w:left="425" w:hanging="425"',
    }
    second = {
        "tabs": f'<w:tab w:val="left" w:pos="992"/>{right}',
        "spacing": 'w:before="10" w:after="10"',
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
        style("TOCHeading", "TOC Heading", heading, look, following="BodyText"),
        style("TOC1", "toc 1", first, {**sans, **bold(), "color": value(colour)}),
        style("TOC2", "toc 2", second, sans),
    ]


def other_styles() -> list[str]:
    """What stands around the text and in tables."""
    sans = {"rFonts": SANS, "color": value(SOFT), **size(8.5)}
    cell = {"spacing": 'w:before="50" w:after="50"'}
    table = {"rFonts": SANS, **size(9)}
    small = {"rFonts": SANS, **size(7.5)}
    tiny = {"rFonts": SANS, **size(5.5)}
    head = {"keepNext": "", **cell}
    return [
        style("Header", "header", None, sans),
        style("Footer", "footer", None, sans),
        style("CoverLine", "Cover Line", None, {**sans, **size(10), **bold()}),
        style("FootnoteText", "footnote text", {"spacing": 'w:after="40"'}, size(8.5)),
        style("CommentText", "annotation text", None, {"rFonts": SANS, **size(10)}),
        style("TableText", "Table Text", cell, table),
        style("TableTextSmall", "Table Text Small", cell, small),
        style("TableHeading", "Table Heading", head, {**table, **bold()}),
        style("TableHeadingSmall", "Table Heading Small", head, {**small, **bold()}),
        style("TableTextTiny", "Table Text Tiny", cell, tiny),
        style("TableHeadingTiny", "Table Heading Tiny", head, {**tiny, **bold()}),
        style(
            "TableSpace", "Table Space", {"spacing": 'w:after="0" w:line="200" w:lineRule="exact"'}
        ),
    ]
