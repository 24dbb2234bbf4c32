"""What of an answer a Word file of ours can hold: two answers are alike when it is the same."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tests.briefs.importing.docx.word_files import read_blocks


def alike(text: str) -> list[Any]:
    """The blocks of a text without what is lost: the side of columns whose words stand there
    anyway, and whether a list of one item is tight."""
    return _blocks(read_blocks(text))


def _blocks(blocks: list[Any]) -> list[Any]:
    return [_block(each) for each in blocks]


def _block(block: Any) -> Any:
    match block["kind"]:
        case "quote":
            return {"kind": "quote", "blocks": _blocks(block["blocks"])}
        case "bullet_list" | "ordered_list":
            is_tight = block["tight"] or len(block["items"]) == 1
            return {**block, "tight": is_tight, "items": list(map(_blocks, block["items"]))}
        case "table":
            says = set(block["alignments"]) - {"", "left"}
            is_mixed = len(set(block["alignments"])) > 1
            sides = block["alignments"] if says or is_mixed else [""] * len(block["head"])
            rows = [[_inlines(cell) for cell in row] for row in (block["head"], *block["rows"])]
            return {"kind": "table", "alignments": sides, "rows": rows}
        case "paragraph":
            return {"kind": "paragraph", "inlines": _inlines(block["inlines"])}
    return block


def _inlines(inlines: list[Any]) -> list[tuple[str, frozenset[str]]]:
    """Stretches that are set alike. How a blank is set isn't seen."""
    characters = [
        (one, frozenset() if one == " " and "code" not in marks else marks)
        for text, marks in _leaves(inlines, frozenset())
        for one in text
    ]
    return [
        ("".join(one for one, _marks in several), marks)
        for marks, several in groupby(characters, key=lambda each: each[1])
    ]


def _leaves(inlines: list[Any], marks: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for each in inlines:
        if isinstance(each, str):
            yield each, marks
            continue
        kind = each["kind"]
        if kind == "code":
            yield each["text"], marks | {kind}
        elif kind == "break":
            yield "\n", frozenset()
        elif kind == "footnote":
            yield "\0", frozenset({repr(_blocks(each["blocks"]))})
        else:
            yield from _leaves(each["inlines"], marks | {each.get("href", kind)})
