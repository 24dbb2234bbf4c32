"""The parts of a Word file: a ZIP archive that somebody hostile may have made.

Nothing is written to a disk, archives within it stay closed, and how much a part holds is counted
while it is read, whatever the archive says of it.
"""

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from briefs.importing.docx.refusals import damaged, too_large

MOST_ENTRIES = 10_000
MOST_BYTES = 64 * 1024 * 1024
"""Of all parts that are read, unpacked; a brief's have some 2 MB."""
MOST_BYTES_OF_PICTURES = 128 * 1024 * 1024
"""Of all pictures that are unpacked, those that no brief can keep included."""
MOST_OF_ITS_SIZE = 500
"""How many times its packed size a part may hold once it has a megabyte; Word's hold 10 to 100."""

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_CHUNK = 256 * 1024
_MEGABYTE = 1024 * 1024
_DAMAGES = (
    *(BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, RuntimeError, ValueError, OverflowError),
)


@dataclass(slots=True)
class Package:
    """An archive's parts by their names, which are told apart without case, as Word does."""

    archive: ZipFile
    parts: dict[str, ZipInfo]
    left: int = field(default_factory=lambda: MOST_BYTES)
    left_for_pictures: int = field(default_factory=lambda: MOST_BYTES_OF_PICTURES)

    def read(self, name: str) -> bytes | None:
        """A part's bytes, None when there is none of that name. Raises `ValidationError` for one
        that is damaged or too large."""
        part = self.parts.get(name.casefold())
        if part is None:
            return None
        if not _is_plain(part):
            raise damaged()
        try:
            return self._unpacked(part)
        except _DAMAGES as error:
            raise damaged() from error

    def picture(self, name: str, most: int) -> bytes | None:
        """The bytes of a part that a text can do without: None for one that isn't there, is damaged
        or has more bytes than `most`, and after as many as may be unpacked."""
        part = self.parts.get(name.casefold())
        if part is None or not _is_plain(part) or self.left_for_pictures <= 0:
            return None
        try:
            with self.archive.open(part) as file:
                content = file.read(most + 1)
        except _DAMAGES:
            return None
        self.left_for_pictures -= len(content)
        return content if len(content) <= most else None

    def _unpacked(self, part: ZipInfo) -> bytes:
        content = bytearray()
        with self.archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                content += chunk
                self.left -= len(chunk)
                most = max(_MEGABYTE, part.compress_size * MOST_OF_ITS_SIZE)
                if self.left < 0 or len(content) > most:
                    raise too_large()
        return bytes(content)


def _is_plain(part: ZipInfo) -> bool:
    is_encrypted = part.flag_bits & _ENCRYPTED
    return not is_encrypted and part.compress_type in (ZIP_STORED, ZIP_DEFLATED)


def open_package(content: bytes) -> Package:
    """The archive with the parts that its directory lists. Raises `ValidationError` for one that is
    damaged, has too many parts, or names that lead elsewhere or stand twice."""
    if content.count(_ENTRY) > MOST_ENTRIES:
        raise too_large()
    try:
        archive = ZipFile(BytesIO(content))
    except _DAMAGES as error:
        raise damaged() from error
    parts: dict[str, ZipInfo] = {}
    for part in archive.infolist():
        name = part.filename.casefold()
        if name in parts or _leads_elsewhere(part.orig_filename):
            raise damaged()
        parts[name] = part
    return Package(archive, parts)


def _leads_elsewhere(name: str) -> bool:
    is_absolute = name.startswith("/") or name[1:2] == ":"
    return is_absolute or "\\" in name or "\0" in name or ".." in name.split("/")
