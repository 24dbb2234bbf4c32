"""How styles look: fonts, colours and lines, and the markup of a style of paragraphs."""

import re

from briefs.document.look import House
from briefs.document.word_marks import CODE_FONT
from briefs.export.docx.markup import (
    Properties,
    element,
    paragraph_properties,
    run_properties,
    value,
)

SERIF = 'w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Times New Roman"'
SANS = 'w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"'
# Of Chinese, Japanese and Korean, with a bold cut of their own; Word has one of them everywhere.
EASTERN = {
    "SC": "Microsoft YaHei",
    "TC": "Microsoft JhengHei",
    "JP": "Yu Gothic",
    "KR": "Malgun Gothic",
}
INK, SOFT, HAIRLINE, WASH, WARNING = "1F2226", "5B5A54", "BFBFBF", "F5F5F2", "A2341D"
INLINE_CODE = "InlineCode"
CODE_LOOK = {
    "rFonts": f'w:ascii="{CODE_FONT}" w:hAnsi="{CODE_FONT}" w:cs="{CODE_FONT}"',
    "noProof": "",
}
CODE_GROUND = f'w:val="clear" w:color="auto" w:fill="{WASH}"'
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


def style(
    identity: str,
    name: str,
    paragraph: Properties | None = None,
    look: Properties | None = None,
    *,
    based_on: str = "Normal",
    following: str = "",
) -> str:
    """A style of paragraphs, with the name by which Word knows it. `following` is the style that
    Word goes on with after a paragraph of this one."""
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
