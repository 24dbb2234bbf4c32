"""A file that was looked at, carried by its page until it is stored: exactly the text that was
reported on, and only for the person who sent it.

A large file, one with pictures, isn't carried: the page knows its SHA-256 and asks for it once
more.
"""

import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.drafting.picture_file import Encoded
from briefs.importing.opening import Opened
from briefs.models import Picture

HOURS_KEPT = 24
MOST_CARRIED = 2_000_000  # characters of a sealed line; a form takes 2.5 MB
MOST_COMPRESSED = 16 * 1024 * 1024  # characters that are worth trying


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file's name and its text. `upload` tells it from every other time that it was sent. With a
    `digest`, the SHA-256 of its text, it isn't at hand: then `text` is blank. `is_converted` says
    that the text was made of the file, `remarks` what isn't in it, and `pictures` are those of the
    file, which the text names by what is in them."""

    name: str
    text: str
    upload: str = field(default_factory=secrets.token_urlsafe)
    digest: str = ""
    is_converted: bool = False
    remarks: tuple[str, ...] = ()
    pictures: tuple[Encoded, ...] = ()

    @property
    def content(self) -> bytes:
        return self.text.encode()

    @property
    def lines(self) -> list[str]:
        """The text by its lines, as they are counted in the report."""
        return self.text.removesuffix("\n").split("\n")

    @property
    def opened(self) -> Opened:
        return Opened(self.text, self.is_converted, self.remarks, self.pictures)

    def with_opened(self, opened: Opened) -> "SentFile":
        """The file with what is in it, sent once more. Raises `ValidationError` for another one."""
        if sha256(opened.text.encode()).hexdigest() != self.digest:
            raise ValidationError(
                _("This isn't the file that the report is on. Choose “%(name)s” as it was then.")
                % {"name": self.name}
            )
        return replace(self, text=opened.text, digest="", pictures=opened.pictures)


def seal(file: SentFile, user: User) -> str:
    """The file as one signed, compressed line; of a large one all but its text and pictures."""
    is_small = sum(len(picture.content) for picture in file.pictures) <= MOST_CARRIED // 2
    if is_small and len(file.text) <= MOST_COMPRESSED:
        sealed = _signed(file, user)
        if len(sealed) <= MOST_CARRIED:
            return sealed
    digest = sha256(file.content).hexdigest()
    return _signed(replace(file, text="", digest=digest, pictures=()), user)


def unseal(sealed: str, user: User) -> SentFile:
    """The file again. Raises `ValidationError` when the line is damaged, somebody else's or old."""
    try:
        carried = signing.loads(sealed, salt=_salt(user), max_age=HOURS_KEPT * 3600)
    except signing.BadSignature as error:
        raise ValidationError(
            _("The file is no longer at hand, so nothing was stored. Choose it again.")
        ) from error
    # A page of before files were converted carries the first three, one of before pictures came
    # with them the first six.
    name, text, upload, digest, is_converted, remarks, packed = (*carried, "", False, (), ())[:7]
    pictures = tuple(_unpacked(*each) for each in packed)
    return SentFile(name, text, upload, digest, is_converted, tuple(remarks), pictures)


def _signed(file: SentFile, user: User) -> str:
    pictures = [_packed(picture) for picture in file.pictures]
    values = [
        *(file.name, file.text, file.upload, file.digest),
        *(file.is_converted, file.remarks, pictures),
    ]
    return signing.dumps(values, salt=_salt(user), compress=True)


def _packed(picture: Encoded) -> tuple[str, str, int, int]:
    content = b64encode(picture.content).decode()
    return content, picture.mime_type.value, picture.width, picture.height


def _unpacked(content: str, mime_type: str, width: int, height: int) -> Encoded:
    kind = Picture.MimeType(mime_type)
    return Encoded(b64decode(content), kind, width, height, is_smaller=False)


def _salt(user: User) -> str:
    return f"briefs.importing:{user.pk}"
