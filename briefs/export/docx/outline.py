"""The headings of one document or of two, in order, with the sections below them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from briefs.document.differences import stretches
from briefs.document.tree import Document, SectionNode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heading:
    """Of a part or of a section. `level` is 1 or 2, `number` blank in the opening, and `section`
    None for a part."""

    key: str
    level: int
    number: str
    title: str
    section: SectionNode | None = None

    @property
    def identity(self) -> str:
        return f"{self.level} {'section' if self.section else 'part'} {self.key}"


def headings_of(document: Document) -> Iterator[Heading]:
    """In order. The opening has no heading, and its sections are of level 1."""
    for part in document.parts:
        if part.title:
            number = "" if part.number is None else str(part.number)
            yield Heading(part.key, 1, number, part.title)
        level = 2 if part.title else 1
        for section in part.sections:
            yield Heading(section.key, level, section.number, section.title, section)


def paired(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], str]
) -> Iterator[tuple[T | None, T | None]]:
    """What stands in both, in the older one alone and in the newer one alone, in order."""
    at = new_at = 0
    for change in stretches([key(one) for one in old], [key(one) for one in new]):
        yield from zip(old[at : change.start], new[new_at : change.new_start], strict=True)
        yield from ((gone, None) for gone in old[change.start : change.end])
        yield from ((None, came) for came in new[change.new_start : change.new_end])
        at, new_at = change.end, change.new_end
    yield from zip(old[at:], new[new_at:], strict=True)
