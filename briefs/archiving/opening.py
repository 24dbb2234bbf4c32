"""Opening an archive: it is checked from end to end before a row of it is believed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from struct import error as struct_error
from typing import IO, Any
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as zlib_error

from django.utils.translation import gettext as _

from briefs.archiving.kept import BY_NAME
from briefs.archiving.writing import FORMAT, MANIFEST, PEOPLE, VERSION

MOST_BYTES = 4 * 1024**3  # of all that an archive unpacks to
MOST_MANIFEST = 16 * 1024**2
MOST_LINE = 64 * 1024**2
CHUNK = 1024 * 1024
# What the standard library raises for a ZIP entry that can't be unpacked.
_DAMAGES = (
    *(BadZipFile, zlib_error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(ValueError, struct_error),
)


class ArchiveError(ValueError):
    """A file that is no archive, or a damaged one; the sentence says where."""


@dataclass(frozen=True)
class Archive:
    """A file whose every part has been found to be what its manifest says."""

    zip: ZipFile
    slug: str
    title: str
    files: dict[str, dict[str, Any]]

    def rows(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows of one kind, each with its place."""
        path = f"rows/{name}.jsonl"
        if path not in self.files:
            return
        with self.zip.open(path) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(MOST_LINE), b""), start=1):
                place = _("%(file)s, line %(line)s") % {"file": path, "line": number}
                yield place, _json(line, place)

    def blob(self, digest: str) -> bytes:
        path = f"files/{digest}"
        if path not in self.files:
            raise ArchiveError(_("The archive names %(file)s, which it lacks.") % {"file": path})
        return self.zip.read(path)


def open_archive(file: IO[bytes]) -> Archive:
    """Checks the whole file. Raises `ArchiveError`."""
    try:
        archive = ZipFile(file)
    except _DAMAGES as unreadable:
        raise ArchiveError(
            _("This is no archive, or its end is missing: it can't be opened as a ZIP file.")
        ) from unreadable
    manifest = _manifest(archive)
    files = manifest["files"]
    entries = {entry.filename: entry for entry in archive.infolist()}
    if len(entries) != len(archive.infolist()):
        raise ArchiveError(_("The archive holds two files of one name."))
    _check_names(entries, files)
    if sum(entry.file_size for entry in entries.values()) > MOST_BYTES:
        raise ArchiveError(_("The archive unpacks to more than 4 GB; that is no brief."))
    for name, said in files.items():
        _check_file(archive, entries[name], said)
    return Archive(archive, manifest["brief"]["slug"], manifest["brief"]["title"], files)


def _manifest(archive: ZipFile) -> dict[str, Any]:
    try:
        entry = archive.getinfo(MANIFEST)
    except KeyError as missing:
        raise ArchiveError(
            _("This is no archive of a brief: it has no %(file)s.") % {"file": MANIFEST}
        ) from missing
    if entry.file_size > MOST_MANIFEST:
        raise ArchiveError(_("%(file)s is too long to be one.") % {"file": MANIFEST})
    manifest = _json(_read(archive, entry), MANIFEST)
    if manifest.get("format") != FORMAT:
        raise ArchiveError(_("This is no archive of a brief."))
    if manifest.get("version") != VERSION:
        raise ArchiveError(
            _("The archive is of version %(version)s; this program reads version %(known)s.")
            % {"version": manifest.get("version"), "known": VERSION}
        )
    brief, files = manifest.get("brief"), manifest.get("files")
    is_whole = (
        isinstance(brief, dict)
        and isinstance(brief.get("slug"), str)
        and isinstance(brief.get("title"), str)
        and isinstance(files, dict)
        and all(isinstance(said, dict) for said in files.values())
    )
    if not is_whole:
        raise ArchiveError(_("%(file)s is damaged.") % {"file": MANIFEST})
    return manifest


def _check_names(entries: dict[str, ZipInfo], files: dict[str, Any]) -> None:
    """Nothing is ever unpacked to a disk, and only what an archive holds is looked at."""
    known = {PEOPLE, *(f"rows/{name}.jsonl" for name in BY_NAME)}
    for name in files:
        digest = name.removeprefix("files/")
        is_blob = digest != name and len(digest) == 64 and digest.isalnum()
        if name not in known and not is_blob:
            raise ArchiveError(
                _("The archive holds %(file)s, which this program doesn't know.") % {"file": name}
            )
        if name not in entries:
            raise ArchiveError(_("%(file)s is missing.") % {"file": name})
    for name in entries:
        if name not in files and name != MANIFEST:
            raise ArchiveError(
                _("%(file)s is in the archive but not in its manifest.") % {"file": name}
            )
    for name in known - {*files}:
        raise ArchiveError(_("%(file)s is missing.") % {"file": name})


def _check_file(archive: ZipFile, entry: ZipInfo, said: dict[str, Any]) -> None:
    digest, size = sha256(), 0
    try:
        with archive.open(entry) as content:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > MOST_BYTES:
                    break
    except _DAMAGES as damaged:
        raise ArchiveError(_("%(file)s is damaged.") % {"file": entry.filename}) from damaged
    if digest.hexdigest() != said.get("sha256") or size != said.get("bytes"):
        raise ArchiveError(
            _("%(file)s is damaged: its checksum is not the one in the manifest.")
            % {"file": entry.filename}
        )


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except _DAMAGES as damaged:
        raise ArchiveError(_("%(file)s is damaged.") % {"file": entry.filename}) from damaged


def _json(text: bytes, place: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as unreadable:
        raise ArchiveError(_("%(place)s can't be read.") % {"place": place}) from unreadable
    if not isinstance(value, dict):
        raise ArchiveError(_("%(place)s can't be read.") % {"place": place})
    return value
