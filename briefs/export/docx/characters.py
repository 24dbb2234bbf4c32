"""The one way in which a string comes into a part of the file."""

import re
from html import escape

# What XML 1.0 has no way to say: the other C0 controls, lone surrogates, and two non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
_BLANKS = re.compile("[ \t\r\n\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """A title or a label without line ends. Blanks that keep words together stay."""
    return _BLANKS.sub(" ", text).strip(" ")


class Characters:
    """Escapes strings. For what a file can't hold it puts U+FFFD, and remembers what that was in
    `replaced`."""

    def __init__(self) -> None:
        self.replaced: set[str] = set()

    def text(self, text: str) -> str:
        """A string as text or as the value of an attribute."""
        return escape(_FORBIDDEN.sub(self._remembered, text))

    def line(self, text: str) -> str:
        """The same on one line: a title, a label."""
        return self.text(one_line(text))

    def _remembered(self, match: re.Match[str]) -> str:
        self.replaced.add(match[0])
        return _REPLACEMENT
