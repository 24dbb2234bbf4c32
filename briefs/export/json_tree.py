"""The document tree as JSON: everything in it, and the blocks that each answer reads as."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from briefs.document.blocks import parse
from briefs.document.tree import Document


def write_json(document: Document) -> str:
    """Keys in the order of the tree, dates in ISO 8601, LF line ends. `parked` lists the text that
    is in no answer."""
    tree = asdict(document)
    for part in tree["parts"]:
        for section in part["sections"]:
            for answer in section["answers"]:
                answer["blocks"] = parse(answer["text"])
    tree["parked"] = tree.pop("loose")
    return json.dumps(tree, ensure_ascii=False, indent=2, default=_iso) + "\n"


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in a document")
