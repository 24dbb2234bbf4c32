"""An outline while it is edited: a tree of the template, its parts, their sections and their
prompts, in which nothing has to be right yet and what was taken out stays to be brought back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from briefs.brief_templates.file_table import Mistake
from briefs.brief_templates.outline_file import check_outline
from briefs.brief_templates.outline_values import LISTS, values_of
from briefs.document.outline import Outline

KINDS = ("template", *LISTS)


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the outline. `fields` are the values that its table in a file has; `key_before`
    is the key that it has in the version on which the draft is based, blank for what is new.
    `changed_by` is the name of whoever changed it last in the draft."""

    id: int
    fields: Mapping[str, Any]
    children: tuple["Node", ...] = ()
    key_before: str = ""
    is_removed: bool = False
    changed_by: str = ""

    @property
    def name(self) -> str:
        """What a page calls it; blank for the opening and for a section's body."""
        return str(self.fields.get("title") or self.fields.get("label") or "")

    @property
    def standing(self) -> list["Node"]:
        """Its children but those that were taken out."""
        return [child for child in self.children if not child.is_removed]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a draft says as an outline, and what is wrong, by the node's number; with anything
    wrong, the outline holds what could be read."""

    outline: Outline
    mistakes: Mapping[int, list[Mistake]] = field(default_factory=dict)


def tree_of(outline: Outline, *, is_new: bool = False) -> Node:
    """The tree of an outline, to be changed. What a key was called before is no matter of the next
    version."""
    numbers = iter(range(10**9))

    def grow(values: Mapping[str, Any], depth: int) -> Node:
        number = next(numbers)
        lower = LISTS[depth] if depth < len(LISTS) else ""
        fields = {name: each for name, each in values.items() if name not in (lower, "was")}
        children = tuple(grow(each, depth + 1) for each in values.get(lower, ()))
        return Node(number, fields, children, "" if is_new else str(values["key"]))

    return grow(values_of(outline), 0)


def to_plain(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "fields": dict(node.fields),
        "children": [to_plain(child) for child in node.children],
        "key_before": node.key_before,
        "is_removed": node.is_removed,
        "changed_by": node.changed_by,
    }


def from_plain(value: Mapping[str, Any]) -> Node:
    children = tuple(from_plain(child) for child in value["children"])
    return Node(**{**value, "children": children})


def check(root: Node) -> Checked:
    """By the very checks with which a file is loaded."""
    values, numbers = _values(root, 0, ())
    outline, mistakes = check_outline(values)
    found: dict[int, list[Mistake]] = {}
    for mistake in mistakes:
        found.setdefault(numbers[mistake.index], []).append(mistake)
    return Checked(outline, found)


def walk(node: Node, depth: int = 0) -> Iterator[tuple[Node, int]]:
    """Every node with its depth, in order."""
    yield node, depth
    for child in node.children:
        yield from walk(child, depth + 1)


def path_to(root: Node, number: int) -> list[Node]:
    """From the root down to a node. Raises `KeyError` when there is none of that number."""
    if root.id == number:
        return [root]
    for child in root.children:
        try:
            return [root, *path_to(child, number)]
        except KeyError:
            continue
    raise KeyError(number)


def change(root: Node, number: int, how: Callable[[Node], Node]) -> Node:
    """The tree with one node changed."""
    if root.id == number:
        return how(root)
    return replace(root, children=tuple(change(child, number, how) for child in root.children))


def add(root: Node, parent: int, fields: Mapping[str, Any], *, by: str) -> tuple[Node, int]:
    """The tree with a new node as its parent's last, and the number of that."""
    number = 1 + max(node.id for node, _depth in walk(root))
    new = Node(number, dict(fields), changed_by=by)
    return change(root, parent, lambda node: replace(node, children=(*node.children, new))), number


def move(root: Node, number: int, step: int) -> Node:
    """Before or behind its neighbour: up with -1, down with 1; at the end, where it is."""
    parent = path_to(root, number)[-2]
    return change(
        root, parent.id, lambda node: replace(node, children=_moved(node.children, number, step))
    )


def move_into(root: Node, number: int, parent: int) -> Node:
    """To the end of another node of its parent's kind."""
    path = path_to(root, number)
    if len(path_to(root, parent)) != len(path) - 1:
        raise KeyError(parent)
    node = path[-1]
    without = change(
        root,
        path[-2].id,
        lambda old: replace(old, children=tuple(each for each in old.children if each is not node)),
    )
    return change(without, parent, lambda new: replace(new, children=(*new.children, node)))


def _moved(children: Sequence[Node], number: int, step: int) -> tuple[Node, ...]:
    """Past what was taken out, which nobody sees between them."""
    order = list(children)
    at = next(place for place, child in enumerate(order) if child.id == number)
    to = at + step
    while 0 <= to < len(order) and order[to].is_removed:
        to += step
    if 0 <= to < len(order):
        order.insert(to, order.pop(at))
    return tuple(order)


def _values(
    node: Node, depth: int, index: tuple[int, ...]
) -> tuple[dict[str, Any], dict[tuple[int, ...], int]]:
    """What a file would say, and the number of the node at each place in it."""
    values = {name: each for name, each in node.fields.items() if each not in ("", None, {})}
    if depth > 1 and node.key_before and node.key_before != values.get("key"):
        values["was"] = node.key_before
    numbers = {index: node.id}
    if depth < len(LISTS):
        lower = []
        for place, child in enumerate(node.standing):
            below, at = _values(child, depth + 1, (*index, place))
            lower.append(below)
            numbers |= at
        values[LISTS[depth]] = lower
    return values, numbers
