"""Text as the bytes of a file."""

import re

from django.utils.translation import ngettext

_HALVES = re.compile("[\ud800-\udfff]")


def encoded(text: str) -> tuple[bytes, list[str]]:
    """A text as UTF-8, and a sentence on what UTF-8 has no bytes for: halves of characters."""
    halves = len(_HALVES.findall(text))
    if not halves:
        return text.encode(), []
    sentence = ngettext(
        "%(count)s half of a character was replaced by �.",
        "%(count)s halves of characters were replaced by �.",
        halves,
    )
    return _HALVES.sub("\ufffd", text).encode(), [sentence % {"count": halves}]
