"""The outline as a list of names to look up: which part, section or prompt a caption means."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from briefs.document.outline import Outline, OutlineSection
from briefs.importing.matching import Likeness, bare


@dataclass(frozen=True, slots=True)
class KnownSection:
    """A section with its part's place and its own place in it, both from 0."""

    part: int
    place: int
    section: OutlineSection
    number: str

    @property
    def key(self) -> str:
        return self.section.key


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A part; `number` is None for the opening, which has no title to look up."""

    place: int
    key: str
    title: str
    number: int | None


@dataclass(frozen=True, slots=True)
class KnownPrompt:
    """A prompt of one section."""

    section: str
    key: str
    label: str


Known = KnownPart | KnownSection | KnownPrompt


@dataclass(slots=True)
class KnownOutline:
    """All names of an outline: titles and labels by `bare()`; `bodies` are prompts without one."""

    parts: list[KnownPart] = field(default_factory=list)
    sections: list[KnownSection] = field(default_factory=list)
    titled: dict[str, list[KnownPart | KnownSection]] = field(default_factory=dict)
    prompts: dict[str, dict[str, KnownPrompt]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)

    def add_section(self, found: KnownSection) -> None:
        """One more section with its prompts."""
        self.sections.append(found)
        self.titled.setdefault(bare(found.section.title), []).append(found)
        labelled = self.prompts.setdefault(found.key, {})
        for prompt in found.section.prompts:
            if prompt.label:
                each = KnownPrompt(found.key, prompt.key, prompt.label)
                labelled.setdefault(bare(prompt.label), each)
            else:
                self.bodies.setdefault(found.key, prompt.key)


def known(outline: Outline) -> KnownOutline:
    """Reads an outline; parts and sections get the numbers that the template gives them."""
    names = KnownOutline()
    count = 0
    for place, part in enumerate(outline.parts):
        count += bool(part.title)
        found = KnownPart(place, part.key, part.title, count if part.title else None)
        names.parts.append(found)
        # The opening has no title, but a file may have a heading for it.
        names.titled.setdefault(bare(part.title or part.key), []).append(found)
        for position, section in enumerate(part.sections):
            number = f"{count}.{position + 1}" if part.title else ""
            names.add_section(KnownSection(place, position, section, number))
    return names


def closest(likeness: Likeness, title: str, candidates: Sequence[Known]) -> Known | None:
    """The candidate whose name is nearly that bare title."""
    found = likeness.closest(title, [(bare(_name(each)), each) for each in candidates])
    return found[1] if found else None


def _name(each: Known) -> str:
    if isinstance(each, KnownSection):
        return each.section.title
    return each.label if isinstance(each, KnownPrompt) else each.title
