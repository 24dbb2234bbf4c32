"""Titles and labels as the text of a Markdown heading, there and back."""

import re
import unicodedata

_MARKS = re.compile(r"[\\`*_\[\]<#~]|&(?=#?\w+;)")
_NUMBER = re.compile(r"\A([0-9]+)(?=\.)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape_title(title: str) -> str:
    """A title on one line in which nothing reads as a mark or number: those are the template's."""
    title = " ".join(unicodedata.normalize("NFC", title).split())
    return _NUMBER.sub(r"\1\\", _MARKS.sub(r"\\\g<0>", title))


def plain_title(heading: str) -> str:
    """The title that `escape_title` made a heading's text of."""
    return _ESCAPED.sub(r"\1", heading)
