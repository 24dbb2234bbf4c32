"""How an exported file says what it is: scalars of its front matter, and the mark of a draft.

The few forms of YAML that we write are read back from here too, so that a file survives any number
of trips.
"""

import json
import re
import unicodedata

from django.utils import translation

from briefs.document.translation import gettext as _
from briefs.document.translation import locales

_PLAIN = re.compile(r"[^\W\d_][\w .,'’()/&+-]*(?<! )")
_YAML_WORDS = frozenset({"no", "yes", "on", "off", "y", "n", "true", "false", "null"})
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def draft_line(locale: str) -> str:
    """What stands under the title of every file of working text, in a language by Django's name."""
    with translation.override(locale):
        words = _("DRAFT: working text, not approved.")
    return f"*{words}*"


def is_draft_line(line: str) -> bool:
    """Whether a line is that in any language: the file's may have been changed since."""
    return line.strip() in map(draft_line, locales())


def write_scalar(value: str) -> str:
    """A value on one line that any YAML reader takes for a string: bare where that is safe."""
    value = unicodedata.normalize("NFC", value)
    if _PLAIN.fullmatch(value) and value.casefold() not in _YAML_WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def read_scalar(text: str) -> str:
    """The value of a scalar as people or we wrote it: quoted, half quoted or bare.

    An escape may name what no database can hold; that becomes U+FFFD.
    """
    return _UNUSABLE.sub("\ufffd", _unquoted(text.strip()))


def write_pair(label: str, value: str) -> str:
    """One fact of the cover."""
    return f"{write_scalar(label)}: {write_scalar(value)}"


def read_pair(text: str) -> tuple[str, str] | None:
    """A fact as `write_pair` wrote it, None when it isn't one."""
    text = text.strip()
    if text.startswith('"'):
        try:
            label, end = json.JSONDecoder(strict=False).raw_decode(text)
        except ValueError:
            return None
        rest = text[end:].lstrip()
        label = _UNUSABLE.sub("\ufffd", str(label))
        return (label, read_scalar(rest[1:])) if rest.startswith(":") else None
    label, colon, value = text.partition(":")
    return (label.strip(), read_scalar(value)) if colon else None


def _unquoted(text: str) -> str:
    if text.startswith('"'):
        try:
            value = json.loads(text, strict=False)
        except ValueError:
            return text.strip('"').replace('\\"', '"')
        return str(value)
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text
