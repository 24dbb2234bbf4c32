"""The files of a bundle as one ZIP file with a manifest."""

import json
from dataclasses import asdict
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from briefs.bundling.manifest import Made
from briefs.export.zip_entry import zip_entry
from briefs.models import Bundle, BundleItem

_PACKED = (".pdf", ".docx", ".zip")  # as small as they get already


def write_zip(bundle: Bundle, file: IO[bytes]) -> None:
    """Reads one brief's file at a time. The same files give the same bytes."""
    entries = []
    with ZipFile(file, "w") as archive:
        for item in bundle.items.defer("content").select_related("brief"):
            entries.append(_entry(item))
            if item.status == BundleItem.Status.DONE:
                is_packed = item.file_name.endswith(_PACKED)
                method = ZIP_STORED if is_packed else ZIP_DEFLATED
                archive.writestr(zip_entry(item.file_name, method), _content_of(item))
        manifest = {"format": bundle.file_format, "text": bundle.text, "briefs": entries}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        archive.writestr(zip_entry("manifest.json", ZIP_STORED), text.encode())


def _content_of(item: BundleItem) -> bytes:
    """Read past the item, which would keep it."""
    return bytes(BundleItem.objects.values_list("content", flat=True).get(pk=item.pk) or b"")


def _entry(item: BundleItem) -> dict[str, object]:
    is_done = item.status == BundleItem.Status.DONE
    entry = Made(
        slug=item.brief.slug,
        title=item.brief.title,
        file=item.file_name if is_done else None,
        sha256=item.sha256 if is_done else None,
        newest_edition=item.edition,
        failed=None if is_done else item.sentence,
        notes=item.sentence if is_done else "",
    )
    return asdict(entry)
