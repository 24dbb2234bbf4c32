"""Rows as plain JSON in which everything is named by numbers of the archive's own, and back.

A row is an object with its `id`, from 1 in each kind; what it names is named by that. People are
numbered by their e-mail address. What JSON inside a row names and isn't there any more, such as a
member who was removed, is called `gone-1` and so on.
"""

import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from typing import Any, Protocol
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models import User
from briefs.archiving.kept import NAMED_IN_ACTIVITY
from briefs.models import Activity, Answer, Authorship, Section
from briefs.revisions import StoredVersion

USER = "user"
INLINE = 4096  # bytes; what is longer is a file of its own


class Rename(Protocol):
    """The name on one side of a row that the other side calls `name`. Raises `KeyError` for none,
    unless it `may_be_gone`."""

    def __call__(self, label: str, name: Any, *, may_be_gone: bool = False) -> Any: ...


def label_of(model: type[models.Model]) -> str:
    return USER if model is User else model._meta.label_lower


def fields_of(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The columns but for a primary key that is only a number."""
    for field in model._meta.concrete_fields:
        if not field.primary_key or field.is_relation:
            yield field


def to_plain(
    row: models.Model, rename: Rename, keep_blob: Callable[[bytes], str]
) -> dict[str, Any]:
    """A row without its own number."""
    values: dict[str, Any] = {}
    for field in fields_of(type(row)):
        value = getattr(row, field.attname)
        if field.is_relation and field.related_model is ContentType:
            value = ContentType.objects.get_for_id(value).model
        elif field.is_relation and value is not None:
            value = rename(label_of(_target(field)), value)
        values[field.name] = _plain(value, keep_blob)
    for many in type(row)._meta.local_many_to_many:
        linked = getattr(row, many.name).order_by().values_list("pk", flat=True)
        label = label_of(many.related_model)
        values[many.name] = sorted(rename(label, pk) for pk in linked)
    return _with_names_within(type(row), values, rename)


def from_plain(
    model: type[models.Model],
    values: dict[str, Any],
    rename: Rename,
    read_blob: Callable[[str], bytes],
) -> tuple[models.Model, dict[str, list[Any]]]:
    """The row, unsaved, and what its lists of others hold, by name. Raises `KeyError`, `ValueError`
    or `TypeError` for what no archive says."""
    values = _with_names_within(model, values, rename)
    wanted: dict[str, Any] = {}
    for field in fields_of(model):
        value = values[field.name]
        if field.is_relation and field.related_model is ContentType:
            named = {"section": Section, "answer": Answer}[value]
            value = ContentType.objects.get_for_model(named).pk
        elif field.is_relation and value is not None:
            value = rename(label_of(_target(field)), value)
        elif value is not None:
            value = _typed(field, value, read_blob)
        wanted[field.attname] = value
    lists = {
        many.name: [rename(label_of(many.related_model), each) for each in values[many.name]]
        for many in model._meta.local_many_to_many
    }
    return model(**wanted), lists


def _target(field: models.Field[Any, Any]) -> type[models.Model]:
    assert isinstance(field, models.ForeignKey)
    target: type[models.Model] = field.related_model
    # A row whose key is another's, as a log's is its section's, goes by that one's name.
    return target


def _plain(value: Any, keep_blob: Callable[[bytes], str]) -> Any:
    if isinstance(value, memoryview | bytes):
        content = bytes(value)
        if len(content) > INLINE:
            return {"file": keep_blob(content)}
        return {"base64": b64encode(content).decode()}
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool | int | float | dict | list) or value is None:
        return value
    return str(getattr(value, "code", value) or "")


def _typed(field: models.Field[Any, Any], value: Any, read_blob: Callable[[str], bytes]) -> Any:
    if isinstance(field, models.BinaryField):
        return read_blob(value["file"]) if "file" in value else b64decode(value["base64"])
    if isinstance(field, models.DateTimeField):
        return dt.datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat(value)
    if isinstance(field, models.UUIDField):
        return UUID(value)
    return value


def _with_names_within(
    model: type[models.Model], values: dict[str, Any], rename: Rename
) -> dict[str, Any]:
    """What JSON and text within a row name is renamed, too."""
    if model is Activity:
        detail = {
            key: _renamed(NAMED_IN_ACTIVITY[key], value, rename)
            if key in NAMED_IN_ACTIVITY
            else value
            for key, value in values["detail"].items()
        }
        return {**values, "detail": detail}
    if model is Authorship:
        runs = {
            key: [[None if by is None else rename(USER, by), text] for by, text in each]
            for key, each in values["runs"].items()
        }
        return {**values, "runs": runs}
    if model is StoredVersion:
        return {**values, **_stored_version(values, rename)}
    return values


def _renamed(label: str, value: Any, rename: Rename) -> Any:
    if isinstance(value, list):
        return [rename(label, each, may_be_gone=True) for each in value]
    return None if value is None else rename(label, value, may_be_gone=True)


def _stored_version(values: dict[str, Any], rename: Rename) -> dict[str, Any]:
    """A version of a section or an answer, as django-reversion keeps it."""
    model = {"section": Section, "answer": Answer}[values["content_type"]]
    [stored] = json.loads(values["serialized_data"])
    for name, value in stored["fields"].items():
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and value is not None:
            stored["fields"][name] = rename(label_of(_target(field)), value)
    # Only an answer goes, when its prompt does; django-reversion writes keys as text.
    stored["pk"] = rename(label_of(model), int_or(stored["pk"]), may_be_gone=model is Answer)
    return {"object_id": str(stored["pk"]), "serialized_data": json.dumps([stored])}


def int_or(name: Any) -> Any:
    """A primary key that was written as text."""
    return int(name) if isinstance(name, str) and name.lstrip("-").isdecimal() else name
