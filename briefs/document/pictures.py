"""How a text names a picture of its brief: `![what it shows](picture:<SHA-256>)`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SCHEME = "picture:"
MAX_ALT = 300
_NAMED = re.compile(rf"{SCHEME}([0-9a-f]{{64}})(?![0-9a-f])")
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")
_NEEDS_NO_ESCAPE = frozenset("\"',-./:;?%()+=@#$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it: where it is loaded from, and its size in pixels."""

    address: str
    width: int
    height: int


def sha256s_in(texts: Iterable[str]) -> set[str]:
    """The pictures that texts may show: every name in them, wherever it stands."""
    return {sha256 for text in texts for sha256 in _NAMED.findall(text)}


def renamed(text: str, names: Mapping[str, str]) -> str:
    """A text with the pictures in `names`, by their SHA-256, called by another one."""
    return _NAMED.sub(lambda named: SCHEME + names.get(named[1], named[1]), text)


def sha256_of(source: str) -> str | None:
    """The picture that an image's source names; None for any other address."""
    named = _NAMED.fullmatch(source)
    return named[1] if named else None


def picture_markdown(sha256: str, alt: str) -> str:
    """A picture in a text. The description becomes one line, and none of it is read as Markdown."""
    line = " ".join(alt.split())
    return f"![{_MARKS.sub(_escape, line)}]({SCHEME}{sha256})"


def _escape(mark: re.Match[str]) -> str:
    return mark[0] if mark[0] in _NEEDS_NO_ESCAPE else "\\" + mark[0]
