"""A document as PDF/A-2a and PDF/UA-1."""

import atexit
import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from briefs.document.tree import Document
from briefs.export.pdf.content import content_of
from briefs.export.pdf.glyphs import Glyphs
from briefs.export.pdf.worker import Limits, RenderFailed, Worker


@dataclass(frozen=True, slots=True)
class Rendered:
    """`replaced` are the characters in whose place a square stands. `conformance` names the
    standards that the file meets, `a-2a` and `ua-1`; it is
    empty when the text kept it from that."""

    pdf: bytes
    replaced: tuple[str, ...]
    conformance: tuple[str, ...]


def render_pdf(document: Document) -> Rendered:
    """Sets a document. The same document gives the same bytes. Raises `RenderFailed`."""
    fonts = Path(settings.PDF_FONTS_DIR)
    if not any(fonts.glob("*.ttf")):
        raise RenderFailed(_("The fonts for PDFs are not there. Run “make setup” first."))
    glyphs = Glyphs(fonts)
    content = json.dumps(content_of(document, glyphs)).encode()
    pdf, conformance = worker_for(fonts).run(content, _timestamp(document))
    return Rendered(pdf, tuple(sorted(glyphs.replaced)), conformance)


@cache
def worker_for(fonts: Path) -> Worker:
    """The one worker of this process."""
    worker = Worker(fonts, Limits())
    atexit.register(worker.stop)
    return worker


def _timestamp(document: Document) -> int:
    """Seconds since 1970, of the date that is printed; none before, as PDF tools don't take it."""
    if document.date:
        moment = datetime.combine(document.date, time(), UTC)
    elif document.modified_at:
        moment = document.modified_at
    else:
        return 0
    return max(0, int(moment.timestamp()))
