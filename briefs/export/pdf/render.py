"""Documents as PDF/A-2a and PDF/UA-1, and as pictures of their pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from briefs.document.tree import Document
from briefs.export.failures import RenderFailed, TooLarge
from briefs.export.pdf.content import Book, Content
from briefs.export.pdf.fault import name_fault
from briefs.export.pdf.jobs import Answer, Job
from briefs.export.pdf.kept import keep, keep_pages, kept_by, kept_pages, key_of
from briefs.export.pdf.pool import Pool, Watch, pool_for
from briefs.export.pdf.worker import Limits, Worker, always

BOOK_LIMITS = Limits(seconds=200, memory=3 * 1024**3, jobs=1)


@dataclass(frozen=True, slots=True)
class Rendered:
    """`replaced` are the characters in whose place a square stands. `conformance` names the
    standards that the file meets, `a-2a` and `ua-1`; it is empty when the text kept it from
    that."""

    pdf: bytes
    replaced: tuple[str, ...]
    conformance: tuple[str, ...]


def render_pdf(
    document: Document, watch: Watch | None = None, *, is_anew: bool = False
) -> Rendered:
    """Sets a document. The same document gives the same bytes; what was set before is taken from
    where it is kept, unless it `is_anew`. Raises `RenderFailed`, with a sentence that names the
    section at fault where one is, and `Unwanted` when `watch` says so."""
    try:
        content = Content([document], _fonts())
        job = Job(content.text, content.files, _timestamp(document))
        answer = _answer(job, watch, is_anew=is_anew)
    except TooLarge as failed:
        raise name_fault(failed, document, partial(_run_excerpt, watch)) from failed
    return Rendered(answer.outputs[0], content.replaced, answer.conformance)


def render_book(
    documents: Sequence[Document], book: Book, is_wanted: Callable[[], bool] = always
) -> Rendered:
    """Sets many documents as one, on the paper and in the name of the first of them, in a process
    of its own with wider limits. Raises `RenderFailed`, and `Unwanted` when `is_wanted` says so."""
    fonts = _fonts()
    content = Content(documents, fonts, book)
    worker = Worker(fonts, BOOK_LIMITS)
    try:
        job = Job(content.text, content.files, max(map(_timestamp, documents)))
        answer = worker.run(job, is_wanted=is_wanted)
    finally:
        worker.stop()
    return Rendered(answer.outputs[0], content.replaced, answer.conformance)


def render_pages(document: Document, ppi: float, watch: Watch | None = None) -> tuple[str, ...]:
    """The pages of the PDF as PNG pictures of so many pixels per inch: the names by which `kept`
    has them for a while. Raises `RenderFailed` and `Unwanted`."""
    content = Content([document], _fonts())
    job = Job(content.text, content.files, _timestamp(document), ppi)
    key = key_of(job)
    return kept_pages(key) or keep_pages(key, _pool().run(job, watch).outputs)


def _answer(job: Job, watch: Watch | None, *, is_anew: bool = False) -> Answer:
    key = key_of(job)
    answer = None if is_anew else kept_by(key)
    if answer is None:
        answer = _pool().run(job, watch)
        keep(key, answer)
    return answer


def _run_excerpt(watch: Watch | None, document: Document, seconds: float) -> None:
    content = Content([document], _fonts())
    _pool().run(Job(content.text, content.files), watch, seconds)


def _pool() -> Pool:
    return pool_for(_fonts())


def _fonts() -> Path:
    fonts = Path(settings.PDF_FONTS_DIR)
    if not any(fonts.glob("*.ttf")):
        raise RenderFailed(_("The fonts for PDFs are not there. Run “make setup” first."))
    return fonts


def _timestamp(document: Document) -> int:
    """Seconds since 1970, of the date that is printed; none before, as PDF tools don't take it."""
    if document.date:
        moment = datetime.combine(document.date, time(), UTC)
    else:
        moment = document.modified_at or datetime.fromtimestamp(0, UTC)
    return max(0, int(moment.timestamp()))
