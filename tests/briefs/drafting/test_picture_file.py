import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from briefs.drafting.picture_file import MAX_BYTES, encode
from tests.pictures import jpeg, png


def reread(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(encode(content).content))
    image.load()
    return image


def saved(image: Image.Image, kind: str, **options) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def test_a_png_stays_a_png_and_a_jpeg_a_jpeg():
    assert (encode(png()).mime_type, reread(png()).format) == ("image/png", "PNG")
    assert (encode(jpeg()).mime_type, reread(jpeg()).format) == ("image/jpeg", "JPEG")


def test_the_same_file_gives_the_same_bytes():
    assert encode(png()) == encode(png())
    assert encode(jpeg()) == encode(jpeg())


def test_the_place_and_the_camera_are_gone_and_the_picture_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    content = saved(
        Image.new("RGB", (40, 20)), "JPEG", exif=exif, comment=b"Secret", icc_profile=b"Secret"
    )
    assert b"Secret" in content
    encoded = encode(content)
    assert (encoded.width, encoded.height) == (20, 40)
    image = reread(content)
    assert not image.getexif()
    assert b"Secret" not in encoded.content
    assert "icc_profile" not in image.info


def test_the_texts_and_the_profile_of_a_png_are_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Secret")
    notes.add_itxt("XML:com.adobe.xmp", "Secret")
    content = saved(Image.new("RGB", (4, 4)), "PNG", pnginfo=notes, icc_profile=b"Secret")
    assert b"Secret" in content
    assert set(chunks(encode(content).content)) == {b"IHDR", b"IDAT", b"IEND"}


def chunks(content: bytes) -> list[bytes]:
    place, names = 8, []
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        names.append(content[place + 4 : place + 8])
        place += 12 + length
    return names


@pytest.mark.parametrize("make", [png, jpeg])
def test_what_hangs_behind_a_picture_is_gone(make):
    assert b"<script>" not in encode(make() + b"<script>alert(1)</script>").content


def test_of_a_moving_png_the_first_picture_stays():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    content = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert b"acTL" in content
    assert b"acTL" not in encode(content).content
    assert reread(content).getpixel((0, 0)) == (255, 0, 0)


def test_a_jpeg_for_print_is_shown_in_the_colours_of_a_screen():
    assert reread(saved(Image.new("CMYK", (8, 8)), "JPEG")).mode == "RGB"


def test_sixteen_bits_of_grey_become_eight():
    deep = Image.new("I;16", (8, 8), 0x8000)
    assert reread(saved(deep, "PNG")).getpixel((0, 0)) == 128


def test_a_palette_with_transparency_stays_transparent():
    drawn = Image.new("P", (8, 8), 0)
    drawn.putpalette([255, 0, 0, 0, 255, 0])
    assert reread(saved(drawn, "PNG", transparency=0)).getpixel((0, 0)) == (255, 0, 0, 0)


def test_a_large_picture_is_scaled_down():
    encoded = encode(jpeg((5000, 2500)))
    assert (encoded.width, encoded.height, encoded.is_smaller) == (2400, 1200, True)
    assert not encode(jpeg((2400, 100))).is_smaller


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is large and holds nothing."""
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in [
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(b"")),
            (b"IEND", b""),
        ]
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(8000, 5001), (10_000, 10_000), (60_000, 60_000)])
def test_too_many_pixels_are_refused(size):
    with pytest.raises(ValidationError, match="more than 40 million pixels"):
        encode(bomb(*size))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty"),
        (b"x" * (MAX_BYTES + 1), "more than 5 MB"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPEG"),
        (saved(Image.new("RGB", (4, 4)), "GIF"), "not a PNG or JPEG"),
        (saved(Image.new("RGB", (4, 4)), "WEBP"), "not a PNG or JPEG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "not a PNG or JPEG"),
        (png((200, 200))[:-60], "damaged or not complete"),
        (jpeg((200, 200))[:-60], "damaged or not complete"),
        (bomb(100, 100), "damaged or not complete"),
    ],
    ids=["empty", "large", "svg", "gif", "webp", "heic", "cut png", "cut jpeg", "no pixels"],
)
def test_any_other_file_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        encode(content)
