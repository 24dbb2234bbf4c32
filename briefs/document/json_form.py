"""How a document tree is spelled in JSON: what its objects are called, hold, and must have.

The writer, the published schema and the reader of an import all go by this, and it goes by the
dataclasses of the tree: so none of them can say otherwise than the others.
"""

from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, get_type_hints

from briefs.document.look import House
from briefs.document.tree import AnswerNode, Document, PictureNode

FORMAT = "chancery-brief"
VERSION = 1
MOST_NUMBER = 2**31 - 1

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = DATE + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"

# Beside what the tree holds: written by us, and of no use to whoever reads.
BESIDE: dict[type, frozenset[str]] = {
    Document: frozenset(["format", "version"]),
    AnswerNode: frozenset(["blocks"]),
}
_RENAMED: dict[tuple[type, str], str] = {(Document, "loose"): "parked"}
_PATTERNS: dict[tuple[type, str], str] = {
    (PictureNode, "sha256"): r"[0-9a-f]{64}",
    (House, "logo"): r"([0-9a-f]{64})?",
    (House, "colour"): r"#[0-9a-fA-F]{6}",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of an object: its name in JSON, the attribute of the node, and the attribute's type.
    A `pattern` that isn't blank is the whole text's."""

    name: str
    attribute: str
    kind: Any
    is_required: bool
    pattern: str


@cache
def entries_of(node: type) -> tuple[Entry, ...]:
    """The keys of a node of the tree, in its order. What has a default may be left out."""
    kinds = get_type_hints(node)
    return tuple(
        Entry(
            name=_RENAMED.get((node, field.name), field.name),
            attribute=field.name,
            kind=kinds[field.name],
            is_required=field.default is MISSING and field.default_factory is MISSING,
            pattern=_PATTERNS.get((node, field.name), ""),
        )
        for field in fields(node)
    )
