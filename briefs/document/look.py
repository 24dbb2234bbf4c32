"""How a document is printed: on which paper, in whose name, and with which of its parts."""

from dataclasses import dataclass, field
from enum import StrEnum


class Paper(StrEnum):
    """ISO 216 A4, 210 by 297 mm, or ANSI Letter, 216 by 279 mm."""

    A4 = "a4"
    LETTER = "us-letter"


@dataclass(frozen=True, slots=True)
class House:
    """In whose name a brief goes out. `colour` is `#rrggbb`, that of headings and rules; `logo` the
    SHA-256 of one of the document's pictures. What is blank isn't printed."""

    organisation: str = ""
    unit: str = ""
    colour: str = "#1f3a5f"
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a writer that sets pages asks. Text is the same, whatever it looks like. Without a cover
    it is an excerpt, for looking at."""

    paper: Paper = Paper.A4
    has_cover: bool = True
    has_contents: bool = True
    has_clearance: bool = True
    house: House = field(default_factory=House)
