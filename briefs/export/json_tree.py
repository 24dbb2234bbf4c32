"""The document tree as JSON: everything in it, and the blocks that each answer reads as.

`briefs.export.json_schema` says what is in it, `docs/json-format.md` what it means, and
`briefs.importing.json_file` reads it.
"""

import json

from briefs.document.blocks import parse
from briefs.document.json_form import FORMAT, VERSION, entries_of
from briefs.document.plain import to_plain
from briefs.document.tree import Document
from briefs.export.limits import check_lengths


def write_json(document: Document) -> str:
    """Keys in the order of the tree, dates in ISO 8601, pictures in base64, LF line ends. `parked`
    lists the text that is in no answer. Raises `RenderFailed` when a text is too long for any
    file."""
    check_lengths(document)
    plain = to_plain(document)
    for part in plain["parts"]:
        for section in part["sections"]:
            for answer in section["answers"]:
                answer["blocks"] = parse(answer["text"])
    tree = {"format": FORMAT, "version": VERSION}
    tree |= {entry.name: plain[entry.attribute] for entry in entries_of(Document)}
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
