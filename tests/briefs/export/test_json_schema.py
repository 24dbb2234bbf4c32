import copy
import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from briefs.document import look, tree
from briefs.document.tree import DiscussionNode, EditionMark, PictureNode, Reply
from briefs.export.json_schema import brief_schema
from briefs.export.json_tree import write_json
from tests.briefs.export.any_document import DOCUMENTS
from tests.briefs.export.documents import make_document
from tests.pictures import png

VALIDATOR = Draft202012Validator(brief_schema(), format_checker=FormatChecker())
EVERY_MARK = (
    "A **b** *c* ~~d~~ `e` [f](https://a.example) ![g](picture:" + "a" * 64 + ")[^1]  \nh\n\n"
    "1. i\n   - j\n\n> k\n\n```py\nl\n```\n\n| m | n |\n|:--|--:|\n| o | p[^1] |\n\n---\n\n[^1]: q"
)


def full() -> tree.Document:
    picture = PictureNode("b" * 64, "image/png", 40, 30, png())
    reply = Reply("Ada Author", datetime(2025, 10, 5, 9, 30, tzinfo=UTC), "Says who?")
    remark = DiscussionNode("goals/needs", "past", "Steel", is_resolved=False, replies=(reply,))
    return replace(
        make_document(EVERY_MARK),
        edition=EditionMark(2, date(2025, 11, 24)),
        pictures=(picture,),
        discussions=(remark,),
        changes=("Needs: changed.",),
    )


def test_the_schema_is_one():
    Draft202012Validator.check_schema(brief_schema())


@pytest.mark.parametrize("document", [make_document(""), make_document(), full()])
def test_an_exported_file_is_valid(document):
    VALIDATOR.validate(json.loads(write_json(document)))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_any_document_is_valid_as_json(document):
    VALIDATOR.validate(json.loads(write_json(document)))


def test_each_key_of_the_tree_is_in_the_schema_and_in_the_file():
    schema, file = brief_schema(), json.loads(write_json(full()))
    named = {**schema["$defs"], "Document": schema}
    nodes = [*vars(tree).values(), *vars(look).values()]
    for node in filter(is_dataclass, nodes):
        missing = {field.name for field in fields(node)} - named[node.__name__]["properties"].keys()
        assert missing == ({"loose"} if node is tree.Document else set())
    assert set(schema["properties"]) == set(file)
    assert "None" not in json.dumps(schema)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (["format"], "other"),
        (["version"], 2),
        (["title"], None),
        (["title"], 7),
        (["date"], "yesterday"),
        (["date"], "2025-02-30"),
        (["modified_at"], "2025-11-20"),
        (["facts"], {}),
        (["facts", 0, "label"], ["Capital"]),
        (["template", "version"], "1"),
        (["template", "version"], -1),
        (["text"], "secret"),
        (["parts", 0, "number"], 1.5),
        (["parts", 0, "sections", 0], "Preface"),
        (["parts", 0, "sections", 0, "is_own"], "no"),
        (["parts", 0, "sections", 0, "answers", 0, "text"], 1),
        (["parts", 0, "sections", 0, "answers", 0, "blocks"], [{"kind": "heading"}]),
        (["parked", 0, "kind"], "lost"),
        (["parked", 0, "line"], 2**31),
        (["look", "paper"], "a5"),
        (["look", "house", "colour"], "blue"),
        (["pictures", 0, "sha256"], "b" * 63),
        (["pictures", 0, "content"], "not base64!"),
    ],
)
def test_a_wrong_value_is_not_valid(path, wrong):
    file = json.loads(write_json(full()))
    target = file
    for step in path[:-1]:
        target = target[step]
    right = copy.deepcopy(target[path[-1]])
    target[path[-1]] = wrong
    assert not VALIDATOR.is_valid(file)
    target[path[-1]] = right
    assert VALIDATOR.is_valid(file)


@pytest.mark.parametrize("key", ["format", "title", "template", "parts", "parked"])
def test_a_key_that_is_missing_is_not_valid(key):
    file = json.loads(write_json(make_document()))
    del file[key]
    assert not VALIDATOR.is_valid(file)


def test_keys_that_the_schema_does_not_know_are_allowed():
    file = json.loads(write_json(make_document()))
    file["mood"] = "calm"
    file["parts"][0]["sections"][0]["answers"][0].pop("blocks")
    assert VALIDATOR.is_valid(file)


def test_the_schema_is_published_to_everybody():
    address = reverse("brief_schema")
    assert address == "/schemas/brief-1.json"
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.json() == brief_schema()
    assert Client().post(address).status_code == 405
