"""Reads a brief that people wrote: by its titles and labels, however they were set apart.

Every line ends up as structure, in an answer, set aside or parked. What the outline doesn't know
stays text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from briefs.document.outline import Outline
from briefs.importing.captions import (
    LONGEST_TITLE,
    Caption,
    Style,
    heading_caption,
    is_prose,
    line_caption,
    line_label,
)
from briefs.importing.gathering import Gathered, Slot
from briefs.importing.guidance import kind_of_note
from briefs.importing.header import FrontMatter, clean_title, read_stray_field
from briefs.importing.known import Known, known
from briefs.importing.lines import (
    BlockKind,
    LineBlock,
    blocks_of,
    columns_before_text,
    common_indent,
    dedented,
    is_bullet,
    without_bullet,
)
from briefs.importing.matching import bare
from briefs.importing.meaning import (
    meant,
    meant_by_item,
    meant_by_item_of_part,
    meant_by_label,
    meant_by_numbered_line,
)
from briefs.importing.notes import Notes
from briefs.importing.report import Fate, Header, OddityKind, Reading
from briefs.importing.standing import Standing
from briefs.importing.survey import survey

MOST_OWN_SECTIONS = 100
MOST_OPEN_FENCES = 10
CODE_INDENT = 4


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that begins a part, a section or a prompt, with the text behind its label."""

    known: Known
    caption: Caption
    rest: str


def read_hand_written(lines: list[str], front: FrontMatter, outline: Outline) -> Reading:
    """Reads the lines below the front matter. `lines` are the reader's to change."""
    gathered = Gathered(lines, oddities=list(front.oddities))
    gathered.front_matter(front.end, front.unplaced)
    blocks = _blocks(lines, front.end, gathered)
    names = known(outline)
    standing = Standing(names, survey(blocks, lines, names), gathered)
    walk = _Walk(lines, standing, front.header)
    for place, block in enumerate(blocks):
        walk.read(block, blocks[place + 1] if place + 1 < len(blocks) else None)
    return gathered.reading(walk.header)


def _blocks(lines: list[str], first: int, gathered: Gathered) -> list[LineBlock]:
    """All blocks; a list that is indented so far that Markdown takes it for code is moved left."""
    blocks: list[LineBlock] = []
    for block in _without_open_fences(lines, first, gathered):
        if block.kind is BlockKind.INDENTED and is_bullet(lines[block.start]):
            own_lines = lines[block.start : block.end]
            lines[block.start : block.end] = dedented(own_lines, common_indent(own_lines))
            sentence = _("This list is indented so far that Markdown reads code; it was moved.")
            gathered.note(block.start, OddityKind.INDENTED_LIST, sentence)
            blocks.extend(blocks_of(lines, block.start, block.end))
        else:
            blocks.append(block)
    return blocks


def _without_open_fences(lines: list[str], first: int, gathered: Gathered) -> list[LineBlock]:
    """A fence of code that is never closed would take the rest of the brief with it."""
    blocks = blocks_of(lines, first, len(lines))
    for _time in range(MOST_OPEN_FENCES):
        if not blocks or blocks[-1].kind is not BlockKind.OPEN_FENCE:
            break
        at = blocks[-1].start
        sentence = _("Code begins here and never ends; what follows was read as text.")
        gathered.note(at, OddityKind.OPEN_FENCE, sentence)
        alone = LineBlock(BlockKind.OTHER, at, at + 1)
        blocks = [*blocks[:-1], alone, *blocks_of(lines, at + 1, len(lines))]
    return blocks


@dataclass(slots=True)
class _Walk:
    """One pass over the blocks."""

    lines: Sequence[str]
    standing: Standing
    header: Header
    has_title: bool = False
    notes: Notes = field(default_factory=Notes)

    def read(self, block: LineBlock, following: LineBlock | None) -> None:
        """One block, told which comes next."""
        match block.kind:
            case BlockKind.HEADING:
                self.heading(block, following)
            case BlockKind.PARAGRAPH:
                self.paragraph(block.start, block.end, following)
            case BlockKind.RULE:
                self.rule(block, following)
            case BlockKind.LIST:
                self.list_of_items(block)
            case BlockKind.INDENTED if self.notes.last:
                self.keep_in(self.notes.last, block.start, block.end)
                return
            case _:
                self.keep(block.start, block.end)
        if block.kind is not BlockKind.PARAGRAPH:
            self.notes.last = None

    @property
    def gathered(self) -> Gathered:
        return self.standing.gathered

    def keep(self, start: int, end: int) -> None:
        """Lines that are text where we stand."""
        self.keep_in(self.standing.slot, start, end)

    def keep_in(self, slot: Slot, start: int, end: int) -> None:
        self.notes.refer(slot, "\n".join(self.lines[start:end]))
        if self.gathered.keep(slot, start, end) and slot.fate is Fate.PARKED:
            self.note_parked(slot, start)

    def note_parked(self, slot: Slot, line: int) -> None:
        if slot.section:
            sentence = _(
                "This section asks by labels, and this text names none; it is parked beside it."
            )
        else:
            sentence = _("This text belongs to no section; it is parked beside the brief.")
        self.gathered.note(line, OddityKind.NO_PLACE, sentence)

    def heading(self, block: LineBlock, following: LineBlock | None) -> None:
        caption = heading_caption(block)
        found = meant(self.standing, caption)
        if found:
            self.enter(found, caption)
        elif self.stray_field(block) or self.title(caption):
            self.gathered.structure(block.start, block.end)
        elif is_prose(block):
            self.prose(block, following)
        elif self.may_be_own(caption) and caption.level <= max(
            self.standing.survey.section_level, self.standing.level
        ):
            self.open_own(caption)
        else:
            self.heading_as_text(block)

    def enter(self, found: Known, caption: Caption) -> None:
        self.gathered.structure(caption.start, caption.end)
        self.standing.enter(found, caption)

    def open_own(self, caption: Caption) -> None:
        self.gathered.structure(caption.start, caption.end)
        self.standing.open_own(caption)

    def stray_field(self, block: LineBlock) -> bool:
        stray = read_stray_field(block.text)
        if stray is None or self.standing.has_begun:
            return False
        key, value = stray
        if key == "title" and not self.header.title:
            self.header = replace(self.header, title=value)
        sentence = _(
            "This line looks like part of a damaged header at the top of the file (title, date and "
            "the like). It was read as header, not as text of the brief."
        )
        self.gathered.note(block.start, OddityKind.FRONT_MATTER, sentence)
        return True

    def title(self, caption: Caption) -> bool:
        """Whether a caption is the brief's title: the first one, above all that is known."""
        if self.has_title or self.standing.has_begun or not self.may_be_name(caption):
            return False
        if caption.style is Style.HEADING:
            is_on_top = caption.level == 1 or caption.level < self.standing.survey.top_level
        else:
            is_on_top = caption.style is Style.BOLD and self.gathered.last is None
        if not is_on_top:
            return False
        self.has_title = True
        self.take_title(caption)
        return True

    def take_title(self, caption: Caption) -> None:
        title = clean_title(caption.title)[0]
        if not self.header.title:
            self.header = replace(self.header, title=title)
        elif bare(self.header.title) != bare(title):
            sentence = _(
                "The front matter calls the brief “%(first)s” and this line “%(second)s”; the "
                "first was taken."
            ) % {"first": self.header.title, "second": title}
            self.gathered.note(caption.start, OddityKind.TITLE, sentence)

    def prose(self, block: LineBlock, following: LineBlock | None) -> None:
        sentence = _(
            "The line right below this paragraph makes it a heading; they were taken as text and "
            "a fence."
        )
        self.gathered.note(block.start, OddityKind.HEADING_IN_ANSWER, sentence)
        self.paragraph(block.start, block.end - 1, following)
        self.gathered.structure(block.end - 1, block.end)

    def heading_as_text(self, block: LineBlock) -> None:
        if self.standing.slot.fate is Fate.ANSWER:
            sentence = _("This heading stands within an answer; it stays in its text.")
            self.gathered.note(block.start, OddityKind.HEADING_IN_ANSWER, sentence)
        self.keep(block.start, block.end)

    def may_be_name(self, caption: Caption) -> bool:
        return bool(bare(caption.title)) and len(caption.title) <= LONGEST_TITLE

    def may_be_own(self, caption: Caption) -> bool:
        return self.may_be_name(caption) and len(self.gathered.own) < MOST_OWN_SECTIONS

    def rule(self, block: LineBlock, following: LineBlock | None) -> None:
        """A fence between two sections is structure; a line drawn within a text is text."""
        is_fence = (
            following is None
            or following.kind in (BlockKind.HEADING, BlockKind.RULE)
            or self.is_bold_line(following)
            or self.gathered.last is None
        )
        if is_fence:
            self.gathered.structure(block.start, block.end)
        else:
            self.keep(block.start, block.end)

    def is_bold_line(self, block: LineBlock) -> bool:
        if block.kind is not BlockKind.PARAGRAPH:
            return False
        caption = line_caption(self.lines[block.start], block.start)
        return caption is not None and caption.style is Style.BOLD

    def paragraph(self, start: int, end: int, following: LineBlock | None) -> None:
        self.notes.last = None
        if self.footnotes(start, end):
            return
        is_alone = end - start == 1
        if not (is_alone and self.opening(start, is_alone=True)):
            if self.set_aside(start, end):
                return
            if is_alone and self.unknown_bold_line(start, following):
                return
        rest = ""
        for at in range(start, end):
            opening = self.opening(at, is_alone=is_alone)
            if opening is None:
                continue
            self.keep_behind(rest, start, at)
            self.standing.enter(opening.known, opening.caption)
            rest = opening.rest
            start = at
            if not rest:
                self.gathered.structure(at, at + 1)
                start = at + 1
        self.keep_behind(rest, start, end)

    def footnotes(self, start: int, end: int) -> bool:
        here = self.standing.slot
        for at, stop, slot in self.notes.definitions(self.lines, start, end, here):
            self.keep_in(slot, at, stop)
            self.notes.last = slot
            if slot != here:
                sentence = _("This note went to the text that refers to it.")
                self.gathered.note(at, OddityKind.NOTE_MOVED, sentence)
        return self.notes.last is not None

    def keep_behind(self, rest: str, start: int, end: int) -> None:
        """The lines of a paragraph, of which the first may be the rest behind a label."""
        if start >= end:
            return
        if not rest:
            self.keep(start, end)
            return
        text = "\n".join([rest, *self.lines[start + 1 : end]])
        self.keep_moved(start, end, text)

    def keep_moved(self, start: int, end: int, text: str) -> None:
        slot = self.standing.slot
        self.notes.refer(slot, text)
        self.gathered.keep_moved(slot, start, end, text)
        if slot.fate is Fate.PARKED:
            self.note_parked(slot, start)

    def opening(self, at: int, *, is_alone: bool) -> _Opening | None:
        """What the line of a paragraph begins, None when it is only text."""
        caption = line_caption(self.lines[at], at)
        if caption and (caption.style is Style.BOLD or is_alone):
            found = meant(self.standing, caption)
            if found:
                return _Opening(found, caption, "")
        label = line_label(self.lines[at], at)
        if label and label.rest:
            found = meant_by_label(self.standing, label)
            if found:
                return _Opening(found, label.caption, label.rest)
        return None

    def set_aside(self, start: int, end: int) -> bool:
        section = self.standing.section.section if self.standing.section else None
        text = "\n".join(self.lines[start:end])
        kind = kind_of_note(text, section, self.standing.likeness)
        if kind is None:
            return False
        self.gathered.keep(Slot(Fate.SET_ASIDE, self.standing.section_key), start, end)
        if kind is OddityKind.GUIDANCE:
            sentence = _("This reads like guidance and not like an answer; it was set aside.")
        else:
            sentence = _("This reads like an author's note; it was set aside.")
        self.gathered.note(start, kind, sentence)
        return True

    def unknown_bold_line(self, at: int, following: LineBlock | None) -> bool:
        """A bold line of which nothing is known: the title, or a section where they are in bold."""
        caption = line_caption(self.lines[at], at)
        if caption is None or caption.style is not Style.BOLD:
            return False
        if self.title(caption):
            self.gathered.structure(at, at + 1)
            return True
        standing = self.standing
        is_style = standing.survey.bold_sections > 1 and standing.has_begun and not standing.level
        has_text = following is not None and following.kind not in (
            BlockKind.HEADING,
            BlockKind.RULE,
        )
        is_sentence = caption.title[-1:] in (".", "!", ";", ",")
        if not is_style or not has_text or is_sentence or not self.may_be_own(caption):
            return False
        self.open_own(caption)
        return True

    def list_of_items(self, block: LineBlock) -> None:
        if len(block.items) == 1 and block.end == block.start + 1 and self.numbered_line(block):
            return
        section = self.standing.section
        if self.standing.section_key is None and self.standing.has_begun:
            self.sections_in_list(block)
            return
        if section is None or not self.standing.names.prompts[section.key]:
            self.keep(block.start, block.end)
            return
        for start, end in block.items:
            self.item(start, end)

    def numbered_line(self, block: LineBlock) -> bool:
        """A title with a number before it is a list of one item to Markdown, underlined or not."""
        caption = line_caption(self.lines[block.start], block.start)
        found = meant_by_numbered_line(self.standing, caption) if caption else None
        if caption is None or found is None:
            return False
        self.enter(found, caption)
        return True

    def sections_in_list(self, block: LineBlock) -> None:
        """A list right under a part may name its sections."""
        for start, end in block.items:
            text = without_bullet(self.lines[start])
            caption = line_caption(text, start)
            label = line_label(text, start)
            if caption and (found := meant_by_item_of_part(self.standing, caption)):
                self.open_item(_Opening(found, caption, ""), start, end)
            elif label and (found := meant_by_item_of_part(self.standing, label.caption)):
                self.open_item(_Opening(found, label.caption, label.rest), start, end)
            else:
                self.keep(start, end)

    def item(self, start: int, end: int) -> None:
        opening = self.item_opening(start, end)
        if opening is None:
            self.keep(start, end)
        else:
            self.open_item(opening, start, end)

    def open_item(self, opening: _Opening, start: int, end: int) -> None:
        self.standing.enter(opening.known, opening.caption)
        text = "\n".join([opening.rest, *self.freed(start, end)])
        if opening.rest:
            self.keep_moved(start, end, text)
            return
        self.gathered.structure(start, start + 1)
        if end > start + 1:
            self.keep_moved(start + 1, end, text)

    def freed(self, start: int, end: int) -> list[str]:
        """The lines below an item's first, as they stand when they are no longer in a list."""
        below = self.lines[start + 1 : end]
        least = columns_before_text(self.lines[start])
        common = common_indent(below, least)
        return dedented(below, least if common - least >= CODE_INDENT else common)

    def item_opening(self, start: int, end: int) -> _Opening | None:
        text = without_bullet(self.lines[start])
        caption = line_caption(text, start)
        if caption and (caption.style is not Style.PLAIN or caption.has_colon or end > start + 1):
            found = meant_by_item(self.standing, caption)
            if found:
                return _Opening(found, caption, "")
        label = line_label(text, start)
        if label is None or not label.rest:
            return None
        prompt = meant_by_label(self.standing, label)
        if prompt:
            return _Opening(prompt, label.caption, label.rest)
        if label.caption.style is Style.BOLD and label.caption.has_colon:
            sentence = _("The template has no prompt “%(label)s” here; the point stays text.")
            sentence %= {"label": label.caption.title}
            self.gathered.note(start, OddityKind.UNKNOWN_LABEL, sentence)
        return None
