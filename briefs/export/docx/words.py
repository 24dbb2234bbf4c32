"""Plain words as runs and paragraphs, each in its own direction."""

import re
from collections.abc import Iterator

from briefs.document.language import Direction, direction_of
from briefs.export.docx.characters import one_line
from briefs.export.docx.direction import language_of_run, turns
from briefs.export.docx.markup import Properties, run
from briefs.export.docx.place import paragraph
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.tracking import Fate

_BREAKS = re.compile(r"([\t\n])")
_ELEMENTS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def word_runs(
    sheet: Sheet, text: str, direction: Direction, properties: Properties | None = None
) -> Iterator[str]:
    """A run for each direction that the text has, in a paragraph of `direction`. Tabs and line ends
    are what they are."""
    for side, words in turns(text, direction):
        look = dict(properties or {})
        if side == "rtl":
            look["rtl"] = ""
            language = language_of_run(words, sheet.language)
            if language:
                look["lang"] = language
        yield run("".join(_elements(sheet, words)), look)


def line_runs(
    sheet: Sheet, text: str, direction: Direction, properties: Properties | None = None
) -> str:
    """A text on one line."""
    return "".join(word_runs(sheet, one_line(text), direction, properties))


def line(
    sheet: Sheet,
    text: str,
    style: str,
    properties: Properties | None = None,
    look: Properties | None = None,
) -> str:
    """A paragraph of one line that is ours, in the direction of the document; `look` is that of its
    runs."""
    direction = sheet.language.direction
    return paragraph(line_runs(sheet, text, direction, look), style, direction, properties)


def sentence(sheet: Sheet, text: str, style: str, fate: Fate = Fate.SAME) -> str:
    """A paragraph that is ours, in the direction of its own words."""
    direction = direction_of(text) or sheet.language.direction
    runs = sheet.tracking.around(line_runs(sheet, text, direction), fate)
    return paragraph(runs, style, direction, None, sheet.tracking.mark(fate))


def _elements(sheet: Sheet, text: str) -> Iterator[str]:
    for piece in _BREAKS.split(text):
        if piece in _ELEMENTS:
            yield _ELEMENTS[piece]
        elif piece:
            yield f'<w:t xml:space="preserve">{sheet.characters.text(piece)}</w:t>'
