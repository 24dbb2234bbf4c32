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

    def read(self, name: str) -> bytes | None:
        """A part's bytes, None when there is none of that name. Raises `ValidationError` for one
        that is damaged or too large."""
        part = self.parts.get(name.casefold())
        if part is None:
            return None
        if part.flag_bits & _ENCRYPTED or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged()
        try:
            return self._unpacked(part)
        except _DAMAGES as error:
            raise damaged() from error

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
