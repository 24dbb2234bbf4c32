"""Many briefs written into a folder, several at a time, for the command line."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from briefs.bundling.failures import FAILURES, sentence_of
from briefs.bundling.manifest import Made
from briefs.document.tree import TextState
from briefs.export.actions import export_brief
from briefs.export.formats import ExportFormat
from briefs.export.pdf.pool import pool_for
from briefs.export.whole_file import whole_file
from briefs.models import Brief


def export_all(
    briefs: Sequence[Brief],
    export_format: ExportFormat,
    text: TextState,
    folder: Path,
    jobs: int,
    tell: Callable[[int, str], None],
) -> list[Made]:
    """Writes a file for each brief and a `manifest.json` into a folder that is there, so many
    briefs at once; `tell` hears how many are done and which was the last. What fails doesn't hold
    the others up. Raises `OSError` when the manifest can't be written. Interrupted, it finishes
    what it has begun and leaves no manifest, so that none tells of other files than are there."""
    manifest_file = folder / "manifest.json"
    manifest_file.unlink(missing_ok=True)
    pool_for(Path(settings.PDF_FONTS_DIR)).widen(jobs)
    made: dict[str, Made] = {}
    with ThreadPoolExecutor(jobs) as threads:
        running = [threads.submit(_export, brief, export_format, text, folder) for brief in briefs]
        try:
            for done, each in enumerate(as_completed(running), start=1):
                result = each.result()
                made[result.slug] = result
                tell(done, result.slug)
        except KeyboardInterrupt:
            threads.shutdown(cancel_futures=True)
            raise
    in_order = [made[brief.slug] for brief in briefs]
    manifest = {
        "format": export_format.value,
        "text": text.value,
        "briefs": [asdict(each) for each in in_order],
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1)
    with whole_file(manifest_file) as file:
        file.write(f"{content}\n".encode())
    return in_order


def _export(brief: Brief, export_format: ExportFormat, text: TextState, folder: Path) -> Made:
    try:
        newest = brief.editions.order_by("-number").values_list("number", flat=True).first()
        exported = export_brief(brief, export_format, text, by=None)
    except (*FAILURES, DatabaseError) as failed:  # no queue tries it again
        return Made(brief.slug, brief.title, None, None, None, sentence_of(failed), "")
    finally:
        connection.close()  # each thread has its own
    try:
        with whole_file(folder / exported.file_name) as file:
            file.write(exported.content)
    except OSError as error:
        sentence = _("%(file)s can't be written: %(reason)s.")
        told = {"file": exported.file_name, "reason": error.strerror}
        return Made(brief.slug, brief.title, None, None, newest, sentence % told, "")
    digest = sha256(exported.content).hexdigest()
    notes = " ".join(exported.notes)
    return Made(brief.slug, brief.title, exported.file_name, digest, newest, None, notes)
