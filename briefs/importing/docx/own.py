"""What a Word file of ours says of its brief, and what in it isn't the brief's text."""

import re

from briefs.document.word_marks import PROPERTY, mark_of
from briefs.importing.docx.elements import Element
from briefs.importing.docx.style_names import Role
from briefs.importing.docx.styles import Styles

MOST_LINES = 100
"""Of a header; the most facts and the rest take 50."""

_NAME = re.compile(rf"{PROPERTY} (?P<number>[0-9]{{1,4}})(?:\.(?P<place>[0-9]{{1,4}}))?")
_LINE_ENDS = str.maketrans("\n\r", "  ")
_UNITS = frozenset({"w:p", "w:tr"})


def header_of(properties: Element | None) -> list[str]:
    """The lines of a brief's front matter that a file has in its properties; none in a file that
    isn't ours."""
    found: dict[tuple[int, int], str] = {}
    for each in properties.all("property") if properties else []:
        match = _NAME.fullmatch(each.get("name"))
        value = each.child("lpwstr")
        if match and value:
            found[int(match["number"]), int(match["place"] or 0)] = value.text
    joined: dict[int, str] = {}
    for number, place in sorted(found):
        joined[number] = joined.get(number, "") + found[number, place]
    lines = [line.translate(_LINE_ENDS) for line in list(joined.values())[:MOST_LINES]]
    return lines if any(line.startswith("template:") for line in lines) else []


def header_with_title(lines: list[str], *, is_changed: bool) -> str:
    """The front matter as a text; a title that was changed on the cover is read from there."""
    kept = [line for line in lines if not (is_changed and line.startswith("title:"))]
    return "\n".join(["---", *kept, "---", "", ""])


def take_ours_out(body: Element, styles: Styles) -> int:
    """Takes out of a body, or of a table in it, whatever Chancery wrote and nobody changed; gives
    how many paragraphs and rows that were. A heading stays when there is something else below it.
    """
    taken = 0
    is_empty_below = True
    for each in reversed(body.children):
        is_ours = each.name in _UNITS and _is_as_written(each)
        is_heading = each.name == "w:p" and _is_heading(each, styles)
        if is_ours and (is_empty_below or not is_heading):
            each.children.clear()
            taken += 1
        elif each.name == "w:tbl":
            taken += take_ours_out(each, styles)
        is_empty_below = is_heading or (is_empty_below and not _says_anything(each))
    body.children = [each for each in body.children if each.name != "w:tr" or each.children]
    return taken


def _is_as_written(unit: Element) -> bool:
    names = [each.get("w:name") for each in unit.within("w:bookmarkStart")]
    if not any(name.startswith(f"_{PROPERTY}") for name in names):
        return False
    mark = mark_of("".join(each.text for each in unit.within("w:t")))
    return any(name.startswith(mark) for name in names)


def _is_heading(paragraph: Element, styles: Styles) -> bool:
    properties = paragraph.child("w:pPr")
    key = properties.value("w:pStyle") if properties else None
    return styles.style(key).role is Role.HEADING


def _says_anything(element: Element) -> bool:
    return any(each.text.strip() for each in element.within("w:t"))
