"""Reads a file that Chancery wrote: only headings at our levels are structure, the rest is text.

So nothing is guessed, and what is exported again is the same. Somebody may have edited the file
between: what was added, renamed or moved is found as far as its level says what it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from briefs.document.escape import number_notes
from briefs.document.front_matter import is_draft_line
from briefs.document.outline import Outline, OutlinePart, OutlinePrompt, OutlineSection
from briefs.document.titles import plain_title
from briefs.importing.gathering import Gathered, Slot
from briefs.importing.header import FrontMatter
from briefs.importing.lines import BlockKind, blocks_of, is_blank
from briefs.importing.matching import Likeness
from briefs.importing.pairing import pair
from briefs.importing.report import Fate, OddityKind, Reading

OWN_BODY = "body"
MOST_OWN_SECTIONS = 100
LONGEST_TITLE = 200

_PART = re.compile(r"(?P<number>[0-9]+)\. +(?P<title>\S.*)")
_SECTION_NUMBER = re.compile(r"[0-9]+\.[0-9]+ +(?=\S)")


class _Kind(StrEnum):
    TITLE = "title"
    PART = "part"
    SECTION = "section"
    PROMPT = "prompt"
    TEXT = "text"


@dataclass(slots=True)
class _Mark:
    """A heading: what it may be by its level, in which part, and its title."""

    start: int
    end: int
    kind: _Kind
    part: int
    title: str


def read_own_file(lines: Sequence[str], front: FrontMatter, outline: Outline) -> Reading:
    """Reads the lines below the front matter."""
    gathered = Gathered(lines, oddities=list(front.oddities))
    gathered.front_matter(front.end, front.unplaced)
    marks = _marks(lines, front.end, outline)
    reader = _Reader(gathered, outline, marks)
    reader.read(front.end)
    header = front.header
    titles = [mark.title for mark in marks if mark.kind is _Kind.TITLE]
    if not header.title and titles:
        header = replace(header, title=titles[0])
    return _notes_from_1(gathered.reading(header))


def _notes_from_1(reading: Reading) -> Reading:
    """In a file notes are numbered throughout; an answer is read by itself."""
    return replace(
        reading,
        answers=tuple(replace(each, text=number_notes(each.text)) for each in reading.answers),
        own_sections=tuple(
            replace(each, text=number_notes(each.text)) for each in reading.own_sections
        ),
    )


def _marks(lines: Sequence[str], first: int, outline: Outline) -> list[_Mark]:
    marks: list[_Mark] = []
    part = 0
    for block in blocks_of(lines, first, len(lines)):
        if block.kind is not BlockKind.HEADING or block.is_underlined:
            continue
        mark = _mark(block.level, " ".join(block.text.split()), part, outline)
        if mark.kind is _Kind.TITLE and marks:
            mark.kind = _Kind.TEXT
        mark.start, mark.end = block.start, block.end
        part = mark.part
        marks.append(mark)
    return marks


def _mark(level: int, text: str, part: int, outline: Outline) -> _Mark:
    if level == 1:
        return _Mark(0, 0, _Kind.TITLE, part, plain_title(text))
    if level == 2:
        found = _part(text, outline)
        if found is not None:
            return _Mark(0, 0, _Kind.PART, found, plain_title(text))
        unnumbered = _untitled_part(plain_title(text), part, outline)
        return _Mark(0, 0, _Kind.SECTION, unnumbered, plain_title(text))
    section_level = 3 if outline.parts[part].title else 2
    if level == section_level:
        title = plain_title(_SECTION_NUMBER.sub("", text, count=1))
        return _Mark(0, 0, _Kind.SECTION, part, title)
    kind = _Kind.PROMPT if level == section_level + 1 else _Kind.TEXT
    return _Mark(0, 0, kind, part, plain_title(text))


def _part(text: str, outline: Outline) -> int | None:
    match = _PART.fullmatch(text)
    if match is None:
        return None
    titled = [(place, part.title) for place, part in enumerate(outline.parts) if part.title]
    alike = Likeness()
    found = pair([plain_title(match["title"])], [title for _place, title in titled], alike)
    return titled[found[0]][0] if found else None


def _untitled_part(title: str, part: int, outline: Outline) -> int:
    """A section without a number is of a part without a title, if one is at hand or knows it."""
    if not outline.parts[part].title:
        return part
    for place, each in enumerate(outline.parts):
        if not each.title and any(section.title == title for section in each.sections):
            return place
    return part


class _Reader:
    """Gives each heading its meaning, part by part and section by section, and text its place."""

    def __init__(self, gathered: Gathered, outline: Outline, marks: list[_Mark]) -> None:
        self.gathered = gathered
        self.outline = outline
        self.marks = marks
        self.likeness = Likeness()
        self.sections = self.pair_sections()
        self.slot = Slot(Fate.PARKED)
        self.after: dict[int, str] = {}

    def pair_sections(self) -> dict[int, OutlineSection]:
        """The template's sections by the place of their heading in `marks`."""
        paired: dict[int, OutlineSection] = {}
        for number, part in enumerate(self.outline.parts):
            places = [
                place
                for place, mark in enumerate(self.marks)
                if mark.kind is _Kind.SECTION and mark.part == number
            ]
            titles = [self.marks[place].title for place in places]
            found = pair(titles, [section.title for section in part.sections], self.likeness)
            paired |= {places[at]: part.sections[to] for at, to in found.items()}
        return paired

    def pair_prompts(self, section: OutlineSection, place: int) -> dict[int, OutlinePrompt]:
        """The section's prompts by the place of their heading in `marks`."""
        places = []
        for at in range(place + 1, len(self.marks)):
            if self.marks[at].kind in (_Kind.SECTION, _Kind.PART):
                break
            if self.marks[at].kind is _Kind.PROMPT:
                places.append(at)
        prompts = [prompt for prompt in section.prompts if prompt.label]
        labels = [self.marks[at].title for at in places]
        found = pair(labels, [prompt.label for prompt in prompts], self.likeness)
        return {places[at]: prompts[to] for at, to in found.items()}

    def read(self, start: int) -> None:
        prompts: dict[int, OutlinePrompt] = {}
        for place, mark in enumerate(self.marks):
            section = self.sections.get(place)
            if section:
                prompts = self.pair_prompts(section, place)
            slot = self.slot_from(mark, section, prompts.get(place))
            if slot is None:
                continue
            self.text(start, mark.start)
            self.gathered.structure(mark.start, mark.end)
            self.slot = slot
            start = mark.end
            if mark.kind is _Kind.TITLE:
                start = self.past_draft_line(start)
            if mark.kind is _Kind.SECTION and section is None:
                self.open_own(mark)
        self.text(start, len(self.gathered.lines))

    def slot_from(
        self, mark: _Mark, section: OutlineSection | None, prompt: OutlinePrompt | None
    ) -> Slot | None:
        """Where text goes from this heading on; None when the heading itself is text."""
        if section:
            self.after[mark.part] = section.key
            self.gathered.found.append(section.key)
            body = next((each.key for each in section.prompts if not each.label), "")
            return Slot(Fate.ANSWER if body else Fate.PARKED, section.key, body)
        if prompt:
            return Slot(Fate.ANSWER, self.slot.section, prompt.key)
        if mark.kind in (_Kind.TITLE, _Kind.PART):
            return Slot(Fate.PARKED)
        may_be_own = 0 < len(mark.title) <= LONGEST_TITLE
        if mark.kind is _Kind.SECTION and may_be_own and self.has_room():
            return Slot(Fate.ANSWER, f"own-{len(self.gathered.own) + 1}", OWN_BODY)
        return None

    def has_room(self) -> bool:
        return len(self.gathered.own) < MOST_OWN_SECTIONS

    def open_own(self, mark: _Mark) -> None:
        part: OutlinePart = self.outline.parts[mark.part]
        after = self.after.get(mark.part)
        # Of an excerpt without the part's other sections nobody knows where it stood.
        is_first = not after and any(self.marks[at].part == mark.part for at in self.sections)
        self.gathered.own_section(mark.title, part.key, after, mark.start, is_first=is_first)
        sentence = _(
            "The template has no section “%(title)s”; it becomes a section of the brief's own."
        )
        sentence %= {"title": mark.title}
        self.gathered.note(mark.start, OddityKind.OWN_SECTION, sentence)

    def past_draft_line(self, start: int) -> int:
        lines = self.gathered.lines
        at = next((at for at in range(start, len(lines)) if not is_blank(lines[at])), start)
        if at == len(lines) or not is_draft_line(lines[at]):
            return start
        self.gathered.structure(at, at + 1)
        return at + 1

    def text(self, start: int, end: int) -> None:
        lines = self.gathered.lines
        while start < end and is_blank(lines[start]):
            start += 1
        if start == end:
            return
        self.gathered.keep(self.slot, start, end)
        if self.slot.fate is Fate.PARKED:
            sentence = (
                _("This text stands under none of the section's prompts; it is parked beside it.")
                if self.slot.section
                else _("This text belongs to no section; it is parked beside the brief.")
            )
            self.gathered.note(start, OddityKind.NO_PLACE, sentence)
