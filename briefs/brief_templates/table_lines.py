"""Where the tables of a template file begin: `tomllib` doesn't say, and a mistake has a line."""

import re

Index = tuple[int, ...]

_TOKENS = re.compile(
    r"""
      \#[^\n]*
    | \"{3} (?:\\.|[^\\])*? \"{3} \"{0,2}
    | '{3} .*? '{3} '{0,2}
    | " (?:\\.|[^"\\\n])* "
    | ' [^'\n]* '
    | ^[ \t]* \[\[ (?P<path>[^\]\n]+) \]\]
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def table_lines(text: str, path: tuple[str, ...]) -> dict[Index, int]:
    """The lines, from 1, on which the `[[…]]` tables along `path` begin.

    For the path `("part", "section")`, `(2,)` is the third part and `(2, 0)` its first section.
    A table that was written in line has no entry. `text` is valid TOML.
    """
    lines: dict[Index, int] = {}
    index: Index = ()
    for token in _TOKENS.finditer(text):
        if token["path"] is None:
            continue
        names = tuple(name.strip(" \t\"'") for name in token["path"].split("."))
        if names != path[: len(names)]:
            continue
        depth = len(names)
        following = index[depth - 1] + 1 if len(index) >= depth else 0
        index = (*index[: depth - 1], following)
        lines[index] = text.count("\n", 0, token.start("path")) + 1
    return lines
