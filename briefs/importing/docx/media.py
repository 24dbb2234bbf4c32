"""The pictures that a Word file carries, as a brief keeps them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from briefs.drafting.picture_file import MAX_BYTES, Encoded, Known, known_or_encoded, pixels_of
from briefs.drafting.pictures import MAX_PICTURES
from briefs.importing.docx.elements import Element

MOST_PIXELS = 200_000_000
"""Of all pictures of a file, which are decoded one after the other while somebody waits."""


@dataclass(slots=True)
class Media:
    """Takes pictures out of one file. `read` gives a part's bytes unless they are more than so
    many; `taken` are the pictures by the
    SHA-256 under which texts name them."""

    read: Callable[[str, int], bytes | None]
    known: Known
    taken: dict[str, Encoded] = field(default_factory=dict)
    _by_part: dict[str, Encoded | None] = field(default_factory=dict)
    _pixels: int = 0

    def take(self, part: str) -> Encoded | None:
        """The picture in a part; None for what no brief can keep: another kind of file, a damaged
        one, one that is too large, and whatever comes after the last that a brief takes."""
        if part not in self._by_part:
            self._by_part[part] = self._kept(part)
        return self._by_part[part]

    def _kept(self, part: str) -> Encoded | None:
        content = self.read(part, MAX_BYTES)
        if content is None:
            return None
        self._pixels += pixels_of(content)
        if self._pixels > MOST_PIXELS:
            return None
        try:
            encoded = known_or_encoded(content, self.known)
        except ValidationError:
            # Whoever reads the report is told how many pictures could not be taken.
            return None
        if encoded.sha256 not in self.taken and len(self.taken) >= MAX_PICTURES:
            return None
        return self.taken.setdefault(encoded.sha256, encoded)


@dataclass(frozen=True, slots=True)
class Leads:
    """Where the relations of one part lead: to addresses, and to the parts of pictures."""

    links: Mapping[str, str]
    images: Mapping[str, str]
    media: Media

    def picture_in(self, drawing: Element) -> Encoded | None:
        """The picture that a drawing shows, if it is one that a brief can keep."""
        part = self.images.get(embedded_in(drawing))
        return self.media.take(part) if part else None


def embedded_in(drawing: Element) -> str:
    """The relation by which a drawing names the picture that it shows; blank for none."""
    shown = (each.get("r:embed") for each in drawing.within("a:blip"))
    older = (each.get("r:id") for each in drawing.within("v:imagedata"))
    return next(filter(None, (*shown, *older)), "")
