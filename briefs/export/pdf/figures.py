"""Pictures as the printed page shows them: which file, and how wide."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from briefs.document.tree import PictureNode

# In points, of 1/72 inch: what a page holds beside its margins and a heading.
_WIDEST, _HIGHEST = 425.0, 560.0
_POINTS_PER_PIXEL = 0.5  # 144 pixels per inch
_BETWEEN_COLUMNS = 13.0


@dataclass(frozen=True, slots=True)
class Figure:
    """`width` in points, such that the picture isn't higher than a page either."""

    file: str
    width: float


class Figures:
    """The pictures of a document; `used` are the bytes of those that were asked for, by the name
    that the page has for them."""

    def __init__(self, pictures: Iterable[PictureNode]) -> None:
        self.pictures = {picture.sha256: picture for picture in pictures}
        self.used: dict[str, bytes] = {}

    def find(self, sha256: str | None, columns: int = 1) -> Figure | None:
        """The picture of this SHA-256 in one of so many columns; None when there is none."""
        room = _WIDEST / columns - (_BETWEEN_COLUMNS if columns > 1 else 0)
        return self.within(sha256, max(room, 12), _HIGHEST)

    def within(self, sha256: str | None, width: float, height: float) -> Figure | None:
        """The same, at most so many points wide and high."""
        picture = self.pictures.get(sha256 or "")
        if picture is None:
            return None
        file = f"picture-{picture.sha256}.svg"
        if file not in self.used:
            self.used[file] = _wrapped(picture)
        fitting = min(
            picture.width * _POINTS_PER_PIXEL, width, height * picture.width / picture.height
        )
        return Figure(file, round(fitting, 2))


def _wrapped(picture: PictureNode) -> bytes:
    """The picture in an SVG, as Typst takes nothing but text from memory. Its bytes come into the
    PDF as they are."""
    size = f'width="{picture.width}" height="{picture.height}"'
    data = f"data:{picture.mime_type};base64,{b64encode(picture.content).decode()}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{data}"/></svg>'
    return svg.encode()
