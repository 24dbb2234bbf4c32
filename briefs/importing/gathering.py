"""Collects what is read, line by line, so that each line has one fate and its text one place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from accounts.lines import readable_line
from briefs.document.text import normalise
from briefs.document.tree import LooseKind
from briefs.importing.report import (
    Fate,
    FoundAnswer,
    FoundLoose,
    Header,
    Oddity,
    OddityKind,
    OwnSection,
    Reading,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where text goes: under a prompt, beside a section, or beside the brief (no section)."""

    fate: Fate
    section: str | None = None
    prompt: str = ""


@dataclass(slots=True)
class OwnHeading:
    """A section of the brief's own, of which the text comes later."""

    key: str
    title: str
    part: str
    after: str | None
    line: int
    is_first: bool


@dataclass(slots=True)
class _Passage:
    """Lines `start` to `end`; `moved` is their text where it isn't the lines as they are."""

    start: int
    end: int
    moved: str | None = None


@dataclass(slots=True)
class Gathered:
    """Everything found so far in a file of these lines."""

    lines: Sequence[str]
    fates: list[Fate | None] = field(init=False)
    oddities: list[Oddity] = field(default_factory=list)
    own: list[OwnHeading] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    answers: dict[Slot, list[_Passage]] = field(default_factory=dict)
    loose: list[tuple[Slot, _Passage]] = field(default_factory=list)
    last: tuple[Slot, _Passage] | None = None

    def __post_init__(self) -> None:
        self.fates = [None] * len(self.lines)

    def note(self, line: int, kind: OddityKind, sentence: str) -> None:
        """An oddity of a line counted from 0, as everywhere here."""
        self.oddities.append(Oddity(line + 1, kind, sentence))

    def front_matter(self, end: int, unplaced: Collection[int]) -> None:
        """The lines before the text: structure, but for those that say what has no place."""
        for at in range(end):
            if at in unplaced:
                self.keep(Slot(Fate.PARKED), at, at + 1)
            else:
                self.structure(at, at + 1)
        self.last = None

    def structure(self, start: int, end: int) -> None:
        self._mark(start, end, Fate.STRUCTURE)
        self.last = None

    def keep(self, slot: Slot, start: int, end: int) -> bool:
        """Lines as they are. Says whether a new passage begins with them."""
        self._mark(start, end, slot.fate)
        if self.last and self.last[0] == slot and self.last[1].moved is None:
            self.last[1].end = end
            return False
        self._add(slot, _Passage(start, end))
        return True

    def keep_moved(self, slot: Slot, start: int, end: int, text: str) -> None:
        """Lines of which the text was freed from a label or an indent."""
        self._mark(start, end, slot.fate)
        self._add(slot, _Passage(start, end, text))

    def own_section(
        self, title: str, part: str, after: str | None, line: int, *, is_first: bool = False
    ) -> str:
        key = f"own-{len(self.own) + 1}"
        title = " ".join(readable_line(normalise(title)).split())
        self.own.append(OwnHeading(key, title, part, after, line + 1, is_first))
        return key

    def reading(self, header: Header) -> Reading:
        """All of it, each answer's passages joined."""
        return Reading(
            header=header,
            answers=tuple(self._answers()),
            own_sections=tuple(self._own_sections()),
            loose=tuple(self._loose()),
            oddities=tuple(sorted(self.oddities, key=lambda oddity: oddity.line)),
            fates=tuple(self.fates),
            found=tuple(dict.fromkeys(self.found)),
        )

    def _mark(self, start: int, end: int, fate: Fate) -> None:
        for at in range(start, end):
            if self.lines[at].strip():
                self.fates[at] = fate

    def _add(self, slot: Slot, passage: _Passage) -> None:
        if slot.fate is Fate.ANSWER:
            self.answers.setdefault(slot, []).append(passage)
        else:
            self.loose.append((slot, passage))
        # Two notes are two texts, even side by side.
        self.last = None if slot.fate is Fate.SET_ASIDE else (slot, passage)

    def _text(self, passage: _Passage) -> str:
        if passage.moved is not None:
            return normalise(passage.moved)
        return normalise("\n".join(self.lines[passage.start : passage.end]))

    def _joined(self, passages: Sequence[_Passage]) -> str:
        return normalise("\n\n".join(filter(None, map(self._text, passages))))

    def _answers(self) -> list[FoundAnswer]:
        own = {heading.key for heading in self.own}
        answers = []
        for slot, passages in self.answers.items():
            text = self._joined(passages)
            if slot.section and slot.section not in own and text:
                line = passages[0].start + 1
                answers.append(FoundAnswer(slot.section, slot.prompt, text, line))
        return answers

    def _own_sections(self) -> list[OwnSection]:
        texts = {slot.section: self._joined(passages) for slot, passages in self.answers.items()}
        return [
            OwnSection(
                heading.key,
                heading.title,
                heading.part,
                heading.after,
                texts.get(heading.key, ""),
                heading.line,
                heading.is_first,
            )
            for heading in self.own
        ]

    def _loose(self) -> list[FoundLoose]:
        found = []
        for slot, passage in self.loose:
            kind = LooseKind.PARKED if slot.fate is Fate.PARKED else LooseKind.SET_ASIDE
            text = self._text(passage)
            if text:
                found.append(FoundLoose(kind, slot.section, text, passage.start + 1))
        return found
