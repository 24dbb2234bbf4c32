"""A file that was looked at, carried by its page until it is stored: exactly the text that was
reported on, and only for the person who sent it.

A large file, one with pictures, isn't carried: the page knows its SHA-256 and asks for it once
more.
"""

import secrets
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

HOURS_KEPT = 24
MOST_CARRIED = 2_000_000  # characters of a sealed line; a form takes 2.5 MB
MOST_COMPRESSED = 16 * 1024 * 1024  # characters that are worth trying


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file's name and its text. `upload` tells it from every other time that it was sent. With a
    `digest`, the SHA-256 of its text, it isn't at hand: then `text` is blank. `is_converted` says
    that the text was made of the file, and `remarks` what isn't in it."""

    name: str
    text: str
    upload: str = field(default_factory=secrets.token_urlsafe)
    digest: str = ""
    is_converted: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        return self.text.encode()

    @property
    def lines(self) -> list[str]:
        """The text by its lines, as they are counted in the report."""
        return self.text.removesuffix("\n").split("\n")

    def with_text(self, text: str) -> "SentFile":
        """The file with its text, sent once more. Raises `ValidationError` for another one."""
        if sha256(text.encode()).hexdigest() != self.digest:
            raise ValidationError(
                _("This isn't the file that the report is on. Choose “%(name)s” as it was then.")
                % {"name": self.name}
            )
        return replace(self, text=text, digest="")


def seal(file: SentFile, user: User) -> str:
    """The file as one signed, compressed line; of a large one all but its text."""
    if len(file.text) <= MOST_COMPRESSED:
        sealed = _signed(file, user)
        if len(sealed) <= MOST_CARRIED:
            return sealed
    return _signed(replace(file, text="", digest=sha256(file.content).hexdigest()), user)


def unseal(sealed: str, user: User) -> SentFile:
    """The file again. Raises `ValidationError` when the line is damaged, somebody else's or old."""
    try:
        carried = signing.loads(sealed, salt=_salt(user), max_age=HOURS_KEPT * 3600)
    except signing.BadSignature as error:
        raise ValidationError(
            _("The file is no longer at hand, so nothing was stored. Choose it again.")
        ) from error
    # A page of before files were converted carries the first three.
    name, text, upload, digest, is_converted, remarks = (*carried, "", False, ())[:6]
    return SentFile(name, text, upload, digest, is_converted, tuple(remarks))


def _signed(file: SentFile, user: User) -> str:
    values = [file.name, file.text, file.upload, file.digest, file.is_converted, file.remarks]
    return signing.dumps(values, salt=_salt(user), compress=True)


def _salt(user: User) -> str:
    return f"briefs.importing:{user.pk}"
