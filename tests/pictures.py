"""Small pictures, made by code."""

from io import BytesIO

from PIL import Image


def picture(kind: str, size: tuple[int, int], colour: str) -> bytes:
    file = BytesIO()
    image = Image.new("RGB", size, colour)
    image.paste((20, 120, 90), (0, 0, size[0] // 2, size[1] // 3))
    image.save(file, kind)
    return file.getvalue()


def png(size: tuple[int, int] = (40, 30), colour: str = "navy") -> bytes:
    return picture("PNG", size, colour)


def jpeg(size: tuple[int, int] = (40, 30), colour: str = "navy") -> bytes:
    return picture("JPEG", size, colour)
