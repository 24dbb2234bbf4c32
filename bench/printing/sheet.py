"""The exported web page as WeasyPrint has to get it to set the same pages as ours: with the notes
at the foot, page numbers in the contents, running heads, and text that is justified."""

import re
from pathlib import Path

from django.conf import settings

from briefs.document.tree import Document
from briefs.export.html import write_html

_FACES = {
    "Source Serif 4": ("SourceSerif4", ("400Regular", "400Regular_Italic", "600SemiBold")),
    "Source Sans 3": ("SourceSans3", ("400Regular", "600SemiBold", "700Bold")),
}
_SHEET = """
@page {
  margin: 30mm 30mm 28mm; font: 8.25pt "Source Sans 3";
  @top-left { content: "%(title)s" } @top-center { content: "%(marking)s" }
  @top-right { content: string(section) }
  @bottom-left { content: "%(reference)s" } @bottom-center { content: "%(marking)s" }
  @bottom-right { content: "Page " counter(page) " of " counter(pages) }
}
html { font-size: 10.5pt; line-height: 1.4; text-align: justify }
h1, h2, h3, h4, nav, table { text-align: start }
h2, h3 { string-set: section content() }
.marking-mark { display: none }
nav a::after { content: leader(".") target-counter(attr(href), page) }
.note-at-foot { float: footnote; font-size: 8.5pt; text-align: start }
"""
_NOTES = re.compile(r'<ol class="footnotes">.*?</ol>', re.DOTALL)
_NOTE = re.compile(r'<li dir="ltr" id="([^"]+)"><p dir="auto">(.*?)</p>')
_REFERENCE = re.compile(r'<sup class="footnote-ref"><a href="#([^"]+)"[^>]*>\d+</a></sup>')


def as_pages(document: Document) -> str:
    page = write_html(document)
    notes = dict(_NOTE.findall(page))
    page = _REFERENCE.sub(
        lambda found: f'<span class="note-at-foot">{notes[found[1]]}</span>', _NOTES.sub("", page)
    )
    said = {
        "title": document.title,
        "marking": document.marking,
        "reference": document.reference,
    }
    return page.replace("</style>", "".join(_faces()) + _SHEET % said + "</style>", 1)


def _faces() -> list[str]:
    """The fonts that ours sets with."""
    faces = []
    for family, (name, cuts) in _FACES.items():
        for cut in cuts:
            address = (Path(settings.PDF_FONTS_DIR) / f"{name}_{cut}.ttf").as_uri()
            style = "italic" if cut.endswith("Italic") else "normal"
            faces.append(
                f'@font-face {{ font-family: "{family}"; src: url("{address}"); '
                f"font-weight: {cut[:3]}; font-style: {style} }}\n"
            )
    return faces
