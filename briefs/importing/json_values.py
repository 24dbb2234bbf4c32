"""A JSON file's text as a document tree, or a sentence that says what is wrong with it."""

import datetime as dt
import json
import re
import types
from base64 import b64decode
from dataclasses import dataclass, field, is_dataclass
from enum import StrEnum
from json.scanner import py_make_scanner  # type: ignore[attr-defined] # the stubs lack it
from typing import Any, NoReturn, Union, cast, get_args, get_origin

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.lines import readable_line
from briefs.document.json_form import (
    BESIDE,
    DATE,
    FORMAT,
    MOST_NUMBER,
    TIME,
    VERSION,
    Entry,
    entries_of,
)
from briefs.document.tree import Document

MOST_UNKNOWN_KEYS = 10
MOST_COMMAS = 1_500_000  # of so many values not even a brief of 500 KB of table cells has the half

_scan_text = json.JSONDecoder().parse_string  # type: ignore[attr-defined] # as above


class Placed(str):
    """A text of the file, which knows in which line it stands, from 1."""

    __slots__ = ("line",)
    line: int


@dataclass(slots=True)
class Read:
    """A file's document, and the keys in it that no brief has, the first few."""

    document: Document
    unknown: list[str] = field(default_factory=list)


def read_values(text: str) -> Read:
    """The document in a JSON file. Raises `ValidationError` with a sentence for what is no JSON, no
    brief, or a newer Chancery's."""
    values = _decoded(text)
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise ValidationError(
            _(
                "This JSON file is no brief of Chancery: its “format” isn't “%(format)s”. Export "
                "the brief as JSON and import that file."
            )
            % {"format": FORMAT}
        )
    _check_version(values.get("version"))
    walk = _Walk()
    return Read(walk.node(Document, values, ""), list(walk.unknown))


def line_of(text: str) -> int:
    """In which line of the file a text of the document stands."""
    return text.line if isinstance(text, Placed) else 1


class _Decoder(json.JSONDecoder):
    """Strict where JSON leaves it open, and with the line of each text."""

    def __init__(self) -> None:
        super().__init__(parse_constant=_no_number, object_pairs_hook=_each_key_once)
        self.at = 0
        self.line = 1
        self.parse_string = self.placed
        self.scan_once = py_make_scanner(self)

    def placed(self, text: str, start: int, *strict: bool) -> tuple[str, int]:
        value, end = _scan_text(text, start, *strict)
        self.line += text.count("\n", self.at, start)
        self.at = start
        placed = Placed(value)
        placed.line = self.line
        return placed, end


def _decoded(text: str) -> Any:
    if text.count(",") > MOST_COMMAS:
        raise ValidationError(
            _("The JSON file holds more values than any brief. Check that it is the right file.")
        )
    try:
        return _Decoder().decode(text)
    except json.JSONDecodeError as mistake:
        raise ValidationError(
            _(
                "The file is no valid JSON: something is wrong in line %(line)s, at character "
                "%(column)s. It may be incomplete; export or save it again."
            )
            % {"line": mistake.lineno, "column": mistake.colno}
        ) from mistake
    except RecursionError as deep:
        raise ValidationError(
            _("The JSON file is nested deeper than any brief. Check that it is the right file.")
        ) from deep
    except ValueError as mistake:
        raise ValidationError(
            _("The JSON file holds a number that is too long. Check that it is the right file.")
        ) from mistake


def _no_number(written: str) -> NoReturn:
    raise ValidationError(
        _("The JSON file holds “%(written)s”, which is no number of JSON. Take it out.")
        % {"written": written}
    )


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ValidationError(
                _("In the JSON file an object holds “%(key)s” twice. Leave one of them.")
                % {"key": _shown(key)}
            )
        values[str(key)] = value
    return values


def _check_version(version: Any) -> None:
    if type(version) is not int or version < 1:
        raise ValidationError(
            _("The JSON file doesn't say of which version it is: “version” should be %(known)s.")
            % {"known": VERSION}
        )
    if version > VERSION:
        raise ValidationError(
            _(
                "The file was made by a newer Chancery: it is of version %(version)s, and this "
                "one reads version %(known)s. Export the brief as Markdown there, or update here."
            )
            % {"version": _shown(version), "known": VERSION}
        )


def _shown(value: Any) -> str:
    text = readable_line(str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


class _Walk:
    """Goes through the values along the types of the tree."""

    def __init__(self) -> None:
        self.unknown: dict[str, None] = {}

    def node(self, node: type, value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            _refuse(place, _("an object"))
        entries = entries_of(node)
        self.note_unknown(
            value.keys() - {entry.name for entry in entries} - BESIDE.get(node, set())
        )
        found = {}
        for entry in entries:
            where = f"{place}.{entry.name}" if place else entry.name
            if entry.name in value:
                found[entry.attribute] = self.value(entry.kind, value[entry.name], where)
                _check_pattern(entry, found[entry.attribute], where)
            elif entry.is_required:
                raise ValidationError(
                    _("The JSON file is no whole brief: “%(place)s” is missing.") % {"place": where}
                )
        return node(**found)

    def note_unknown(self, names: set[str]) -> None:
        for name in sorted(names):
            if len(self.unknown) < MOST_UNKNOWN_KEYS:
                self.unknown[_shown(name)] = None

    def value(self, kind: Any, value: Any, place: str) -> Any:
        origin = get_origin(kind)
        if origin in (types.UnionType, Union):
            [one] = [each for each in get_args(kind) if each is not type(None)]
            return None if value is None else self.value(one, value, place)
        if origin is tuple:
            if not isinstance(value, list):
                _refuse(place, _("a list"))
            of = get_args(kind)[0]
            return tuple(self.value(of, each, f"{place}[{at}]") for at, each in enumerate(value))
        if is_dataclass(kind):
            return self.node(cast("type", kind), value, place)
        return _plain(kind, value, place)


def _check_pattern(entry: Entry, value: Any, place: str) -> None:
    if entry.pattern and not re.fullmatch(entry.pattern, value):
        _refuse(place, _("of the form %(form)s") % {"form": entry.pattern})


def _plain(kind: type, value: Any, place: str) -> Any:
    if kind is int:
        if type(value) is not int or not 0 <= value <= MOST_NUMBER:
            _refuse(place, _("a whole number from 0 to %(most)s") % {"most": f"{MOST_NUMBER:,}"})
        return value
    if kind is bool:
        if not isinstance(value, bool):
            _refuse(place, _("true or false"))
        return value
    if not isinstance(value, str):
        _refuse(place, _("a text"))
    return value if kind is str else _spelled(kind, value, place)


def _spelled(kind: type, value: str, place: str) -> Any:
    """What JSON has no form for, and the tree spells as text."""
    try:
        return _read(kind, value)
    except ValueError:
        _refuse(place, _wanted(kind))


def _read(kind: type, value: str) -> Any:
    """Raises `ValueError`."""
    if issubclass(kind, StrEnum):
        return kind(value)
    if kind is bytes:
        return b64decode(value, validate=True)
    pattern = TIME if kind is dt.datetime else DATE
    if not re.fullmatch(pattern, value):
        raise ValueError(value)
    return (dt.datetime if kind is dt.datetime else dt.date).fromisoformat(value)


def _wanted(kind: type) -> str:
    if issubclass(kind, StrEnum):
        return _("one of %(known)s") % {"known": ", ".join(kind)}
    if kind is bytes:
        return _("bytes in base64")
    if kind is dt.datetime:
        return _("a time such as 2025-11-24T09:30:00+00:00")
    return _("a date such as 2025-11-24")


def _refuse(place: str, wanted: str) -> NoReturn:
    raise ValidationError(
        _("The JSON file is no brief: “%(place)s” should be %(wanted)s.")
        % {"place": place, "wanted": wanted}
    )
