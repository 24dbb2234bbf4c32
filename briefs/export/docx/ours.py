"""Marks what isn't the brief's own text, so that an import leaves it out: nothing of it is seen."""

import re
from collections.abc import Iterator
from html import unescape

from briefs.document.word_marks import mark_of

# Rows of a table, and paragraphs outside of them.
_UNIT = re.compile(r"<w:tr>.*?</w:tr>|<w:p>.*?</w:p>", re.DOTALL)
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_INSIDE = re.compile(r"(<w:p>(?:<w:pPr>.*?</w:pPr>)?)(.*?)(</w:p>)", re.DOTALL)


def ours(markup: str, identities: Iterator[int]) -> str:
    """Paragraphs and tables, each paragraph and row with the bookmark that `mark_of()` names; a
    row has it in its first cell."""
    return _UNIT.sub(lambda unit: _marked(unit[0], next(identities)), markup)


def _marked(unit: str, identity: int) -> str:
    name = mark_of(unescape("".join(_WORDS.findall(unit)))) + str(identity)
    begin = f'<w:bookmarkStart w:id="{identity}" w:name="{name}"/>'
    end = f'<w:bookmarkEnd w:id="{identity}"/>'
    return _INSIDE.sub(lambda found: f"{found[1]}{begin}{found[2]}{end}{found[3]}", unit, count=1)
