"""The pictures that a Word file carries, as a brief keeps them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import ValidationError

from briefs.drafting.picture_file import (
    MAX_BYTES,
    MOST_PIXELS,
    WHOLE,
    Crop,
    Encoded,
    Known,
    encode,
    pixels_of,
)
from briefs.drafting.pictures import MAX_PICTURES
from briefs.importing.docx.elements import Element
from briefs.importing.docx.pictures import outside_boxes

_PERCENT = re.compile(r"-?[0-9]{1,7}")


@dataclass(slots=True)
class Media:
    """Takes pictures out of one file. `read` gives a part's bytes unless they are more than so
    many; `taken` are the pictures by the SHA-256 under which texts name them."""

    read: Callable[[str, int], bytes | None]
    known: Known
    taken: dict[str, Encoded] = field(default_factory=dict)
    _made: dict[tuple[str, Crop], Encoded | None] = field(default_factory=dict)
    _pixels: int = 0

    def take(self, part: str, crop: Crop) -> Encoded | None:
        """The picture in a part, without what was cut off; None for what no brief can keep: another
        kind of file, a damaged one, one that is too large, and whatever comes after the last that a
        brief takes."""
        if (part, crop) not in self._made:
            self._made[part, crop] = self._kept(part, crop)
        return self._made[part, crop]

    def _kept(self, part: str, crop: Crop) -> Encoded | None:
        content = self.read(part, MAX_BYTES)
        if content is None:
            return None
        encoded = self.known(sha256(content).hexdigest()) if crop == WHOLE else None
        return self._counted(encoded or self._encoded(content, crop))

    def _encoded(self, content: bytes, crop: Crop) -> Encoded | None:
        self._pixels += pixels_of(content)
        if self._pixels > MOST_PIXELS:
            return None
        try:
            return encode(content, crop)
        except ValidationError:
            # Whoever reads the report is told how many pictures could not be taken.
            return None

    def _counted(self, encoded: Encoded | None) -> Encoded | None:
        if encoded is None:
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

    def pictures_in(self, drawing: Element) -> list[Encoded | None]:
        """The pictures that a drawing shows, None for each that no brief can keep."""
        return [self._picture(relation, crop) for relation, crop in embedded_in(drawing)]

    def _picture(self, relation: str, crop: Crop | None) -> Encoded | None:
        part = self.images.get(relation)
        return self.media.take(part, crop) if part and crop is not None else None


def embedded_in(drawing: Element) -> list[tuple[str, Crop | None]]:
    """The relations by which a drawing, or a group of them, names the pictures that it shows, but
    for those of its text boxes, and what is cut off each; None for what can't be told."""
    found: list[tuple[str, Crop | None]] = []
    for each in outside_boxes(drawing):
        blip = each.child("a:blip")
        if blip:
            found.append((blip.get("r:embed"), _crop(each.child("a:srcRect"))))
        elif each.name == "v:imagedata":
            is_cropped = any(each.get(f"crop{side}") for side in ("left", "top", "right", "bottom"))
            found.append((each.get("r:id"), None if is_cropped else WHOLE))
    return found


def _crop(cut: Element | None) -> Crop | None:
    """What DrawingML says in thousandths of a percent; negative is room around the picture."""
    said = [cut.get(side) or "0" for side in "ltrb"] if cut else ["0"] * 4
    if not all(_PERCENT.fullmatch(each) for each in said):
        return None
    left, top, right, bottom = (max(int(each), 0) / 100_000 for each in said)
    return left, top, right, bottom
