"""The file of a bundle in stretches of one MB, so that whoever writes or reads it holds one."""

from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from django.db import connection

from briefs.models import Bundle, BundlePart

MOST_OF_A_PART = 1024**2  # bytes


def keep_parts(bundle: Bundle, file: IO[bytes]) -> tuple[int, str]:
    """Stores a file from its beginning. Returns its size in bytes and its SHA-256."""
    digest, size = sha256(), 0
    file.seek(0)
    while content := file.read(MOST_OF_A_PART):
        BundlePart.objects.create(bundle=bundle, begins_at=size, content=content)
        digest.update(content)
        size += len(content)
    return size, digest.hexdigest()


def read_parts(bundle: Bundle, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` up to `end`, each stretch read once the one before it was taken.
    Nothing of the database is held in between, however slowly they are taken. Raises
    `BundlePart.DoesNotExist` when the file has gone meanwhile: what was sent is not all of it."""
    while start < end:
        part = bundle.parts.filter(begins_at__lte=start).latest("begins_at")
        content = bytes(part.content)[start - part.begins_at : end - part.begins_at]
        if not content:
            raise BundlePart.DoesNotExist
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # as at the end of each request
        yield content
        start += len(content)
