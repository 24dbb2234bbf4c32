"""Makes of a file that somebody sent a picture that is safe to keep and to show: decoded, and
written anew from its pixels alone."""

import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from briefs.models import Picture

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_EDGE = 2400
MOST_SCANS = 100
"""Of a JPEG, each of which is a pass over all its pixels; cameras and programs write 1 to 12."""
MOST_PIXELS = 600_000_000
"""Of all pictures of a file, which are decoded one after the other while somebody waits."""
_SCAN = b"\xff\xda"

_TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What the decoders raise over a file that is not what it says.
_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error),
    *(TypeError, LookupError, ArithmeticError),
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture written anew. `is_smaller`: it was scaled down to `MAX_EDGE`."""

    content: bytes
    mime_type: Picture.MimeType
    width: int
    height: int
    is_smaller: bool
    sha256: str = field(init=False)
    """Its name in texts."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())


Crop = tuple[float, float, float, float]
"""What of a picture isn't shown: parts of its width and height at the left, top, right, bottom."""

WHOLE: Crop = (0, 0, 0, 0)

Known = Callable[[str], Encoded | None]
"""Gives the picture that a brief has under a SHA-256, None when it has none."""


def none_known(_sha256: str) -> None:
    """For a brief that has no pictures yet."""


def pixels_of(content: bytes) -> int:
    """How many pixels a file says that it has, without decoding them; 0 for no PNG or JPEG."""
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as image:
            return image.width * image.height
    except _TOO_MANY_PIXELS:
        return MAX_PIXELS + 1
    except (UnidentifiedImageError, *_BROKEN):
        return 0


def encode(content: bytes, crop: Crop = WHOLE) -> Encoded:
    """PNG stays PNG, JPEG stays JPEG; turned as its camera says, at most `MAX_EDGE` pixels wide and
    high, without what `crop` says. The same file gives the same bytes. Raises `ValidationError` for
    anything else, before its pixels are decoded where there are too many."""
    check_size(len(content))
    if content.count(_SCAN) > MOST_SCANS:
        raise ValidationError(
            _("This picture is put together in too many steps. Save it anew, then choose it again.")
        )
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as image:
            return _encode(image, crop)
    except _TOO_MANY_PIXELS as bomb:
        raise _too_many_pixels() from bomb
    except UnidentifiedImageError as unknown:
        raise ValidationError(
            _(
                "This file is not a PNG or JPEG picture, whatever its name says. "
                "Save the picture as PNG or JPEG, then choose it again."
            )
        ) from unknown
    except _BROKEN as broken:
        raise ValidationError(
            _(
                "This picture is damaged or not complete. Open it on your device, save it anew "
                "as PNG or JPEG, then choose it again."
            )
        ) from broken


def check_size(size: int) -> None:
    """Raises `ValidationError` for an empty file, and for one of more than 5 MB."""
    if not size:
        raise ValidationError(_("This file is empty. Choose another one."))
    if size > MAX_BYTES:
        raise ValidationError(
            _("This picture has more than 5 MB. Make it smaller, then choose it again.")
        )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has more than 40 million pixels. Make it smaller, then choose it again.")
    )


def _encode(image: Image.Image, crop: Crop) -> Encoded:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    is_png = image.format == "PNG"
    before = image.size
    # A JPEG is decoded at a half or a quarter where that is enough.
    image.draft(None, (MAX_EDGE, MAX_EDGE))
    image.load()
    is_turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    turned = _plain(ImageOps.exif_transpose(image), is_png=is_png)
    if crop != WHOLE:
        turned = _cropped(turned, crop, is_turned=is_turned)
    turned.thumbnail((MAX_EDGE, MAX_EDGE))
    # Whatever the file said beside its pixels: place, camera, author, colour profile.
    turned.info = {}
    written = BytesIO()
    if is_png:
        turned.save(written, "PNG")
    else:
        turned.save(written, "JPEG", quality=88, optimize=True)
    content = written.getvalue()
    if len(content) > MAX_BYTES:
        raise ValidationError(
            _(
                "This picture would have more than 5 MB as it is kept. "
                "Save it as JPEG or make it smaller, then choose it again."
            )
        )
    mime_type = Picture.MimeType.PNG if is_png else Picture.MimeType.JPEG
    is_smaller = max(turned.size) < max(before)
    return Encoded(content, mime_type, turned.width, turned.height, is_smaller)


def _cropped(image: Image.Image, crop: Crop, *, is_turned: bool) -> Image.Image:
    """Programs disagree on which edge is the upper one of a picture that a camera turned."""
    width, height = image.size
    left, top = round(crop[0] * width), round(crop[1] * height)
    right, bottom = width - round(crop[2] * width), height - round(crop[3] * height)
    if is_turned or left >= right or top >= bottom:
        raise ValidationError(_("What is cut off at this picture's edges can't be told."))
    return image.crop((left, top, right, bottom))


def _plain(image: Image.Image, *, is_png: bool) -> Image.Image:
    """In shades of grey or in colour, eight bits each; transparent only where a PNG is."""
    if image.mode.startswith("I"):
        # Pillow would clip sixteen bits of grey, not scale them.
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    if is_png and (image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info):
        return image.convert("RGBA")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")
