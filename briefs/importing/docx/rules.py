"""Lines from side to side: a border of an empty paragraph, or a shape that is made for it."""

from briefs.importing.docx.elements import Element

_NO_BORDERS = ("", "nil", "none")
_YES = ("t", "true", "1")


def is_rule(paragraph: Element) -> bool:
    """Whether a paragraph without words is such a line: Word makes one of `***`, other programs
    draw a rectangle that says so."""
    properties = paragraph.child("w:pPr")
    borders = properties.child("w:pBdr") if properties else None
    if borders is not None:
        said = (borders.value("w:bottom") or "", borders.value("w:top") or "")
        if any(each not in _NO_BORDERS for each in said):
            return True
    return any(each.get("hr") in _YES for each in paragraph.within("v:rect"))
