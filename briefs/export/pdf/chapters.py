"""One brief as the plain values that the pages set: its cover, its text, and what stands behind."""

from typing import Any

from django.utils import translation

from briefs.document.blocks import parse
from briefs.document.language import Language, comma_of, direction_of, language_of, long_date
from briefs.document.translation import gettext as _
from briefs.document.tree import AnswerNode, DiscussionNode, Document, PartNode, SectionNode
from briefs.export.not_known import as_read
from briefs.export.pdf.figures import Figures
from briefs.export.pdf.glyphs import Glyphs
from briefs.export.pdf.setting import Setting
from briefs.export.sources import Source, names_of, sources_of
from briefs.export.wording import (
    ClearanceRow,
    about,
    answers_shown,
    clearance_rows,
    clearance_sentence,
    draft_mark,
    imprint,
    references,
    running,
    section_note,
    state_of,
    subject_line,
)


class Chapters:
    """Reads one document, in its own language."""

    def __init__(self, document: Document, glyphs: Glyphs, figures: Figures) -> None:
        self.language = language_of(document.language)
        self.document = as_read(document, self.language)
        self.glyphs = glyphs
        self.figures = figures
        self.is_mirrored = self.language.direction == "rtl"

    def line(self, text: str) -> str:
        """A line as it can be drawn. One from right to left, or in a brief that runs so, keeps its
        own order and what stands beside it its own: FIRST STRONG ISOLATE around it."""
        line = self.glyphs.line(text)
        is_apart = self.is_mirrored or direction_of(line) == "rtl"
        return f"\u2068{line}\u2069" if line and is_apart else line

    def values(self) -> dict[str, Any]:
        document = self.document
        with translation.override(self.language.locale):
            return {
                **language_values(self.language),
                **self._cover(),
                "words": {name: self.line(word) for name, word in words().items()},
                "parts": [self._part(part) for part in document.parts],
                "sources": [
                    self._source(number, source)
                    for number, source in enumerate(sources_of(document), start=1)
                ],
                "clearance_sentence": self.line(clearance_sentence(document)),
                "clearance": [self._clearance(row) for row in clearance_rows(document)]
                if document.look.has_clearance
                else [],
                "changes": [self.line(line) for line in document.changes],
                "discussions": [self._discussion(node) for node in document.discussions],
            }

    def _cover(self) -> dict[str, Any]:
        document, line, plain = self.document, self.line, self.glyphs.line
        return {
            # Title, kind and names are in the file's own description, too.
            "title": plain(document.title),
            "short_title": line(running(document.title)),
            "subject": line(subject_line(document)),
            "kind": plain(document.template.title),
            "marking": line(document.marking),
            "draft": draft_mark(document),
            "prepared_by": [plain(name) for name in document.prepared_by],
            "imprint": [[label, line(value)] for label, value in imprint(document)],
            "footer": [plain(value) for value in references(document)],
            "facts": [[line(fact.label), line(fact.value)] for fact in document.facts],
        }

    def _part(self, part: PartNode) -> dict[str, Any]:
        number = "" if part.number is None else str(part.number)
        sections = [self._section(section) for section in part.sections]
        return {**self._heading(number, part.title), "sections": sections}

    def _section(self, section: SectionNode) -> dict[str, Any]:
        answers = [
            self._answer(answer, note, f"{section.key}/{answer.key}")
            for answer, note in answers_shown(self.document, section)
        ]
        note = self.line(section_note(self.document, section))
        return {**self._heading(section.number, section.title), "note": note, "answers": answers}

    def _heading(self, number: str, title: str) -> dict[str, str]:
        short = running(f"{number} {title}".strip())
        return {"number": number, "title": self.line(title), "running": self.line(short)}

    def _answer(self, answer: AnswerNode, note: str, name: str) -> dict[str, Any]:
        return {
            "label": self.line(answer.label),
            "note": self.line(note),
            "blocks": self._setting(name).text(parse(answer.text)),
        }

    def _source(self, number: int, source: Source) -> dict[str, Any]:
        cited = names_of(source, self.language)
        blocks = self._setting(f"source/{number}").blocks(source.blocks)
        return {"blocks": blocks, "cited": self.glyphs.line(f"({cited})")}

    def _setting(self, name: str) -> Setting:
        return Setting(f"{self.document.slug}/{name}", self.glyphs, self.figures)

    def _clearance(self, row: ClearanceRow) -> dict[str, Any]:
        return {
            "section": self.line(row.section),
            "revision": row.revision,
            "approved_by": self.line(row.approved_by),
            "date": self.glyphs.line(row.date),
            "is_cleared": row.is_cleared,
        }

    def _discussion(self, node: DiscussionNode) -> dict[str, Any]:
        line = self.line
        return {
            "about": line(about(self.document, node)),
            "state": state_of(node),
            "quote": line(node.quote),
            "replies": [
                {
                    "author": line(reply.author),
                    "date": self.glyphs.line(
                        long_date(reply.written_at.date(), self.language),
                    ),
                    "lines": [line(each) for each in reply.text.splitlines() if each.strip()],
                }
                for reply in node.replies
            ],
        }


def language_values(language: Language) -> dict[str, Any]:
    return {
        "lang": language.code,
        "region": language.region or None,
        "dir": language.direction,
        "han": language.han,
        "comma": comma_of(language),
    }


def words() -> dict[str, str]:
    """What the pages say by themselves."""
    return {
        "page": _("Page %(page)s of %(pages)s"),
        "contents": _("Contents"),
        "facts": _("At a glance"),
        "sources": _("Sources"),
        "clearance": _("Clearance"),
        "changes": _("What changed"),
        "discussions": _("Comments"),
        "section": _("Section"),
        "revision": _("Revision"),
        "approved_by": _("Approved by"),
        "date": _("Date"),
    }
