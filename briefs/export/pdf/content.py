"""What the printed pages say, as the plain values that `pages/main.typ` sets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from briefs.document.language import language_of, long_date
from briefs.document.look import Look
from briefs.document.translation import gettext as _
from briefs.document.tree import Document
from briefs.export.limits import check_lengths
from briefs.export.pdf.chapters import Chapters, language_values, words
from briefs.export.pdf.figures import Figures
from briefs.export.pdf.glyphs import Glyphs
from briefs.export.wording import date_of, draft_mark, running

_LOGO_WIDTH, _LOGO_HEIGHT = 120, 60  # points


@dataclass(frozen=True, slots=True)
class Book:
    """Many briefs as one file with common contents: what its cover says."""

    title: str
    subject: str = ""


class Content:
    """What is on the pages of a document, or of several in a book, each in its own language.

    `text` is the JSON that the pages read, `files` the pictures that it names, and `replaced` the
    characters in whose place a square stands. Raises `RenderFailed` when a text is too long for
    any file.
    """

    def __init__(
        self, documents: Sequence[Document], fonts: Path, book: Book | None = None
    ) -> None:
        for document in documents:
            check_lengths(document)
        self._glyphs = Glyphs(fonts)
        pictures = {each.sha256: each for document in documents for each in document.pictures}
        self._figures = Figures(pictures.values())
        with translation.override(language_of(documents[0].language).locale):
            look = self._look(documents[0].look)
        values = {
            "look": look,
            "book": self._book(book, documents) if book else None,
            "briefs": [
                Chapters(document, self._glyphs, self._figures).values() for document in documents
            ],
        }
        self.text = json.dumps(values)

    @property
    def files(self) -> dict[str, bytes]:
        return self._figures.used

    @property
    def replaced(self) -> tuple[str, ...]:
        return tuple(sorted(self._glyphs.replaced))

    def _look(self, look: Look) -> dict[str, Any]:
        house = look.house
        logo = self._figures.within(house.logo, _LOGO_WIDTH, _LOGO_HEIGHT)
        alt = self._glyphs.line(house.organisation) or _("Logo")
        return {
            "paper": look.paper.value,
            "has_cover": look.has_cover,
            "has_contents": look.has_contents,
            "organisation": self._glyphs.line(house.organisation),
            "unit": self._glyphs.line(house.unit),
            "colour": house.colour,
            "logo": {"file": logo.file, "width": logo.width, "alt": alt} if logo else None,
        }

    def _book(self, book: Book, documents: Sequence[Document]) -> dict[str, Any]:
        """The cover of a book, in the language of its first brief. It bears every marking and the
        newest date of its briefs."""
        front = documents[0]
        language = language_of(front.language)
        dates = [found for document in documents if (found := date_of(document))]
        drafts = (draft_mark(document) for document in documents)
        with translation.override(language.locale):
            newest = long_date(max(dates, default=None), language)
            imprint = [[_("Briefs"), str(len(documents))], [_("Date"), newest]]
            return {
                **language_values(language),
                "title": self._glyphs.line(book.title),
                "short_title": running(self._glyphs.line(book.title)),
                "subject": self._glyphs.line(book.subject),
                "kind": self._glyphs.line(front.template.title),
                "marking": self._markings(documents),
                "draft": next(filter(None, drafts), ""),
                "prepared_by": [],
                "imprint": [[label, value] for label, value in imprint if value],
                "footer": [newest] if newest else [],
                "facts": [],
                "words": words(),
            }

    def _markings(self, documents: Sequence[Document]) -> str:
        """All that there are; of several each keeps its own order, by FIRST STRONG ISOLATE."""
        found = dict.fromkeys(self._glyphs.line(each.marking) for each in documents if each.marking)
        if len(found) < 2:
            return "".join(found)
        return " / ".join(f"\u2068{each}\u2069" for each in found)
