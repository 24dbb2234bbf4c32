"""Any document at all: every node of the tree, with every value that its types allow."""

import datetime as dt
import types
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from hypothesis import strategies as st

from briefs.document.json_form import MOST_NUMBER, Entry, entries_of
from briefs.document.tree import Document
from tests.briefs.document.markdownish import LINE

TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.lists(LINE, max_size=6).map("\n".join),
)
PLAIN: dict[type, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, MOST_NUMBER),
    bool: st.booleans(),
    bytes: st.binary(max_size=20),
    dt.date: st.dates(),
    dt.datetime: st.integers(0, 2**32).map(lambda at: dt.datetime.fromtimestamp(at, dt.UTC)),
}


def _values(kind: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        others = [each for each in get_args(kind) if each is not type(None)]
        return st.one_of(st.none(), *map(_values, others))
    if origin is tuple:
        return st.lists(_values(get_args(kind)[0]), max_size=2).map(tuple)
    if is_dataclass(kind):
        return st.builds(kind, **{each.attribute: _entry(each) for each in entries_of(kind)})
    return st.sampled_from(kind) if issubclass(kind, StrEnum) else PLAIN[kind]


def _entry(entry: Entry) -> st.SearchStrategy[Any]:
    pattern = entry.pattern
    return st.from_regex(pattern, fullmatch=True) if pattern else _values(entry.kind)


DOCUMENTS = st.deferred(lambda: _values(Document))
