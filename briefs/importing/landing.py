"""The report as a page shows it: shares of a bar, and where in the outline the text landed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from briefs.document.outline import Outline, OutlinePart
from briefs.document.words import count_words
from briefs.importing.reading import title_of
from briefs.importing.report import Fate, FoundLoose, Oddity, Reading

BAR_WIDTH = 1000
GAP = 3
MOST_OF_A_KIND = 6


@dataclass(frozen=True, slots=True)
class Share:
    """One piece of the bar, from `x`, in thousandths; `lines` is what it stands for."""

    fate: Fate
    name: str
    explanation: str
    lines: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class LandedSection:
    """One section of the outline or of the brief's own; 0 words when the file has none for it."""

    number: str
    title: str
    words: int
    is_own: bool
    is_found: bool


@dataclass(frozen=True, slots=True)
class LandedPart:
    """One part with its sections; `number` is None for the opening."""

    number: int | None
    title: str
    sections: tuple[LandedSection, ...]

    @property
    def filled(self) -> int:
        return sum(bool(section.words) for section in self.sections)

    @property
    def words(self) -> int:
        return sum(section.words for section in self.sections)


@dataclass(frozen=True, slots=True)
class LooseOnPage:
    """A parked or set-aside text, and the title of its section, blank for the whole brief."""

    loose: FoundLoose
    section: str


@dataclass(frozen=True, slots=True)
class Landing:
    """Everything a page says of a reading."""

    reading: Reading
    shares: tuple[Share, ...]
    lines: int
    parts: tuple[LandedPart, ...]
    loose: tuple[LooseOnPage, ...]

    @property
    def rare_oddities(self) -> list[Oddity]:
        """Those that a reader should see one by one."""
        kinds = Counter(oddity.kind for oddity in self.reading.oddities)
        return [each for each in self.reading.oddities if kinds[each.kind] <= MOST_OF_A_KIND]

    @property
    def frequent_oddities(self) -> list[list[Oddity]]:
        """The others, by kind."""
        kinds = Counter(oddity.kind for oddity in self.reading.oddities)
        return [
            [each for each in self.reading.oddities if each.kind is kind]
            for kind, count in kinds.items()
            if count > MOST_OF_A_KIND
        ]

    @property
    def filled(self) -> int:
        return sum(part.filled for part in self.parts)

    @property
    def sections(self) -> int:
        return sum(len(part.sections) for part in self.parts)

    @property
    def missing(self) -> list[LandedSection]:
        """Sections that would be empty."""
        return [section for part in self.parts for section in part.sections if not section.words]


def landing(reading: Reading, outline: Outline) -> Landing:
    """Reads a report for a page."""
    loose = [
        LooseOnPage(each, title_of(reading, outline, each.section) if each.section else "")
        for each in reading.loose
    ]
    return Landing(
        reading=reading,
        shares=tuple(_shares(reading)),
        lines=sum(reading.counts().values()),
        parts=tuple(_parts(reading, outline)),
        loose=tuple(loose),
    )


def _shares(reading: Reading) -> Iterator[Share]:
    said = {
        Fate.ANSWER: (_("Answers"), _("Text under the template's prompts")),
        Fate.STRUCTURE: (_("Structure"), _("Headings, labels and fences")),
        Fate.SET_ASIDE: (_("Set aside"), _("Guidance and authors' notes, kept beside the text")),
        Fate.PARKED: (_("Parked"), _("Kept in sight until somebody places it")),
    }
    counts = reading.counts()
    total = max(sum(counts.values()), 1)
    x = 0
    for fate, (name, explanation) in said.items():
        lines = counts[fate.value]
        width = round(lines * BAR_WIDTH / total)
        yield Share(fate, name, explanation, lines, x, max(width - GAP, 1 if lines else 0))
        x += width


def _parts(reading: Reading, outline: Outline) -> Iterator[LandedPart]:
    words: dict[str, int] = {}
    for answer in reading.answers:
        words[answer.section] = words.get(answer.section, 0) + count_words(answer.text)
    number = 0
    for part in outline.parts:
        number += bool(part.title)
        sections = _sections(part, number, reading, words)
        yield LandedPart(
            number if part.title else None, part.title or _("Opening"), tuple(sections)
        )


def _sections(
    part: OutlinePart, number: int, reading: Reading, words: dict[str, int]
) -> Sequence[LandedSection]:
    rest = [each for each in reading.own_sections if each.part == part.key and not each.after]
    rows = [(each.title, count_words(each.text), True, True) for each in rest if each.is_first]
    for section in part.sections:
        own = [each for each in reading.own_sections if each.after == section.key]
        found = section.key in reading.found
        rows.append((section.title, words.get(section.key, 0), False, found))
        rows += [(each.title, count_words(each.text), True, True) for each in own]
    rows += [(each.title, count_words(each.text), True, True) for each in rest if not each.is_first]
    return [
        LandedSection(f"{number}.{place}" if part.title else "", *row)
        for place, row in enumerate(rows, start=1)
    ]
