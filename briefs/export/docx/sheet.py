"""What all parts of one file share while it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from briefs.document.language import Language, language_of
from briefs.document.look import Paper
from briefs.document.tree import Document
from briefs.export.docx.characters import Characters
from briefs.export.docx.comments import Comments
from briefs.export.docx.looks import colour_of
from briefs.export.docx.notes import Notes
from briefs.export.docx.numbering import Numbering
from briefs.export.docx.package import Relations
from briefs.export.docx.pictures import Pictures
from briefs.export.docx.tracking import Tracking

# Twips, twentieths of a point: 567 are a centimetre.
_PAPERS = {Paper.A4: (11_906, 16_838), Paper.LETTER: (12_240, 15_840)}
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM = 1701, 1701, 1587


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper, and what is collected on the way. Sizes are in twips."""

    document: Document
    language: Language
    width: int
    height: int
    colour: str
    characters: Characters
    numbering: Numbering
    notes: Notes
    comments: Comments
    pictures: Pictures
    tracking: Tracking
    identities: Iterator[int]
    relations: Relations = field(default_factory=Relations)

    @classmethod
    def of(cls, document: Document) -> "Sheet":
        width, height = _PAPERS[document.look.paper]
        identities = count(1)
        characters = Characters()
        colour = colour_of(document.look.house)
        language = language_of(document.language)
        return cls(
            document=document,
            language=language,
            width=width,
            height=height,
            colour=colour,
            characters=characters,
            numbering=Numbering(colour, language.direction),
            notes=Notes(),
            comments=Comments(characters),
            pictures=Pictures(document.pictures, characters, identities),
            tracking=Tracking(document.modified_at, identities),
            identities=identities,
        )

    @property
    def across(self) -> "Sheet":
        """The same paper, turned."""
        return replace(self, width=self.height, height=self.width)

    @property
    def is_across(self) -> bool:
        return self.width > self.height

    @property
    def text_width(self) -> int:
        return self.width - 2 * MARGIN_X

    @property
    def text_height(self) -> int:
        return self.height - MARGIN_TOP - MARGIN_BOTTOM
