"""Briefs as JSON for the importer's tests: files as values that a test changes, and what of a file
an import gives back."""

import json
from base64 import b64encode
from typing import Any

from briefs.export.json_tree import write_json
from tests.briefs.export.documents import make_document

# What an import can't vouch for, or what is another brief's.
OF_THE_BRIEF = ("slug", "modified_at", "prepared_by", "edition", "changes", "discussions")
OF_A_SECTION = ("status", "content_hash", "revision", "clearance", "released_because")


def small_file(**changes: Any) -> dict[str, Any]:
    """A file of the small outline of `tests.factories`, as values."""
    file: dict[str, Any] = json.loads(write_json(make_document()))
    file["template"]["key"] = "small"
    return file | changes


def sections(file: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The sections of a file by their keys."""
    return {node["key"]: node for part in file["parts"] for node in part["sections"]}


def own(key: str, title: str, text: str) -> dict[str, Any]:
    """A section of the brief's own."""
    answers = [{"key": "body", "label": "", "text": text}]
    node = {"key": key, "number": "", "title": title, "status": "drafting", "is_own": True}
    none = {"content_hash": "", "revision": None, "clearance": None}
    return {**node, **none, "answers": answers}


def picture(content: bytes, sha256: str, mime_type: str = "image/png") -> dict[str, Any]:
    node = {"sha256": sha256, "mime_type": mime_type, "width": 40, "height": 30}
    return {**node, "content": b64encode(content).decode()}


def essence(file: dict[str, Any]) -> dict[str, Any]:
    """All of a file but what an import must not give back."""
    kept = {name: value for name, value in file.items() if name not in OF_THE_BRIEF}
    kept["parts"] = [
        {
            **part,
            "sections": [
                {name: value for name, value in node.items() if name not in OF_A_SECTION}
                for node in part["sections"]
            ],
        }
        for part in file["parts"]
    ]
    return kept
