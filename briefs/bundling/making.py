"""A bundle is made: brief by brief, each by a job of its own, and then put together."""

import tempfile
from hashlib import sha256
from typing import IO

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from background.queue import enqueue
from briefs.bundling.book import write_book
from briefs.bundling.failures import FAILURES, sentence_of
from briefs.bundling.packing import write_zip
from briefs.bundling.parts import keep_parts
from briefs.document.plain import write_tree
from briefs.document.tree import TextState
from briefs.export.actions import export_brief, read_for_book
from briefs.export.failures import RenderFailed, Unwanted
from briefs.export.formats import ExportFormat
from briefs.models import Brief, Bundle, BundleItem
from briefs.permissions import check_can_view, refusal

MOST_BYTES = 300 * 1024**2
MOST_TRIES = 2  # of one step; with the queue's waits, some five minutes
Status, ItemStatus = Bundle.Status, BundleItem.Status


def make_bundle(bundle_id: int) -> None:
    """A job: exports one brief, and has the next one done by another job, so that none takes long
    and whoever dies loses one brief's work at most. What a step dies of that nobody foresaw is the
    queue's to log and to try again; after a few times the step is given up."""
    bundle = Bundle.objects.select_related("made_by").get(pk=bundle_id)
    if bundle.status != Status.MAKING:
        return
    Bundle.objects.filter(pk=bundle_id).update(tries=F("tries") + 1)
    items = bundle.items.defer("content")
    item = items.filter(status=ItemStatus.WAITING).select_related("brief").first()
    if item is not None:
        _export(bundle, item)
        _go_on(bundle, item)
        return
    _leave_out_what_was_left(bundle)
    # On the disk, as it may be some hundred MB, and before anything is locked.
    with tempfile.TemporaryFile() as file:
        try:
            _check_tries(bundle)
            sentence = _pack(bundle, file)
        except Unwanted:
            return
        except RenderFailed as failed:
            _end(bundle, Status.FAILED, sentence=str(failed))
        else:
            _end(bundle, Status.READY, file=file, sentence=sentence)


def _export(bundle: Bundle, item: BundleItem) -> None:
    try:
        _check_tries(bundle)
        _check_size(bundle)
        _read(bundle, item) if bundle.is_book else _write(bundle, item)
    except FAILURES as failed:
        item.status, item.sentence = ItemStatus.FAILED, sentence_of(failed)
    else:
        item.status = ItemStatus.DONE
        newest = item.brief.editions.order_by("-number").values_list("number", flat=True)
        item.edition = newest.first()
        item.sha256 = sha256(item.content or b"").hexdigest()


@transaction.atomic
def _go_on(bundle: Bundle, item: BundleItem) -> None:
    """Keeps what became of a brief and has the next one done, both or neither. Not once the bundle
    was cancelled, and not when another worker, which took the job for lost, was first: else two
    would go on, and each brief would be exported and on record twice."""
    now = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    is_first = bundle.items.filter(pk=item.pk, status=ItemStatus.WAITING).exists()
    if now.status == Status.MAKING and is_first:
        now.tries = 0
        now.save(update_fields=["tries"])
        item.save()
        enqueue("make_bundle", bundle_id=bundle.pk)


def _check_tries(bundle: Bundle) -> None:
    if bundle.tries >= MOST_TRIES:
        raise RenderFailed(
            _(
                "This was begun %(count)d times and never ended. Tell whoever runs this "
                "installation, who finds the reason in the log."
            )
            % {"count": bundle.tries}
        )


def _check_size(bundle: Bundle) -> None:
    size = bundle.items.annotate(bytes=Length("content")).aggregate(sum=Sum("bytes"))["sum"] or 0
    if size > MOST_BYTES:
        raise RenderFailed(_("The file would be too large. Export this brief by itself."))


def _leave_out_what_was_left(bundle: Bundle) -> None:
    """Whoever left a brief since it was exported doesn't get it."""
    seen = Brief.objects.visible_to(bundle.made_by)
    done = bundle.items.filter(status=ItemStatus.DONE).exclude(brief__in=seen)
    for item in done.defer("content").select_related("brief"):
        item.status, item.content = ItemStatus.FAILED, None
        item.sentence = refusal(check_can_view, bundle.made_by, item.brief)
        item.save()


def _write(bundle: Bundle, item: BundleItem) -> None:
    file_format, text = ExportFormat(bundle.file_format), TextState(bundle.text)
    exported = export_brief(item.brief, file_format, text, by=bundle.made_by)
    item.file_name, item.content = exported.file_name, exported.content
    item.sentence = " ".join(exported.notes)


def _read(bundle: Bundle, item: BundleItem) -> None:
    """For a book, a brief is read now and set with the others at the end."""
    document, notes = read_for_book(item.brief, TextState(bundle.text), by=bundle.made_by)
    item.content, item.sentence = write_tree(document).encode(), " ".join(notes)


def _pack(bundle: Bundle, file: IO[bytes]) -> str:
    """Writes the whole of it; returns what to know of it."""
    if bundle.is_book:
        return write_book(bundle, file)
    write_zip(bundle, file)
    return ""


@transaction.atomic
def _end(
    bundle: Bundle, status: Bundle.Status, *, file: IO[bytes] | None = None, sentence: str = ""
) -> None:
    """It is ready with the whole of its file, or it isn't."""
    now = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if now.status != Status.MAKING:
        return
    now.status, now.ready_at, now.sentence = status, timezone.now(), sentence
    if file is not None:
        now.size, now.sha256 = keep_parts(now, file)
    now.save()
    now.items.update(content=None)
    enqueue("tell_of_bundle", bundle_id=bundle.pk)
