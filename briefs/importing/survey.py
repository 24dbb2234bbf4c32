"""How a file sets its titles apart: at which levels, and whether in bold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefs.importing.captions import Caption, Style, heading_caption, line_caption
from briefs.importing.known import KnownOutline, KnownPart, KnownSection
from briefs.importing.lines import BlockKind, LineBlock
from briefs.importing.matching import bare


@dataclass(slots=True)
class Survey:
    """`section_levels` and `part_levels` count the heading levels of titles that are known,
    `numbered_levels` those of sections outside the opening.

    `bold_sections` is the number of known sections named by a bold line; `headings` and `captions`
    count each bare title among the headings, and among headings and bold lines.
    """

    section_levels: Counter[int] = field(default_factory=Counter)
    numbered_levels: Counter[int] = field(default_factory=Counter)
    part_levels: Counter[int] = field(default_factory=Counter)
    bold_sections: int = 0
    headings: Counter[str] = field(default_factory=Counter)
    captions: Counter[str] = field(default_factory=Counter)

    @property
    def part_level(self) -> int:
        """The level of parts; 0 when no part is a heading."""
        return self.part_levels.most_common(1)[0][0] if self.part_levels else 0

    @property
    def section_level(self) -> int:
        """The level of sections; one below the parts when no section is a heading."""
        if self.section_levels:
            return self.section_levels.most_common(1)[0][0]
        return (self.part_level or 1) + 1

    def is_unusual_level(self, level: int) -> bool:
        """Whether most sections outside the opening are headings of another level."""
        usual = self.numbered_levels.most_common(1)
        return bool(usual) and usual[0][0] != level

    @property
    def top_level(self) -> int:
        """The highest heading that is known, 7 when none is."""
        return min([*self.section_levels, *self.part_levels], default=7)


def survey(blocks: Sequence[LineBlock], lines: Sequence[str], names: KnownOutline) -> Survey:
    """Looks at every heading and every line in bold."""
    seen = Survey()
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            _look(seen, heading_caption(block), names)
        elif block.kind is BlockKind.PARAGRAPH:
            for at in range(block.start, block.end):
                caption = line_caption(lines[at], at)
                if caption and caption.style is Style.BOLD:
                    _look(seen, caption, names)
    return seen


def _look(seen: Survey, caption: Caption, names: KnownOutline) -> None:
    title = bare(caption.title)
    seen.captions[title] += 1
    if caption.style is Style.HEADING:
        seen.headings[title] += 1
    for found in names.titled.get(title, [])[:1]:
        if isinstance(found, KnownSection) and caption.style is Style.BOLD:
            seen.bold_sections += 1
        elif isinstance(found, KnownSection):
            seen.section_levels[caption.level] += 1
            seen.numbered_levels[caption.level] += bool(found.number)
        elif isinstance(found, KnownPart) and caption.style is Style.HEADING:
            seen.part_levels[caption.level] += 1
