"""What a brief template asks, as plain data: parts, their sections, and each section's prompts.

The template file is read into it, the importer places text by it, and a template's digest is taken
over it.
"""

from dataclasses import dataclass
from enum import StrEnum

from briefs.document.clearance import ClearanceRule, SignOffKind


class PromptForm(StrEnum):
    """How an answer is to be written."""

    PROSE = "prose"
    POINTS = "points"
    COMPLETE_LIST = "complete_list"


@dataclass(frozen=True, slots=True)
class Range:
    """From `least` to `most`, both included; None leaves that end open."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class OutlinePrompt:
    """One thing a section asks. A blank label is the section's body; `key` is unique in its
    section. `was` is its key in the version before, blank when that was the same."""

    key: str
    label: str
    form: PromptForm
    guidance: str = ""
    words: Range = Range()
    paragraphs: Range = Range()
    was: str = ""


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """One section. `key` is a path that is unique in the outline and stable across versions; `was`
    is the one that it had in the version before, blank when that was the same."""

    key: str
    title: str
    guidance: str
    prompts: tuple[OutlinePrompt, ...]
    words: Range = Range()
    sign_offs_needed: int = 1
    was: str = ""
    sign_off_kinds: tuple[str, ...] = ()
    sign_offs_in_order: bool = False
    is_blind: bool = False

    @property
    def rule(self) -> ClearanceRule:
        """What its text needs to be clear."""
        return ClearanceRule(
            self.sign_offs_needed, self.sign_off_kinds, self.sign_offs_in_order, self.is_blind
        )


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """One chapter, numbered by its place; the opening has no title and no number."""

    key: str
    title: str
    sections: tuple[OutlineSection, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole template."""

    key: str
    title: str
    language: str
    parts: tuple[OutlinePart, ...]
    sign_off_kinds: tuple[SignOffKind, ...] = ()
