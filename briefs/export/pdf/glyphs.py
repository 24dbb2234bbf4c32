"""Which characters the shipped fonts can draw: in PDF/A, one that none of them has is an error."""

import re
from functools import cache
from itertools import chain
from pathlib import Path

from fontTools.ttLib import TTFont

MISSING = "\u25a1"
"""Drawn in the place of what no font has: a white square."""

_CONTROLS = frozenset([*range(0x20), *range(0x7F, 0xA0)])
_STAND_FOR_OTHERS = frozenset([0xFFFC, 0xFFFD])  # what they stood for is lost already
# They mean something to one font, and nothing to whoever reads or searches the text.
_PRIVATE = frozenset(chain(range(0xE000, 0xF900), range(0xF0000, 0x110000)))
# Unicode's default-ignorable characters: joiners, direction marks, variation selectors.
_INVISIBLE = frozenset(
    chain(
        [0xAD, 0x34F, 0x61C],
        range(0x180B, 0x1810),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
        range(0x2060, 0x2070),
        range(0xFE00, 0xFE10),
        range(0xE0020, 0xE0080),
        range(0xE0100, 0xE01F0),
    )
)
_SPELLED_ANEW = str.maketrans({"\ufeff": "\u2060", "\u2028": "\n", "\u2029": "\n"})
# A Latin word or an address that goes on with nothing to break it at could run off the page. Other
# scripts are left alone, as their letters may belong together.
_LETTER = r"[!-,.0-~\u00a1-\u024f]"
_LONG_WORD = re.compile(rf"{_LETTER}{{41,}}")
_PIECE = 24
_MAY_BREAK = "\u200b"


@cache
def drawable_in(fonts: Path) -> frozenset[int]:
    """Every code point that a font of the folder has a glyph for, or that needs none. The other
    cuts of a family draw what its regular one does."""
    found: set[int] = set()
    for path in sorted(fonts.glob("*_400Regular.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    found -= _CONTROLS | _STAND_FOR_OTHERS | _PRIVATE
    return frozenset(found | _INVISIBLE | {ord("\n"), ord("\t")})


class Glyphs:
    """Puts `MISSING` for what can't be drawn, and remembers what that was in `replaced`."""

    def __init__(self, fonts: Path) -> None:
        self.drawable = drawable_in(fonts)
        self.replaced: set[str] = set()

    def text(self, text: str) -> str:
        """The text as it can be drawn, with places to break words that are too long for a line."""
        text = text.translate(_SPELLED_ANEW)
        missing = {character for character in set(text) if ord(character) not in self.drawable}
        self.replaced |= missing
        text = text.translate({ord(character): MISSING for character in missing})
        return _LONG_WORD.sub(_breakable, text)

    def line(self, text: str) -> str:
        """The same on one line: a title, a label."""
        return " ".join(self.text(text).split())


def breakable(text: str, piece: int) -> str:
    """The text with a place to break each Latin word after so many letters."""
    return re.sub(rf"{_LETTER}{{{piece + 1},}}", lambda word: _in_pieces(word[0], piece), text)


def _breakable(word: re.Match[str]) -> str:
    return _in_pieces(word[0], _PIECE)


def _in_pieces(word: str, piece: int) -> str:
    starts = range(0, len(word), piece)
    return _MAY_BREAK.join(word[start : start + piece] for start in starts)
