"""A bundle is asked for, made item by item, cancelled, and forgotten after some days."""

import datetime as dt
import io
import json
from collections.abc import Sequence
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from background.queue import enqueue
from briefs.document.tree import TextState
from briefs.export.actions import Exported, export_brief
from briefs.export.formats import ExportFormat
from briefs.export.pdf.worker import RenderFailed
from briefs.models import Brief, Bundle, BundleItem

MOST_BRIEFS = 300
MOST_BYTES = 300 * 1024**2
MOST_AT_ONCE = 3  # of one person
KEPT_FOR = dt.timedelta(days=7)
Status, ItemStatus = Bundle.Status, BundleItem.Status


@transaction.atomic
def ask_for_bundle(
    briefs: Sequence[Brief], file_format: ExportFormat, text: TextState, *, by: User
) -> Bundle:
    """Has briefs that somebody sees exported in the background. Raises `ValidationError` for none,
    for too many, and while others of theirs are being made."""
    User.objects.select_for_update().get(pk=by.pk)
    if not briefs:
        raise ValidationError(_("No brief fits, so there is nothing to export."))
    if len(briefs) > MOST_BRIEFS:
        raise ValidationError(
            _("These are %(count)s briefs. Narrow them down to %(most)s at most.")
            % {"count": len(briefs), "most": MOST_BRIEFS}
        )
    if Bundle.objects.filter(made_by=by, status=Status.MAKING).count() >= MOST_AT_ONCE:
        raise ValidationError(_("Others are still being made for you. Wait for them, or cancel."))
    bundle = Bundle.objects.create(made_by=by, file_format=file_format.value, text=text.value)
    BundleItem.objects.bulk_create(
        BundleItem(bundle=bundle, brief=brief, position=position)
        for position, brief in enumerate(briefs, start=1)
    )
    enqueue("make_bundle", bundle_id=bundle.pk)
    return bundle


def make_bundle(bundle_id: int) -> None:
    """A job: exports one brief, and has the next one done by another job, so that none takes long
    and whoever dies loses one brief's work at most."""
    bundle = Bundle.objects.select_related("made_by").get(pk=bundle_id)
    if bundle.status != Status.MAKING:
        return
    items = bundle.items.defer("content")
    item = items.filter(status=ItemStatus.WAITING).select_related("brief").first()
    if item is not None:
        _export(bundle, item)
        enqueue("make_bundle", bundle_id=bundle_id)
        return
    _finish(bundle)


@transaction.atomic
def cancel_bundle(bundle: Bundle) -> None:
    """Nothing more is made; what was made is dropped."""
    stopped = Bundle.objects.filter(pk=bundle.pk, status=Status.MAKING)
    if stopped.update(status=Status.CANCELLED):
        bundle.items.update(content=None)


def forget_bundles() -> None:
    """A timed job: files are kept for some days, and the list of what was in them stays."""
    old = Bundle.objects.filter(made_at__lt=timezone.now() - KEPT_FOR)
    BundleItem.objects.filter(bundle__in=old).exclude(content=None).update(content=None)
    old.filter(status__in=[Status.READY, Status.MAKING]).update(status=Status.EXPIRED, content=None)


def _export(bundle: Bundle, item: BundleItem) -> None:
    try:
        exported = _exported(bundle, item.brief)
    except (PermissionDenied, RenderFailed) as failed:
        item.status, item.sentence = ItemStatus.FAILED, str(failed)
    else:
        newest = item.brief.editions.order_by("-number").values_list("number", flat=True).first()
        item.status, item.sentence = ItemStatus.DONE, " ".join(exported.notes)
        item.file_name = exported.file_name
        item.sha256 = sha256(exported.content).hexdigest()
        item.edition = newest
        item.content = exported.content
    item.save()


def _exported(bundle: Bundle, brief: Brief) -> Exported:
    if not Brief.objects.visible_to(bundle.made_by).filter(pk=brief.pk).exists():
        raise PermissionDenied(_("You are not a member of this brief."))
    made = Length("content")
    size = bundle.items.annotate(bytes=made).aggregate(sum=Sum("bytes"))["sum"] or 0
    if size > MOST_BYTES:
        raise PermissionDenied(_("The file would be too large. Export this brief by itself."))
    return export_brief(
        brief, ExportFormat(bundle.file_format), TextState(bundle.text), by=bundle.made_by
    )


def _finish(bundle: Bundle) -> None:
    content = _zip(bundle)
    with transaction.atomic():
        now = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
        if now.status != Status.MAKING:
            return
        now.status, now.ready_at = Status.READY, timezone.now()
        now.content, now.size = content, len(content)
        now.sha256 = sha256(content).hexdigest()
        now.save()
        now.items.update(content=None)
        enqueue("tell_of_bundle", bundle_id=bundle.pk)


def _zip(bundle: Bundle) -> bytes:
    """The files and a manifest of them. The same briefs give the same bytes."""
    file = io.BytesIO()
    entries = []
    with ZipFile(file, "w") as archive:
        for item in bundle.items.select_related("brief"):
            entries.append(_entry(item))
            if item.status == ItemStatus.DONE:
                is_packed = item.file_name.endswith((".pdf", ".docx"))
                info = ZipInfo(item.file_name, date_time=(1980, 1, 1, 0, 0, 0))
                info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, bytes(item.content or b""))
        manifest = {"format": bundle.file_format, "text": bundle.text, "briefs": entries}
        info = ZipInfo("manifest.json", date_time=(1980, 1, 1, 0, 0, 0))
        info.external_attr = 0o644 << 16
        archive.writestr(info, json.dumps(manifest, ensure_ascii=False, indent=1))
    return file.getvalue()


def _entry(item: BundleItem) -> dict[str, object]:
    is_done = item.status == ItemStatus.DONE
    return {
        "slug": item.brief.slug,
        "title": item.brief.title,
        "file": item.file_name if is_done else None,
        "sha256": item.sha256 if is_done else None,
        "newest_edition": item.edition,
        "failed": None if is_done else item.sentence,
        "notes": item.sentence if is_done else "",
    }


def tell_of_bundle(bundle_id: int) -> None:
    """A job: the e-mail that says that it is ready. Raises whatever the mail server raises, so that
    it is tried again."""
    bundle = Bundle.objects.select_related("made_by").get(pk=bundle_id)
    if bundle.status != Status.READY or not bundle.made_by.is_active:
        return
    address = settings.SITE_URL.rstrip("/") + reverse("bundle_detail", args=[bundle.pk])
    lines = [_("The briefs that you asked for are one file now:"), address]
    if failed := bundle.items.filter(status=ItemStatus.FAILED).count():
        sentence = _("%(count)s could not be exported; the page says why.")
        lines.append(sentence % {"count": failed})
    lines.append(_("It is kept for seven days."))
    subject, to = _("Your exported briefs are ready"), [bundle.made_by.email]
    EmailMessage(subject, "\n\n".join(lines), to=to).send()
