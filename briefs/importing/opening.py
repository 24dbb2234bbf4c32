"""A file that somebody sends, as the text that is read: Markdown and JSON as they are, Word as
Markdown."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from briefs.drafting.picture_file import Encoded, Known, none_known
from briefs.importing.docx.conversion import markdown_of
from briefs.importing.source import MAX_JSON_BYTES, check_size, is_json, text_of

MAX_WORD_BYTES = 20 * 1024 * 1024
"""Pictures make Word files large; the text that is made of one is held to the limit of any text."""
LONGEST_SIGNATURE = 100

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's text with LF line ends. `is_converted` says that it was made of a Word file,
    `remarks` what couldn't be kept of that, a sentence each, and `pictures` are those that were in
    it."""

    text: str
    is_converted: bool = False
    remarks: tuple[str, ...] = ()
    pictures: tuple[Encoded, ...] = ()


def open_file(content: bytes, known: Known = none_known) -> Opened:
    """The text of a file, for a brief that has the `known` pictures. Raises `ValidationError` with
    a sentence for what is neither Markdown nor a Word file, or too long."""
    check_file_size(len(content), content[:LONGEST_SIGNATURE])
    if content.startswith(_ZIP):
        made = markdown_of(content, known)
        text = text_of(made.text.encode())
        return Opened(text, is_converted=True, remarks=made.remarks, pictures=made.pictures)
    if content.startswith(_OLE):
        raise _old_or_protected(content)
    if content.startswith(_RTF):
        raise ValidationError(
            _("This is an RTF file. Open it in Word, save it as .docx and import that.")
        )
    return Opened(text_of(content))


def check_file_size(size: int, beginning: bytes) -> None:
    """Refuses a file that is too large for its kind, by its size and its first bytes, so that it
    needn't be read."""
    if is_json(beginning.decode("utf-8-sig", errors="replace")):
        check_size(size, MAX_JSON_BYTES)
    elif not beginning.startswith((*_ZIP, _OLE)):
        check_size(size)
    elif size > MAX_WORD_BYTES:
        raise ValidationError(
            _(
                "The file has %(size)s MB; the most that can be imported is 20 MB. Make its "
                "pictures smaller, in Word by “Compress Pictures”, and import it again."
            )
            % {"size": f"{size / 1024 / 1024:.1f}"}
        )


def _old_or_protected(content: bytes) -> ValidationError:
    """Word keeps a file with a password in the same container as the files of before 2007."""
    if _ENCRYPTED in content:
        return ValidationError(
            _(
                "The file is protected by a password. Open it in Word, save it as .docx without a "
                "password and import that."
            )
        )
    return ValidationError(
        _("This is a file of an old Office format. Save it as .docx in Word and import that.")
    )
