"""The JSON Schema (2020-12) of a brief as JSON, made of the tree that is written."""

import datetime as dt
import types
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import StrEnum
from typing import (
    Any,
    Literal,
    NotRequired,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from briefs.document.blocks import Block, Inline
from briefs.document.json_form import DATE, FORMAT, MOST_NUMBER, TIME, VERSION, entries_of
from briefs.document.tree import AnswerNode, Document

_BASE64 = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
_Make: TypeAlias = Callable[[type, dict[str, Any]], dict[str, Any]]
_NAMED = {"Block": Block, "Inline": Inline}

_PLAIN: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0, "maximum": MOST_NUMBER},
    type(None): {"type": "null"},
    dt.date: {"type": "string", "format": "date", "pattern": f"^{DATE}$"},
    dt.datetime: {"type": "string", "format": "date-time", "pattern": f"^{TIME}$"},
    bytes: {"type": "string", "contentEncoding": "base64", "pattern": _BASE64},
}


def brief_schema() -> dict[str, Any]:
    """The schema as plain values. Keys that it doesn't know are allowed: a reader leaves them."""
    definitions: dict[str, Any] = {}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A brief of Chancery",
        **_node(Document, definitions),
        "$defs": definitions,
    }
    named = {"format": {"const": FORMAT}, "version": {"const": VERSION}}
    schema["properties"] = named | schema["properties"]
    schema["required"] = [*named, *schema["required"]]
    return schema


def _node(node: type, definitions: dict[str, Any]) -> dict[str, Any]:
    entries = entries_of(node)
    properties = {}
    for entry in entries:
        properties[entry.name] = _of(entry.kind, definitions)
        if entry.pattern:
            properties[entry.name]["pattern"] = f"^{entry.pattern}$"
    if node is AnswerNode:
        properties["blocks"] = {
            "description": "What the text reads as. An import goes by the text alone.",
            **_of(list[Block], definitions),
        }
    required = [entry.name for entry in entries if entry.is_required]
    return _object(node, properties, required)


def _block(typed: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """One of the kinds of blocks and inlines, each a `TypedDict`."""
    hints = get_type_hints(typed, include_extras=True)
    properties = {name: _of(_without_mark(hint), definitions) for name, hint in hints.items()}
    required = [name for name, hint in hints.items() if get_origin(hint) is not NotRequired]
    return _object(typed, properties, required)


def _object(of: type, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    words = " ".join((of.__doc__ or "").split())
    described = {"description": words.replace("None", "null")} if words else {}
    return {"type": "object", **described, "properties": properties, "required": required}


def _without_mark(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is NotRequired else hint


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        return _union(kind, definitions)
    if origin in (tuple, list):
        return {"type": "array", "items": _of(get_args(kind)[0], definitions)}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if is_dataclass(kind):
        return _defined(kind, _node, definitions)
    return _defined(kind, _block, definitions) if is_typeddict(kind) else _plain(kind)


def _union(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = next((name for name, union in _NAMED.items() if union == kind), None)
    if name is None:
        return {"anyOf": [_of(each, definitions) for each in get_args(kind)]}
    if name not in definitions:
        # First the place, as blocks hold inlines, and these hold blocks.
        definitions[name] = {}
        definitions[name]["anyOf"] = [_of(each, definitions) for each in get_args(kind)]
    return _reference(name)


def _defined(kind: Any, make: _Make, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to what a class is, which is made the first time."""
    name: str = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name].update(make(kind, definitions))
    return _reference(name)


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _plain(kind: type) -> dict[str, Any]:
    if issubclass(kind, StrEnum):
        return {"enum": [each.value for each in kind]}
    return dict(_PLAIN[kind])
