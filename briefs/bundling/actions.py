"""A bundle is asked for, cancelled, told of, and forgotten after some days."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from background.queue import enqueue
from briefs.document.tree import TextState
from briefs.models import Brief, Bundle, BundleItem, BundlePart

MOST_BRIEFS = 300
MOST_IN_A_BOOK = 60
MOST_AT_ONCE = 3  # of one person
KEPT_FOR = dt.timedelta(days=7)
Status, ItemStatus = Bundle.Status, BundleItem.Status


class AlreadyAsked(Exception):  # noqa: N818 - an answer, not an error in the program
    """This very form was sent before; `bundle` is what it asked for."""

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(f"Asked for as bundle {bundle.pk} before.")
        self.bundle = bundle


def check_how_many(count: int, most: int = MOST_BRIEFS) -> None:
    """Raises `ValidationError` for no brief, and for too many."""
    if not count:
        raise ValidationError(_("No brief fits, so there is nothing to export."))
    if count > most:
        raise ValidationError(
            _("These are %(count)s briefs. Narrow them down to %(most)s at most.")
            % {"count": count, "most": most}
        )


@transaction.atomic
def ask_for_bundle(
    briefs: Sequence[Brief],
    file_format: str,
    text: TextState,
    *,
    by: User,
    title: str = "",
    token: UUID | None = None,
) -> Bundle:
    """Has briefs that somebody sees exported in the background, in an `ExportFormat` or as a
    `Bundle.BOOK`, which has a title. The `token` is the form's that asks. Raises `AlreadyAsked`
    when it asked for the same before; `ValidationError` for none, for too many, and while others
    of theirs are being made."""
    User.objects.select_for_update().get(pk=by.pk)
    asked = {"file_format": str(file_format), "text": text.value, "title": title, "token": token}
    before = Bundle.objects.filter(made_by=by, **asked).first() if token else None
    if before:
        raise AlreadyAsked(before)
    check_how_many(len(briefs), MOST_IN_A_BOOK if file_format == Bundle.BOOK else MOST_BRIEFS)
    if Bundle.objects.filter(made_by=by, status=Status.MAKING).count() >= MOST_AT_ONCE:
        raise ValidationError(_("Others are still being made for you. Wait for them, or cancel."))
    bundle = Bundle.objects.create(made_by=by, **asked)
    BundleItem.objects.bulk_create(
        BundleItem(bundle=bundle, brief=brief, position=position)
        for position, brief in enumerate(briefs, start=1)
    )
    enqueue("make_bundle", bundle_id=bundle.pk)
    return bundle


@transaction.atomic
def cancel_bundle(bundle: Bundle) -> bool:
    """Nothing more is made; what was made is dropped. False when it had ended already: then it
    stays as it is."""
    stopped = Bundle.objects.filter(pk=bundle.pk, status=Status.MAKING)
    is_stopped = bool(stopped.update(status=Status.CANCELLED))
    if is_stopped:
        bundle.items.update(content=None)
    return is_stopped


@transaction.atomic
def forget_bundles() -> None:
    """A timed job: files are kept for some days, and the list of what was in them stays."""
    old = Bundle.objects.filter(made_at__lt=timezone.now() - KEPT_FOR)
    BundleItem.objects.filter(bundle__in=old).exclude(content=None).update(content=None)
    BundlePart.objects.filter(bundle__in=old).delete()
    old.filter(status__in=[Status.READY, Status.MAKING]).update(status=Status.EXPIRED)


def tell_of_bundle(bundle_id: int) -> None:
    """A job: the e-mail that says that it is ready, or why not. Raises whatever the mail server
    raises, so that it is tried again."""
    bundle = Bundle.objects.select_related("made_by").get(pk=bundle_id)
    if bundle.status not in (Status.READY, Status.FAILED) or not bundle.made_by.is_active:
        return
    address = settings.SITE_URL.rstrip("/") + reverse("bundle_detail", args=[bundle.pk])
    if bundle.status == Status.FAILED:
        subject = _("Your briefs could not be exported")
        lines = [bundle.sentence, address]
    else:
        subject = _("Your exported briefs are ready")
        lines = [_("The briefs that you asked for are one file now:"), address]
        if failed := bundle.items.filter(status=ItemStatus.FAILED).count():
            sentence = _("%(count)s could not be exported; the page says why.")
            lines.append(sentence % {"count": failed})
        lines.append(_("It is kept for seven days."))
    EmailMessage(subject, "\n\n".join(lines), to=[bundle.made_by.email]).send()
