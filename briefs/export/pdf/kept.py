"""What was set already, for as long as the cache keeps it: an unchanged brief is there at once."""

import json
import logging
from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from django.core.cache import caches
from django.utils.translation import gettext as _

from briefs.export.failures import RenderFailed
from briefs.export.pdf.jobs import Answer, Job
from briefs.export.renderer import made_with

logger = logging.getLogger(__name__)


def kept_by(key: str) -> Answer | None:
    """The answer to the very job of this key, done by the very same renderer."""
    found = caches["prints"].get(key)
    return Answer(**found) if found else None


def keep(key: str, answer: Answer) -> None:
    outputs, conformance = answer.outputs, answer.conformance
    values = {"outputs": outputs, "conformance": conformance, "refusal": answer.refusal}
    try:
        caches["prints"].set(key, values)
    except OSError as error:  # a full disk costs time the next time, not this file
        logger.warning("Set pages can't be kept: %s", error)


def kept_pages(key: str) -> tuple[str, ...] | None:
    """The names of the pages that a job gave, when all of them are kept still."""
    pages = caches["pages"]
    names: tuple[str, ...] | None = pages.get(key)
    return names if names and all(name in pages for name in names) else None


def keep_pages(key: str, outputs: Sequence[bytes]) -> tuple[str, ...]:
    """Names each page by its SHA-256. Raises `RenderFailed` when they can't be kept: nobody could
    look at them. What is looked at while it is typed pushes no file out, so it stays apart from
    those."""
    pages = caches["pages"]
    names = tuple(sha256(output).hexdigest() for output in outputs)
    try:
        pages.set_many(dict(zip(names, outputs, strict=True)))
        pages.set(key, names)
    except OSError as error:
        logger.warning("Pages can't be kept: %s", error)
        raise RenderFailed(
            _("The pages can't be shown, as there is no room for them here. Export the PDF.")
        ) from error
    return names


def kept_page(name: str) -> bytes | None:
    page: bytes | None = caches["pages"].get(name)
    return page


def key_of(job: Job) -> str:
    """Names all that the pages depend on: their text, how they look, pictures, and what sets
    them."""
    digest = sha256(_maker().encode())
    for frame in job.frames():
        digest.update(b"%d " % len(frame))
        digest.update(frame)
    return digest.hexdigest()


@cache
def _maker() -> str:
    return json.dumps(made_with(), sort_keys=True)
