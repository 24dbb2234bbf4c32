"""The pictures of a brief, kept in the file and shown in its lines."""

from collections.abc import Iterable, Iterator

from briefs.document.tree import PictureNode
from briefs.export.docx.characters import Characters
from briefs.export.docx.markup import run
from briefs.export.docx.package import Relations

_EMU_PER_TWIP = 635  # English Metric Units, 914,400 to the inch
_EMU_PER_PIXEL = 9525  # at 96 to the inch, as pages show them
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpeg"}
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class Pictures:
    """Those that a document carries; `media` are the files of those that are shown."""

    def __init__(
        self, pictures: Iterable[PictureNode], characters: Characters, identities: Iterator[int]
    ) -> None:
        self._by_sha256 = {picture.sha256: picture for picture in pictures}
        self._characters = characters
        self._identities = identities
        self.media: dict[str, bytes] = {}

    def find(self, sha256: str | None) -> PictureNode | None:
        """The picture of that name, None when the document doesn't carry it."""
        picture = self._by_sha256.get(sha256 or "")
        return picture if picture and picture.mime_type in _SUFFIXES else None

    def drawing(
        self, picture: PictureNode, alt: str, relations: Relations, room: tuple[int, int]
    ) -> str:
        """A run with the picture in its own proportions, no larger than `room`, width and height in
        twips. `relations` are those of the part in which the run stands."""
        name = f"media/{picture.sha256[:32]}.{_SUFFIXES[picture.mime_type]}"
        self.media[f"word/{name}"] = picture.content
        embedded = relations.part("image", name)
        width, height = _scaled(picture, room)
        identity = next(self._identities)
        described = self._characters.line(alt)
        size = f'cx="{width}" cy="{height}"'
        return run(
            '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{identity}" name="Picture {identity}" '
            f'descr="{described}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            f'</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{identity}" name="Picture {identity}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{embedded}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
            f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )


def _scaled(picture: PictureNode, room: tuple[int, int]) -> tuple[int, int]:
    """Width and height in English Metric Units."""
    width, height = picture.width * _EMU_PER_PIXEL, picture.height * _EMU_PER_PIXEL
    most_wide, most_high = (max(side, 1) * _EMU_PER_TWIP for side in room)
    scale = min(1, most_wide / max(width, 1), most_high / max(height, 1))
    return max(1, int(width * scale)), max(1, int(height * scale))
