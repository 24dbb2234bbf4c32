"""A document tree as plain JSON values, and back: how an edition keeps it."""

import datetime as dt
import json
import types
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from briefs.document.tree import Document


def write_tree(document: Document) -> str:
    """The tree as canonical JSON: the same tree gives the same text."""
    return json.dumps(to_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_tree(text: str) -> Document:
    """The tree that `write_tree()` wrote. What trees had no place for then is as its default
    says."""
    document = _from_plain(Document, json.loads(text))
    assert isinstance(document, Document)
    return document


def to_plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return str(value) if isinstance(value, StrEnum) else value


def _from_plain(wanted: Any, value: Any) -> Any:
    """The value as the type that a field of the tree names."""
    origin = get_origin(wanted)
    if origin in (types.UnionType, Union):
        [one] = [each for each in get_args(wanted) if each is not type(None)]
        return None if value is None else _from_plain(one, value)
    if origin is tuple:
        of = get_args(wanted)[0]
        return tuple(_from_plain(of, each) for each in value)
    if isinstance(wanted, type) and is_dataclass(wanted):
        hints = get_type_hints(wanted)
        known = {field.name for field in fields(wanted) if field.name in value}
        return wanted(**{name: _from_plain(hints[name], value[name]) for name in known})
    return _plain_value(wanted, value)


def _plain_value(wanted: type, value: Any) -> Any:
    if wanted is dt.datetime:
        return dt.datetime.fromisoformat(value)
    if wanted is dt.date:
        return dt.date.fromisoformat(value)
    if wanted is bytes:
        return b64decode(value)
    return wanted(value) if issubclass(wanted, StrEnum) else value
