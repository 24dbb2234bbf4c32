"""Files that are written whole, or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

OF_EVERYBODY, OF_THE_OWNER = 0o666, 0o600  # as far as the system lets them


@contextmanager
def whole_file(path: Path, rights: int = OF_EVERYBODY) -> Iterator[IO[bytes]]:
    """A file beside it, which takes its name, in place of what had it, once the block has ended
    well and all is on the disk. Raises `OSError`, also where a folder or a device has the name."""
    path = path.resolve()  # a link stays one
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, _("it is no file"))
    unfinished = path.with_name(f".{secrets.token_hex(8)}.unfinished")
    try:
        unfinished.touch(rights, exist_ok=False)
        if path.exists():  # who may read what is replaced may read what replaces it
            unfinished.chmod(path.stat().st_mode & 0o777)
        with unfinished.open("r+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
