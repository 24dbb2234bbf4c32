"""The files of a bundle as one ZIP file with a manifest."""

import io
import json
from dataclasses import asdict
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from briefs.bundling.manifest import Made
from briefs.export.zip_entry import zip_entry
from briefs.models import Bundle, BundleItem

_PACKED = (".pdf", ".docx", ".zip")  # as small as they get already


def zip_of(bundle: Bundle) -> bytes:
    """The same files give the same bytes."""
    file = io.BytesIO()
    entries = []
    with ZipFile(file, "w") as archive:
        for item in bundle.items.select_related("brief"):
            entries.append(_entry(item))
            if item.status == BundleItem.Status.DONE:
                is_packed = item.file_name.endswith(_PACKED)
                method = ZIP_STORED if is_packed else ZIP_DEFLATED
                archive.writestr(zip_entry(item.file_name, method), bytes(item.content or b""))
        manifest = {"format": bundle.file_format, "text": bundle.text, "briefs": entries}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        archive.writestr(zip_entry("manifest.json", ZIP_STORED), text.encode())
    return file.getvalue()


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
