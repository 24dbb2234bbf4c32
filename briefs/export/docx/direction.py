"""Which way a text runs, and where it turns: Word asks it of each paragraph and of each run."""

import re
from collections.abc import Iterator
from itertools import groupby
from unicodedata import bidirectional

from babel.core import get_global

from briefs.document.language import Direction, Language, direction_of, direction_of_letter

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
# Word knows languages of a country: where a brief names none, it is that with the most speakers,
# but for these.
_USUAL = {"ar": "SA", "en": "GB", "pt": "PT", "sw": "KE"}
_EASTERN = frozenset(["ja", "ko", "yue", "zh"])
# Written from left to right in scripts that Word sets as it does those from right to left.
_COMPLEX = frozenset(
    "as bn bo dz gu hi km kn lo ml mr my ne or pa si ta te th".split()  # noqa: SIM905
)


def own_order(text: str, around: Direction) -> str:
    """A text from left to right such as "11.7 million" keeps its order among ours from right to
    left: a LEFT-TO-RIGHT MARK on either side."""
    is_apart = around == "rtl" and direction_of(text) == "ltr"
    return f"\u200e{text}\u200e" if is_apart else text


def turns(text: str, around: Direction) -> Iterator[tuple[Direction, str]]:
    """A text in pieces of one direction, in a paragraph that runs as `around`.

    The rules are those of the Unicode Bidirectional Algorithm (UAX 9) that Word needs said in the
    markup: digits after a Latin word go with it (W7), and what has no direction goes with its
    neighbours, or, between two directions, with the paragraph (N1, N2).
    """
    if around == "ltr" and not _RIGHT_TO_LEFT.search(text):
        if text:
            yield around, text
        return
    position = 0
    for direction, run in groupby(_resolved(text, around)):
        length = sum(1 for _each in run)
        yield direction, text[position : position + length]
        position += length


def language_attributes(language: Language) -> str:
    """Of `w:lang`, for the whole document."""
    tag = _tag(language)
    if language.direction == "rtl":
        return f'w:val="en-GB" w:bidi="{tag}"'
    if language.code in _EASTERN:
        # Latin words in it break as English does: as Japanese they would anywhere.
        return f'w:val="en-GB" w:eastAsia="{tag}" w:bidi="ar-SA"'
    complex_script = tag if language.code in _COMPLEX else "ar-SA"
    return f'w:val="{tag}" w:bidi="{complex_script}"'


def _tag(language: Language) -> str:
    if language.code == "zh":
        own = ("TW", "HK", "MO") if language.han == "TC" else ("CN", "SG", "MY")
        return f"zh-{language.region if language.region in own else own[0]}"
    if language.region:
        return "-".join(filter(None, [language.code, language.unusual_script, language.region]))
    likely: str = get_global("likely_subtags").get(language.code, "")
    region = _USUAL.get(language.code) or likely.rpartition("_")[2]
    return f"{language.tag}-{region}" if region else language.tag


def language_of_run(text: str, language: Language) -> str:
    """Of `w:lang`, for words from right to left that aren't in the document's language; blank for
    others."""
    is_hebrew = bool(_HEBREW.search(text))
    if is_hebrew == (language.code in ("he", "yi")):
        return ""
    return 'w:bidi="he-IL"' if is_hebrew else 'w:bidi="ar-SA"'


def _resolved(text: str, around: Direction) -> list[Direction]:
    found: list[Direction | None] = []
    before: Direction | None = None
    for character in text:
        strong = direction_of_letter(character)
        if strong:
            before = strong
        elif bidirectional(character) in ("EN", "AN"):
            strong = before
        found.append(strong)
    resolved: list[Direction] = []
    left: Direction = around
    for is_open, stretch in groupby(found, key=lambda one: one is None):
        run = list(stretch)
        if not is_open:
            resolved += [one for one in run if one]
            left = resolved[-1]
            continue
        end = len(resolved) + len(run)
        right = found[end] if end < len(found) else around
        resolved += [left if left == right else around] * len(run)
    return resolved
