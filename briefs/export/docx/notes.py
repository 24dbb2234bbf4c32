"""Footnotes as Word's own: it counts them, and sets each on the page of its reference."""

from briefs.export.docx.markup import part
from briefs.export.docx.package import Relations

_LINES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{identity}"><w:p><w:pPr><w:spacing w:after="0" '
    f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, identity in (("separator", -1), ("continuationSeparator", 0))
)


class Notes:
    """All notes of a document, in the order of their references, so that the identity of each is
    the number that Word shows."""

    def __init__(self) -> None:
        self.relations = Relations()
        self._notes: list[str] = []

    def begin(self) -> int:
        """A place for the next note; gives its number, from 1."""
        self._notes.append("")
        return len(self._notes)

    def end(self, number: int, paragraphs: str) -> None:
        """What the note says, as paragraphs and tables."""
        self._notes[number - 1] = paragraphs

    def xml(self) -> str:
        notes = "".join(
            f'<w:footnote w:id="{number}">{paragraphs}</w:footnote>'
            for number, paragraphs in enumerate(self._notes, start=1)
        )
        return part("footnotes", _LINES + notes)


def bookmark_of(number: int) -> str:
    """What a second reference to a note names."""
    return f"_Note{number}"
