"""The briefs of a bundle as one PDF."""

import time
from collections.abc import Callable
from typing import IO

from django.db import connection
from django.utils.translation import gettext as _

from briefs.document.plain import read_tree
from briefs.export.actions import pdf_notes
from briefs.export.failures import RenderFailed, TooLarge
from briefs.export.pdf.content import Book
from briefs.export.pdf.render import render_book
from briefs.models import Bundle, BundleItem

_LOOKS_EVERY = 2  # seconds


def write_book(bundle: Bundle, file: IO[bytes]) -> str:
    """Returns what to know of it. Raises `RenderFailed`, as `Unwanted` when it was cancelled."""
    read = bundle.items.filter(status=BundleItem.Status.DONE)
    contents = read.values_list("content", flat=True)
    documents = [read_tree(bytes(content or b"").decode()) for content in contents]
    if not documents:
        raise RenderFailed(_("None of the briefs could be read, so there is no book."))
    try:
        rendered = render_book(documents, Book(bundle.title), _is_wanted(bundle))
    except TooLarge as failed:
        raise RenderFailed(
            _("The book is too large to be set at once. Take fewer briefs, or make two books.")
        ) from failed
    file.write(rendered.pdf)
    return " ".join(pdf_notes(rendered))


def _is_wanted(bundle: Bundle) -> Callable[[], bool]:
    """Asked from another thread, so it looks seldom, by a connection that it closes."""
    looked = [time.monotonic(), True]

    def is_wanted() -> bool:
        if looked[1] and time.monotonic() - looked[0] > _LOOKS_EVERY:
            waiting = Bundle.objects.filter(pk=bundle.pk, status=Bundle.Status.MAKING)
            looked[:] = [time.monotonic(), waiting.exists()]
            connection.close()
        return bool(looked[1])

    return is_wanted
