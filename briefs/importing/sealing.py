"""A file that was looked at, carried by its page until it is stored: exactly the text that was
reported on, and only for the person who sent it."""

import secrets
from dataclasses import dataclass, field

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

HOURS_KEPT = 24


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file's name and its text. `upload` tells it from every other time that it was sent."""

    name: str
    text: str
    upload: str = field(default_factory=secrets.token_urlsafe)

    @property
    def content(self) -> bytes:
        return self.text.encode()


def seal(file: SentFile, user: User) -> str:
    """The file as one signed, compressed line."""
    return signing.dumps([file.name, file.text, file.upload], salt=_salt(user), compress=True)


def unseal(sealed: str, user: User) -> SentFile:
    """The file again. Raises `ValidationError` when the line is damaged, somebody else's or old."""
    try:
        name, text, upload = signing.loads(sealed, salt=_salt(user), max_age=HOURS_KEPT * 3600)
    except signing.BadSignature as error:
        raise ValidationError(
            _("The file is no longer at hand, so nothing was stored. Choose it again.")
        ) from error
    return SentFile(name, text, upload)


def _salt(user: User) -> str:
    return f"briefs.importing:{user.pk}"
