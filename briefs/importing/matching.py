"""Whether two titles are the same to a reader: case, quotes, hyphens and marks don't count."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

NEAR_ENOUGH = 0.85
MOST_NEAR_SEARCHES = 2_000
"""Titles of one file that are looked up by likeness; a brief has some dozens of them."""

Target = TypeVar("Target", bound=Hashable)

_LEFT_OUT = re.compile("[.'`\"*\\\\\u2018\u2019\u02bc\u201c\u201d\u201e\u00ab\u00bb]")
_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(
    r"(?:(?:part|section|chapter)\s+)?\(?(?P<number>\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=\\?[.):]))"
    r"\\?[.):]*\s+(?=\S)",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(
    r"(?:part|section|chapter)\s+(?P<number>\d{1,3}(?:\.\d{1,3})*)\s*[-.):\u2013\u2014]*\s+(?=\S)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\(?(?P<number>[ivxlc]{1,6}|[a-z])[.)]\s+(?=\S)", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKED = re.compile(r"(?<!\\)(\*{1,3}|_{1,3}|`)(\S(?:.*?\S)?)\1", re.DOTALL)


@lru_cache(maxsize=4096)
def bare(title: str) -> str:
    """What is compared of a title: its words without case, quotes and points."""
    text = unicodedata.normalize("NFKC", title).casefold().replace("&", " and ")
    return " ".join(_WORDS.findall(_LEFT_OUT.sub("", text)))


def without_marks(text: str) -> str:
    """The words of a heading without Markdown's marks, on one line, without a colon at its end."""
    text = " ".join(_LINK.sub(r"\1", text).split())
    for _nested in range(3):
        text = _MARKED.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text).strip().rstrip(":\uff1a").strip()


def split_number(title: str) -> tuple[str, str]:
    """A number typed before a title ("3.2"), blank if there is none, and the title behind it."""
    match = _NUMBER.match(title) or _NAMED_NUMBER.match(title)
    return (match["number"], title[match.end() :]) if match else ("", title)


def split_letter(title: str) -> tuple[str, str]:
    """The same for a Roman number or a letter ("IV."), which may just as well begin a title."""
    match = _LETTER.match(title)
    return (match["number"], title[match.end() :]) if match else ("", title)


class Likeness:
    """Finds the title that is meant where it was written a little differently, with a limit."""

    def __init__(self) -> None:
        self.searches_left = MOST_NEAR_SEARCHES

    def closest(
        self, title: str, candidates: Iterable[tuple[str, Target]]
    ) -> tuple[str, Target] | None:
        """The candidate most like a title, both compared by `bare()`; None when none is near."""
        if not title or self.searches_left <= 0:
            return None
        self.searches_left -= 1
        best: tuple[str, Target] | None = None
        best_ratio = NEAR_ENOUGH
        matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
        matcher.set_seq2(title)
        for other, target in candidates:
            shorter, longer = sorted((len(title), len(other)))
            if 2 * shorter < best_ratio * (shorter + longer):
                continue
            matcher.set_seq1(other)
            if matcher.quick_ratio() < best_ratio:
                continue
            ratio = matcher.ratio()
            if ratio > best_ratio or (best is None and ratio == best_ratio):
                best, best_ratio = (other, target), ratio
        return best
