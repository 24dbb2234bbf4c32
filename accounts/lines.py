"""What may stand in a line that people type or import: a name, a title, a fact."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# C0 but tab and line feed, DEL, C1, and half a surrogate pair.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def check_line(text: str) -> None:
    """Raises `ValidationError` for a control character: nobody sees it, and some programs that read
    an export stop at it."""
    unseen = _UNSEEN.search(text)
    if unseen:
        raise ValidationError(
            _(
                "There is a character in it that nobody can see (U+%(code)s); it may have come "
                "in by copying. Type the text anew."
            )
            % {"code": f"{ord(unseen[0]):04X}"}
        )


def check_lines(**lines: str) -> None:
    """The same for several. Raises `ValidationError` by field."""
    mistakes: dict[str, list[ValidationError]] = {}
    for field, text in lines.items():
        try:
            check_line(text)
        except ValidationError as mistake:
            mistakes[field] = mistake.error_list
    if mistakes:
        raise ValidationError(mistakes)


def readable_line(text: str) -> str:
    """An imported line that `check_line()` takes: what it refuses becomes U+FFFD, so that the loss
    is in sight."""
    return _UNSEEN.sub("\ufffd", text)
