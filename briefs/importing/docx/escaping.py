"""Text of a Word file in Markdown: no character of it reads as a mark, and few get a backslash.

This isn't `document/escape.py`: that keeps the Markdown of an answer as it is among headings, while
here nothing is Markdown yet.
"""

import re

_MARK = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|\Z)
    | `
    | (?<![ ])\* | \*(?![ ])
    | (?<![^\W_])_ | _(?![^\W_])
    | (?<=~)~ | ~(?=~)
    | \[(?=\^) | (?<=\])\(
    | [!^](?=\[)
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    """,
    re.VERBOSE,
)
_BRACKET = re.compile(r"[\[\]]")
_LINE = re.compile(
    r"""
      \#{1,6}(?=[ \t]|\Z)
    | >
    | [-+](?=[ \t]|\Z)
    | =+[ \t]*\Z
    | (?=[ \t|:]*-)[-:|\ \t]+\Z
    | \[\^[^\]\s]+\](?=:)
    | [0-9]{1,9}(?=[.)](?:[ \t]|\Z))
    """,
    re.VERBOSE,
)
_BEHIND = ("[", *"0123456789")


def escape_words(text: str, before: str, after: str, *, in_link: bool = False) -> str:
    """Words as they stand in a line behind and before these characters; blank at its ends."""
    padded = before + text + after
    first, last = len(before), len(before) + len(text)
    places = {match.start() for match in _MARK.finditer(padded, first) if match.start() < last}
    if in_link:
        places |= {match.start() for match in _BRACKET.finditer(padded, first, last)}
    pieces = []
    done = first
    for place in sorted(places):
        pieces += [padded[done:place], "\\"]
        done = place
    return "".join([*pieces, padded[done:last]])


def escape_line(line: str) -> str:
    """A line of Markdown that begins no heading, list, quote, table, rule or note."""
    match = _LINE.match(line)
    if match is None:
        return line
    place = match.end() if line.startswith(_BEHIND) else 0
    return f"{line[:place]}\\{line[place:]}"


def escape_heading(line: str) -> str:
    """The words of a heading, of which the last may not close it."""
    words = line.rstrip("#")
    return words + "\\#" * (len(line) - len(words))


def escape_cell(line: str) -> str:
    """A line of Markdown within a table."""
    return line.replace("|", "\\|")
