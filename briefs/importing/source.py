"""A file's bytes as text, Markdown or JSON, or a sentence that says why it can't be a brief."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 2 * 1024 * 1024
MAX_JSON_BYTES = 80 * 1024 * 1024  # all the pictures of a brief in base64, and its text
MAX_LINES = 50_000

_WEB_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\b|html\b)", re.IGNORECASE)


_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*[\"}]")


def is_json(text: str) -> bool:
    """Whether a text is JSON and no Markdown: no brief begins with `{"`."""
    return _JSON.match(text) is not None


def text_of(content: bytes) -> str:
    """The text of a Markdown or JSON file, with LF line ends. Raises `ValidationError` with a
    sentence."""
    check_size(len(content), MAX_JSON_BYTES)
    # Before a large file is decoded: it begins as JSON does, or is too large.
    if not is_json(content[:100].decode("utf-8-sig", errors="replace")):
        check_size(len(content))
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if is_json(text):
        return text
    if not text.strip():
        raise ValidationError(_("The file is empty. Choose the file of a brief."))
    if _WEB_PAGE.match(text):
        raise ValidationError(
            _("This is a web page, not Markdown. Save its text as a Markdown file first.")
        )
    if text.count("\n") >= MAX_LINES:
        raise ValidationError(
            _("The file has more than %(lines)s lines, which no brief has. Split it.")
            % {"lines": f"{MAX_LINES:,}"}
        )
    return text


def check_size(size: int, most: int = MAX_BYTES) -> None:
    """Refuses a file of more than 2 MB, or whatever is the most, so that it needn't be read."""
    if size > most:
        raise ValidationError(
            _("The file has %(size)s MB; the most that can be imported is %(most)s MB. Split it.")
            % {"size": f"{size / 1024 / 1024:.1f}", "most": most // 1024 // 1024}
        )


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise ValidationError(
            _("This is not a text file. Save the brief as Markdown (UTF-8) and import that.")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValidationError(
            _("The file is not UTF-8 text (line %(line)s). Save it as UTF-8 and import it again.")
            % {"line": line}
        ) from error
