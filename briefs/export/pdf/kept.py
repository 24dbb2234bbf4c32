"""What was set already, for as long as the cache keeps it: an unchanged brief is there at once."""

import json
import logging
from functools import cache
from hashlib import sha256

from django.core.cache import BaseCache, caches

from briefs.export.pdf.jobs import Answer, Job
from briefs.export.renderer import made_with

logger = logging.getLogger(__name__)
_PAGES, _FILE = "pages-", "file-"


def kept_by(key: str) -> Answer | None:
    """The answer to the very job of this key, done by the very same renderer."""
    found = _cache_of(key).get(key)
    return Answer(**found) if found else None


def keep(key: str, answer: Answer) -> None:
    outputs, conformance = answer.outputs, answer.conformance
    values = {"outputs": outputs, "conformance": conformance, "refusal": answer.refusal}
    try:
        _cache_of(key).set(key, values)
    except OSError as error:  # a full disk costs time the next time, not this file
        logger.warning("Set pages can't be kept: %s", error)


def key_of(job: Job) -> str:
    """Names all that the pages depend on: their text, how they look, pictures, and what sets
    them."""
    digest = sha256(_maker().encode())
    for frame in job.frames():
        digest.update(b"%d " % len(frame))
        digest.update(frame)
    return f"{_PAGES if job.ppi else _FILE}{digest.hexdigest()}"


def _cache_of(key: str) -> BaseCache:
    return caches["pages" if key.startswith(_PAGES) else "prints"]


@cache
def _maker() -> str:
    return json.dumps(made_with(), sort_keys=True)
