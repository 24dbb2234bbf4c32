"""An outline as the values of its template file, and as the file itself: what the loader reads is
what the browser edits."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefs.document.outline import (
    Outline,
    OutlinePart,
    OutlinePrompt,
    OutlineSection,
    Range,
)

LISTS = ("part", "section", "prompt")  # each level's list in the one above
_WIDTH = 100
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def values_of(outline: Outline) -> dict[str, Any]:
    """What `check_outline()` reads; what isn't said is missing."""
    return {
        "key": outline.key,
        "title": outline.title,
        "language": outline.language,
        **_said(sign_off_kinds=[[kind.key, kind.label] for kind in outline.sign_off_kinds]),
        "part": [_part(part) for part in outline.parts],
    }


def write_outline(outline: Outline) -> str:
    """The template file, as TOML; `read_outline()` of it is the same outline."""
    return "\n".join(_lines(values_of(outline), ())) + "\n"


def _part(part: OutlinePart) -> dict[str, Any]:
    return {
        "key": part.key,
        **_said(title=part.title),
        "section": [_section(section) for section in part.sections],
    }


def _section(section: OutlineSection) -> dict[str, Any]:
    needed = section.sign_offs_needed
    at_least = max(1, len(section.sign_off_kinds))
    return {
        "key": section.key,
        **_said(was=section.was),
        "title": section.title,
        **_said(
            guidance=section.guidance,
            words=_range(section.words),
            sign_offs_needed=needed if needed != at_least else None,
            sign_off_kinds=list(section.sign_off_kinds),
            sign_offs_in_order=section.sign_offs_in_order or None,
            is_blind=section.is_blind or None,
        ),
        "prompt": [_prompt(prompt) for prompt in section.prompts],
    }


def _prompt(prompt: OutlinePrompt) -> dict[str, Any]:
    return {
        "key": prompt.key,
        **_said(was=prompt.was, label=prompt.label),
        "form": prompt.form.value,
        **_said(
            guidance=prompt.guidance,
            words=_range(prompt.words),
            paragraphs=_range(prompt.paragraphs),
        ),
    }


def _range(of: Range) -> dict[str, int]:
    ends = {"least": of.least, "most": of.most}
    return {name: end for name, end in ends.items() if end is not None}


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", {}, [])}


def _lines(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for name, value in values.items():
        if name not in LISTS:
            yield f"{name} = {_written(value)}"
    for name in LISTS:
        for each in values.get(name, ()):
            yield ""
            yield f"[[{'.'.join((*path, name))}]]"
            yield from _lines(each, (*path, name))


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_written(each)}" for name, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_written(each) for each in value) + "]"
    if isinstance(value, str):
        return _text(value)
    return json.dumps(value)


def _text(text: str) -> str:
    """A basic string; guidance that is long, or has paragraphs, as one over several lines. JSON
    escapes as TOML does, but for DEL."""
    if "\n" not in text and len(text) < _WIDTH:
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    lines = [line for paragraph in text.split("\n") for line in _wrapped(paragraph)]
    escaped = (
        json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f") for line in lines
    )
    return '"""\n' + "\n".join(escaped) + '"""'


def _wrapped(paragraph: str) -> Iterator[str]:
    """Breaks only at single blanks between words: read again, a break within a paragraph is one."""
    line = ""
    for word in _BREAK.split(paragraph):
        if line and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
