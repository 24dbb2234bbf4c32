"""Writing an archive. The same brief gives the same bytes."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction

from accounts.models import User
from briefs.archiving.kept import KEPT, Kept
from briefs.archiving.rows import USER, label_of, to_plain
from briefs.drafting.actions import hold_live_texts
from briefs.events import publish
from briefs.export.zip_entry import zip_entry
from briefs.locks import lock_brief
from briefs.models import Activity, Brief

FORMAT = "chancery-brief-archive"
VERSION = 1
MANIFEST = "manifest.json"
PEOPLE = "rows/people.jsonl"


@dataclass
class Names:
    """The archive's own numbers of the rows of a brief, by kind and primary key."""

    numbers: dict[str, dict[Any, int]] = field(default_factory=dict)
    gone: dict[tuple[str, Any], str] = field(default_factory=dict)

    def __call__(self, label: str, name: Any, *, may_be_gone: bool = False) -> Any:
        known = self.numbers.get(label, {})
        if name in known or not may_be_gone:
            return known[name]
        return self.gone.setdefault((label, name), f"gone-{len(self.gone) + 1}")


def names_of(brief: Brief) -> Names:
    """Numbers for all that an archive of the brief would hold."""
    names = Names()
    for kept in KEPT:
        keys = kept.of(brief).order_by(*kept.order).values_list("pk", flat=True)
        numbered = {pk: number for number, pk in enumerate(keys, start=1)}
        names.numbers[label_of(kept.model)] = numbered
    names.numbers[USER] = _number_people(brief, names)
    return names


def rows_of(brief: Brief, kept: Kept, names: Names, blobs: Path) -> Iterator[dict[str, Any]]:
    """One kind of row of a brief, in order; what is long goes to the folder of `blobs`."""

    def keep_blob(content: bytes) -> str:
        digest = sha256(content).hexdigest()
        (blobs / digest).write_bytes(content)
        return digest

    rows = kept.of(brief).order_by(*kept.order).iterator(chunk_size=500)
    for number, row in enumerate(rows, start=1):
        yield {"id": number, **to_plain(row, names, keep_blob)}


def people_of(names: Names) -> list[dict[str, Any]]:
    """Everybody whom the rows name."""
    people = User.objects.in_bulk(names.numbers[USER])
    return [
        {"id": number, "email": people[pk].email, "name": people[pk].name}
        for pk, number in names.numbers[USER].items()
    ]


def archive_brief(brief: Brief, file: IO[bytes], *, by: User | None) -> str:
    """Writes all of a brief into a file, while nobody changes it, and records that. Returns the
    SHA-256 of the file."""
    with transaction.atomic():
        brief = lock_brief(brief)
        hold_live_texts(brief)
        _write(brief, file)
        file.seek(0)
        digest = sha256()
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
        publish(Activity.Verb.BRIEF_COPIED, by=by, brief=brief, sha256=digest.hexdigest())
    return digest.hexdigest()


def _write(brief: Brief, file: IO[bytes]) -> None:
    names = names_of(brief)
    files: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        blobs = Path(folder)
        _write_rows(archive, PEOPLE, people_of(names), files)
        for kept in KEPT:
            rows = rows_of(brief, kept, names, blobs)
            _write_rows(archive, f"rows/{kept.name}.jsonl", rows, files)
        for blob in sorted(blobs.iterdir()):
            _write_file(archive, f"files/{blob.name}", blob.read_bytes(), files)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "brief": {"slug": brief.slug, "title": brief.title},
            "files": files,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        _write_file(archive, MANIFEST, text.encode(), {})


def _write_rows(archive: ZipFile, name: str, rows: Any, files: dict[str, dict[str, Any]]) -> None:
    digest, size, count = sha256(), 0, 0
    with archive.open(zip_entry(name), "w", force_zip64=True) as entry:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"
            entry.write(line)
            digest.update(line)
            size, count = size + len(line), count + 1
    files[name] = {"sha256": digest.hexdigest(), "bytes": size, "rows": count}


def _write_file(
    archive: ZipFile, name: str, content: bytes, files: dict[str, dict[str, Any]]
) -> None:
    archive.writestr(zip_entry(name), content)
    files[name] = {"sha256": sha256(content).hexdigest(), "bytes": len(content)}


def _number_people(brief: Brief, names: Names) -> dict[int, int]:
    """By e-mail address, so that the numbers are the same in every database."""
    seen: set[Any] = set()

    def collect(label: str, name: Any, *, may_be_gone: bool = False) -> Any:
        if label == USER:
            seen.add(name)
            return 0
        return Names(names.numbers)(label, name, may_be_gone=may_be_gone)

    for kept in KEPT:
        for row in kept.of(brief).iterator(chunk_size=500):
            to_plain(row, collect, lambda _content: "")
    people = User.objects.filter(pk__in=seen).order_by("email").values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(people, start=1)}
