"""The sections of a brief, with the changes since an older one where that is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefs.document.blocks import Block, parse
from briefs.document.tree import DiscussionNode, Document, SectionNode
from briefs.export.across import is_across
from briefs.export.docx.anchors import Anchors, anchored
from briefs.export.docx.changes import Changes
from briefs.export.docx.comments import Thread
from briefs.export.docx.headings import Headings
from briefs.export.docx.ours import ours
from briefs.export.docx.outline import Heading, headings_of, paired
from briefs.export.docx.place import Place, paragraph
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.text import Setting
from briefs.export.docx.tracking import Fate
from briefs.export.docx.words import line_runs, sentence
from briefs.export.wording import answers_shown, section_note


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees of one answer: its label, what stands in the place of a text, its text."""

    key: str
    label: str
    note: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Discussed:
    """Where the discussions of a section are put: in its answers, by key, or on its heading."""

    anchors: dict[str, Anchors]
    threads: list[Thread]


class Body:
    """Sets all sections of a document. `since` is the older one, None to show no changes."""

    def __init__(self, sheet: Sheet, since: Document | None, headings: Headings) -> None:
        self.sheet = sheet
        self.headings = headings
        self.pages = headings.pages
        self.new = sheet.document
        self.since = since
        self.place = Place(sheet.text_width, sheet.language.direction)

    def xml(self) -> str:
        new = list(headings_of(self.new))
        old = new if self.since is None else list(headings_of(self.since))
        return "".join(
            "".join(self.headed(*pair)) for pair in paired(old, new, lambda one: one.identity)
        )

    def headed(self, old: Heading | None, new: Heading | None) -> Iterator[str]:
        """A heading, and the section below it."""
        before = self.shown(self.since or self.new, old)
        after = self.shown(self.new, new)
        discussed = self.discussed(new.section if new else None, after)
        if _begins_across(after):
            self.pages.turn()
        yield self.headings.both(old, new, discussed.threads)
        level = new.level if new else 1
        yield self.line(self.note(self.since or self.new, old), self.note(self.new, new), "Note")
        for one, other in paired(before, after, lambda answer: answer.key):
            yield from self.answer(one, other, level, discussed)

    def answer(
        self, old: Shown | None, new: Shown | None, level: int, discussed: Discussed
    ) -> Iterator[str]:
        style = "Heading3" if level == 2 else "OpeningHeading"
        yield self.line(old.label if old else "", new.label if new else "", style)
        yield self.line(old.note if old else "", new.note if new else "", "Note")
        setting = Setting(self.sheet, discussed.anchors.get(new.key) if new else None)
        blocks = new.blocks if new else []
        if self.since is None:
            yield setting.blocks(blocks, self.place)
        else:
            yield Changes(setting).blocks(old.blocks if old else [], blocks, self.place)
        if new and new.label:
            self.pages.heading(3, new.label)
        self.pages.blocks(blocks)

    def line(self, old: str, new: str, style: str) -> str:
        """A line that is ours or the template's; another one takes the place of the old."""
        if self.since is None or old == new:
            return self.one_line(new, style, Fate.SAME)
        return self.one_line(old, style, Fate.REMOVED) + self.one_line(new, style, Fate.ADDED)

    def one_line(self, text: str, style: str, fate: Fate) -> str:
        if not text:
            return ""
        if style == "Note":
            return ours(sentence(self.sheet, text, style, fate), self.sheet.identities)
        direction = self.sheet.language.direction
        tracking = self.sheet.tracking
        runs = tracking.around(line_runs(self.sheet, text, direction), fate)
        return paragraph(runs, style, direction, None, tracking.mark(fate))

    def note(self, document: Document, heading: Heading | None) -> str:
        return section_note(document, heading.section) if heading and heading.section else ""

    def shown(self, document: Document, heading: Heading | None) -> list[Shown]:
        if heading is None or heading.section is None:
            return []
        return [
            Shown(answer.key, answer.label, note, parse(answer.text))
            for answer, note in answers_shown(document, heading.section)
        ]

    def discussed(self, section: SectionNode | None, answers: Sequence[Shown]) -> Discussed:
        if section is None:
            return Discussed({}, [])
        left = [one for one in self.new.discussions if one.section == section.key]
        anchors: dict[str, Anchors] = {}
        for answer in answers:
            asked = [one for one in left if one.answer == answer.key]
            anchors[answer.key], others = anchored(answer.blocks, asked, self.sheet.comments)
            left = [one for one in left if one.answer != answer.key or one in others]
        return Discussed(anchors, self.threads(left))

    def threads(self, discussions: Sequence[DiscussionNode]) -> list[Thread]:
        """For discussions whose words are not found."""
        return [
            self.sheet.comments.thread(one, is_found=False) for one in discussions if one.replies
        ]

    def of_no_section(self) -> list[Thread]:
        """Those that no section of the document carries."""
        keys = {section.key for section in self.new.sections}
        return self.threads([one for one in self.new.discussions if one.section not in keys])


def _begins_across(shown: Sequence[Shown]) -> bool:
    first = shown[0].blocks[0] if shown and shown[0].blocks else None
    return first is not None and first["kind"] == "table" and is_across(first)
