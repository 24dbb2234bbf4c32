"""Bundles are asked for, made and opened."""

import datetime as dt
import io
import zipfile

from django.utils import timezone

from background.models import Job
from background.worker import Worker
from briefs.bundling.actions import ask_for_bundle
from briefs.document.tree import TextState
from briefs.export.formats import ExportFormat
from briefs.models import Bundle

MARKDOWN, APPROVED = ExportFormat.MARKDOWN, TextState.APPROVED


def work() -> None:
    """All that is waiting, and what it has done next."""
    Job.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    while Worker().do_next():
        Job.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))


def asked(briefs, by, file_format=MARKDOWN, text=APPROVED) -> Bundle:
    return ask_for_bundle(briefs, file_format, text, by=by)


def content_of(bundle: Bundle) -> bytes:
    return b"".join(bytes(part.content) for part in bundle.parts.order_by("begins_at"))


def unpacked(bundle: Bundle) -> dict[str, bytes]:
    bundle.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(content_of(bundle))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
