import json

from briefs.document.tree import LooseKind, LooseNode, TextState
from briefs.export.json_tree import write_json
from tests.briefs.export.documents import make_document


def test_json_holds_the_whole_tree():
    tree = json.loads(write_json(make_document()))
    assert tree["title"] == "Belgium"
    assert tree["text"] == "working"
    assert tree["date"] == "2025-11-24"
    assert tree["modified_at"] == "2025-11-20T12:00:00+00:00"
    assert tree["facts"] == [{"label": "Capital", "value": "Brussels"}]
    assert tree["template"] == {"key": "country-brief", "version": 1, "title": "Country brief"}
    assert [part["number"] for part in tree["parts"]] == [None, 1]
    needs, health = tree["parts"][1]["sections"]
    assert needs["number"] == "1.1"
    assert needs["clearance"] == {
        "revision": 3,
        "approved_by": ["Edith Editor", "Emil Editor"],
        "approved_at": "2025-10-05T09:30:00+00:00",
        "override": "",
        "countersigned_by": "",
    }
    assert health["clearance"] is None
    assert health["answers"] == [{"key": "body", "label": "", "text": "", "blocks": []}]


def test_json_gives_each_answer_as_typed_and_as_blocks():
    tree = json.loads(write_json(make_document("So **much**.")))
    (answer,) = tree["parts"][0]["sections"][0]["answers"]
    assert answer["text"] == "So **much**."
    assert answer["blocks"] == [
        {"kind": "paragraph", "inlines": ["So ", {"kind": "strong", "inlines": ["much"]}, "."]}
    ]


def test_json_lists_text_without_a_place_on_its_own():
    loose = (
        LooseNode(LooseKind.PARKED, None, "one", 3),
        LooseNode(LooseKind.SET_ASIDE, "goals/needs", "two", None),
    )
    tree = json.loads(write_json(make_document(loose=loose, text=TextState.APPROVED)))
    assert tree["parked"] == [
        {"kind": "parked", "section": None, "text": "one", "line": 3},
        {"kind": "set_aside", "section": "goals/needs", "text": "two", "line": None},
    ]
    assert "loose" not in tree


def test_json_is_readable_utf_8_with_one_line_end_at_the_end():
    text = write_json(make_document("Écu, 中, العلاقات"))
    assert "Écu, 中, العلاقات" in text
    assert text.endswith("}\n")
    assert "\r" not in text


def test_json_of_a_brief_without_dates_has_null():
    tree = json.loads(write_json(make_document(date=None, modified_at=None)))
    assert tree["date"] is None
    assert tree["modified_at"] is None


def test_json_of_the_same_document_is_the_same():
    assert write_json(make_document()) == write_json(make_document())
