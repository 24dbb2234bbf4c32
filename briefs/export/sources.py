"""The list of sources at the end of a brief: its footnotes in their order, each once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefs.document.blocks import Block, Footnote, parse
from briefs.document.language import Language, list_of
from briefs.document.tree import Document, SectionNode
from briefs.document.words import words_in


@dataclass(frozen=True, slots=True)
class Source:
    """What one or several notes say, word for word. `cited_in` are the sections of these notes."""

    blocks: list[Block]
    cited_in: tuple[SectionNode, ...]


def sources_of(document: Document) -> list[Source]:
    """Notes that read the same are one source, and a note that says nothing is none."""
    found: dict[str, tuple[list[Block], dict[str, SectionNode]]] = {}
    for section in document.sections:
        for answer in section.answers:
            for note in notes_in(parse(answer.text)):
                words = " ".join(words_in(note["blocks"]).split())
                if words:
                    _blocks, cited = found.setdefault(words, (without_notes(note["blocks"]), {}))
                    cited[section.key] = section
    return [Source(blocks, tuple(cited.values())) for blocks, cited in found.values()]


def names_of(source: Source, language: Language) -> str:
    """The sections that cite a source, by their numbers where they have one."""
    return list_of((section.number or section.title for section in source.cited_in), language)


def notes_in(value: Any) -> Iterator[Footnote]:
    """Every note in blocks or inlines, in the order of reading, and the notes in notes after it."""
    if isinstance(value, list):
        for each in value:
            yield from notes_in(each)
    elif isinstance(value, dict):
        if value.get("kind") == "footnote" and value["blocks"]:
            yield value  # type: ignore[misc]
        for name in ("blocks", "inlines", "items", "head", "rows"):
            yield from notes_in(value.get(name, []))


def without_notes(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks without references to notes."""
    return [_bare(block) for block in blocks]


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(each) for each in value if not _is_note(each)]
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items()}
    return value


def _is_note(value: Any) -> bool:
    return isinstance(value, dict) and value.get("kind") == "footnote"
