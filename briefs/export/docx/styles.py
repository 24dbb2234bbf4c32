"""The styles of a brief, by the names that Word knows, so that they can be changed there."""

from briefs.document.language import Language
from briefs.export.docx.direction import language_attributes
from briefs.export.docx.looks import CODE_LOOK, EASTERN, HAIRLINE, INK, INLINE_CODE, SERIF
from briefs.export.docx.markup import (
    element,
    paragraph_properties,
    part,
    run_properties,
    size,
    value,
)
from briefs.export.docx.paragraph_styles import (
    contents_styles,
    heading_styles,
    list_styles,
    other_styles,
    text_styles,
)


def styles_xml(language: Language, colour: str, text_width: int) -> str:
    """The whole part. `text_width` in twips is where numbers of pages stand in the contents."""
    start = "right" if language.direction == "rtl" else "left"
    styles = [
        _defaults(language),
        *text_styles(start),
        *heading_styles(colour),
        *list_styles(),
        *contents_styles(colour, text_width),
        *other_styles(),
        *_character_styles(colour),
        *_table_styles(colour),
    ]
    return part("styles", "".join(styles))


def _defaults(language: Language) -> str:
    runs = run_properties(
        {
            "rFonts": f'{SERIF} w:eastAsia="{EASTERN[language.han]}"',
            "color": value(INK),
            **size(10.5),
            "lang": language_attributes(language),
        }
    )
    paragraphs = paragraph_properties({"spacing": 'w:after="0" w:line="240" w:lineRule="auto"'})
    inside = f"<w:rPrDefault>{runs}</w:rPrDefault><w:pPrDefault>{paragraphs}</w:pPrDefault>"
    return f"<w:docDefaults>{inside}</w:docDefaults>"


def _character_styles(colour: str) -> list[str]:
    looks = [
        ("FootnoteReference", "footnote reference", {"vertAlign": value("superscript")}),
        ("CommentReference", "annotation reference", size(8)),
        ("Hyperlink", "Hyperlink", {"color": value(colour)}),
        (INLINE_CODE, "Inline Code", CODE_LOOK),
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
