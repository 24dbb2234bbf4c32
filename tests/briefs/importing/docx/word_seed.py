"""The seed typed into Word: its headings and bold lines, its lists and its paragraphs."""

import io
import re

from docx import Document
from docx.document import Document as WordDocument

_HEADING = re.compile(r"(#{1,6}) (.*)")
_POINT = re.compile(r"( *)(-|\d+\.) +(.*)")
_MARKED = re.compile(r"\*\*(.+?)\*\*|(?<!\*)\*([^*]+)\*(?!\*)")


def word_of(markdown: str) -> bytes:
    """A Word file of a Markdown text without front matter, rules and escapes."""
    document = Document()
    for line in markdown.split("\n"):
        if line.strip() and not re.fullmatch(r"-{3,}|title:.*|## title:.*", line.strip()):
            _add(document, line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: WordDocument, line: str) -> None:
    if match := _HEADING.fullmatch(line):
        paragraph = document.add_heading(level=len(match[1]))
        words = match[2]
    elif match := _POINT.fullmatch(line):
        level = min(len(match[1]) // 2 + 1, 3)
        kind = "List Bullet" if match[2] == "-" else "List Number"
        paragraph = document.add_paragraph(style=kind if level == 1 else f"{kind} {level}")
        words = match[3]
    else:
        paragraph = document.add_paragraph()
        words = line
    position = 0
    # The seed's broken italics would be whole in Word.
    words = re.sub(r"\s*\\\*|\\(?=[^*])", "", words)
    words = re.sub(r"^\*\*(?=[^*]+\*\Z)", "*", words)
    for marked in _MARKED.finditer(words):
        paragraph.add_run(words[position : marked.start()])
        run = paragraph.add_run(marked[1] or marked[2])
        run.bold, run.italic = (True, None) if marked[1] else (None, True)
        position = marked.end()
    paragraph.add_run(words[position:])
