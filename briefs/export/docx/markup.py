"""WordprocessingML in small pieces, properties in the order that the schema fixes."""

from collections.abc import Mapping

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'mc:Ignorable="w14 w15"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Properties = Mapping[str, str]
"""By element: its attributes, or, beginning with `<`, what is in it."""

_OF_PARAGRAPHS = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "bidi",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
    "rPr",
]
_OF_RUNS = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "noProof",
    "color",
    "spacing",
    "sz",
    "szCs",
    "vertAlign",
    "rtl",
    "lang",
]


def part(root: str, inside: str) -> str:
    """A whole part of the file, with `w:root` around what is in it."""
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{inside}</w:{root}>"


def element(name: str, value: str = "") -> str:
    """`value` is attributes, or, beginning with `<`, what is in it."""
    if value.startswith("<"):
        return f"<w:{name}>{value}</w:{name}>"
    return f"<w:{name} {value}/>" if value else f"<w:{name}/>"


def value(plain: str | int) -> str:
    """The attribute that most properties have."""
    return f'w:val="{plain}"'


def paragraph_properties(properties: Properties) -> str:
    """`w:pPr`; blank when there are none."""
    return _ordered("pPr", properties, _OF_PARAGRAPHS)


def run_properties(properties: Properties) -> str:
    """`w:rPr`; blank when there are none."""
    return _ordered("rPr", properties, _OF_RUNS)


def _ordered(name: str, properties: Properties, order: list[str]) -> str:
    unknown = properties.keys() - set(order)
    if unknown:
        raise AssertionError(f"{sorted(unknown)} have no place in {name}")
    inside = "".join(element(one, properties[one]) for one in order if one in properties)
    return f"<w:{name}>{inside}</w:{name}>" if inside else ""


def run(inside: str, properties: Properties | None = None) -> str:
    """A run around elements such as `w:t`."""
    return f"<w:r>{run_properties(properties or {})}{inside}</w:r>"


def field(instruction: str, result: str, properties: Properties | None = None) -> str:
    """A field that we made, with what it shows until a program computes it anew. No text of
    anybody's may be in `instruction`; `result` is escaped."""
    begin, separate, end = (
        run(f'<w:fldChar w:fldCharType="{kind}"/>', properties)
        for kind in ("begin", "separate", "end")
    )
    code = run(f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>', properties)
    shown = run(f'<w:t xml:space="preserve">{result}</w:t>', properties) if result else ""
    return f"{begin}{code}{separate}{shown}{end}"


def bold() -> dict[str, str]:
    """For either kind of script: Word asks it of letters from right to left apart."""
    return {"b": "", "bCs": ""}


def italic() -> dict[str, str]:
    """The same for italics."""
    return {"i": "", "iCs": ""}


def size(points: float) -> dict[str, str]:
    half_points = value(round(points * 2))
    return {"sz": half_points, "szCs": half_points}
