import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.brief_templates.outlines import outline_of
from briefs.document.text import normalise
from briefs.document.tree import Fact, LooseKind, LooseNode
from briefs.export.json_tree import write_json
from briefs.importing.json_file import read_json
from briefs.importing.reading import read_brief, read_file
from briefs.importing.report import Fate, OddityKind
from tests.briefs.document.markdownish import LINE
from tests.briefs.importing.json_files import own, picture, sections, small_file
from tests.briefs.importing.sources import SOURCES
from tests.briefs.importing.stored import OUTLINE, document_of
from tests.pictures import jpeg, png

TEXTS = st.lists(LINE, min_size=1, max_size=4).map("\n".join).map(normalise).filter(bool)
KEYS = st.sampled_from([None, *(each.key for part in OUTLINE.parts for each in part.sections)])
LOOSE = st.builds(
    LooseNode, st.sampled_from(LooseKind), KEYS, TEXTS, st.none() | st.integers(1, 9_999)
)


@pytest.fixture
def outline(template):
    return outline_of(template)


def read(file, outline):
    return read_file(json.dumps(file).encode(), outline)


def answers(reading):
    return {(each.section, each.prompt): each.text for each in reading.answers}


def kinds(reading):
    return [oddity.kind for oddity in reading.oddities]


def sentences(reading):
    return " ".join(oddity.sentence for oddity in reading.oddities)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(SOURCES, st.lists(LOOSE, max_size=3))
def test_any_brief_comes_back_as_it_was(source, loose):
    document = document_of(read_brief(source, OUTLINE))
    document = replace(document, loose=tuple(loose), facts=(Fact("Capital", "Brussels: the city"),))
    reading = read_json(write_json(document), OUTLINE)
    own_sections = tuple(replace(each, key=each.brief_key) for each in reading.own_sections)
    again = document_of(replace(reading, own_sections=own_sections))
    assert again == replace(document, loose=())
    beside = [LooseNode(each.kind, each.section, each.text, each.line) for each in reading.loose]
    assert beside == loose
    assert not reading.oddities


def test_each_text_is_at_its_line_and_each_line_has_a_fate(outline):
    file = small_file()
    text = json.dumps(file, indent=2)
    lines = text.split("\n")
    reading = read_json(text, outline)
    assert answers(reading) == {
        ("opening/preface", "body"): "Relations are close.",
        ("goals/needs", "past"): "- Steel\n- Coal",
        ("goals/needs", "future"): "Not known: no figures yet.",
    }
    for each in reading.answers:
        assert json.dumps(each.text) in lines[each.line - 1]
    assert [fate is None for fate in reading.fates] == [not line.strip() for line in lines]
    assert reading.counts() == {
        "answer": 3,
        "structure": len(lines) - 4,
        "set_aside": 0,
        "parked": 1,
    }
    assert reading.found == ("opening/preface", "goals/needs", "goals/health")


def test_a_file_on_one_line_is_read_the_same(outline):
    file = small_file()
    reading = read(file, outline)
    assert answers(reading) == answers(read_json(json.dumps(file, indent=2), outline))
    assert reading.fates == (Fate.ANSWER,)
    windows = json.dumps(file, indent=2).replace("\n", "\r\n").encode("utf-8-sig")
    assert answers(read_file(windows, outline)) == answers(reading)


def test_text_that_is_not_normalised_is(outline):
    file = small_file()
    sections(file)["opening/preface"]["answers"][0]["text"] = "\r\nCafe\u0301 \t\r\nb\ud800\x00\n\n"
    assert answers(read(file, outline))["opening/preface", "body"] == "Café\nb\ufffd\ufffd"


def test_loose_text_keeps_its_kind_place_and_line(outline):
    parked = [
        {"kind": "set_aside", "section": "goals/health", "text": "One.", "line": 7},
        {"kind": "parked", "section": None, "text": "Two.", "line": None},
        {"kind": "parked", "section": "gone/section", "text": "Three.", "line": 9},
    ]
    reading = read(small_file(parked=parked), outline)
    assert [(each.kind, each.section, each.text, each.line) for each in reading.loose] == [
        ("set_aside", "goals/health", "One.", 7),
        ("parked", None, "Two.", None),
        ("parked", None, "Three.", 9),
    ]
    assert "stood beside a section that isn't there" in sentences(reading)


def test_sections_of_the_briefs_own_keep_their_places(outline):
    file = small_file(parked=[{"kind": "parked", "section": "goals/b", "text": "x", "line": 1}])
    goals = file["parts"][1]["sections"]
    goals[0:0] = [own("goals/a", "A", "a"), own("goals/b", "B", "")]
    goals[3:3] = [own("goals/needs-2", "Needs", "c")]
    reading = read(file, outline)
    found = [
        (each.title, each.text, each.after, each.is_first, each.brief_key)
        for each in reading.own_sections
    ]
    assert found == [
        ("A", "a", None, True, "goals/a"),
        ("B", "", None, True, "goals/b"),
        ("Needs", "c", "goals/needs", False, "goals/needs-2"),
    ]
    assert reading.loose[0].section == reading.own_sections[1].key


def test_what_the_outline_does_not_know_is_parked_in_sight(outline):
    file = small_file(parked=[])
    needs = sections(file)["goals/needs"]
    needs["answers"].append({"key": "now", "label": "Now", "text": "Oil."})
    gone = own("goals/gone", "Gone", "All of it.") | {"is_own": False}
    empty = own("goals/empty", "Bare", "") | {"is_own": False}
    other = {"key": "ends", "number": 2, "title": "Ends", "sections": [own("ends/x", "X", "y")]}
    file["parts"][1]["sections"] += [gone, empty]
    file["parts"].append(other)
    reading = read(file, outline)
    assert [(each.kind, each.section, each.text, each.origin) for each in reading.loose] == [
        ("parked", "goals/needs", "Oil.", "Needs, Now"),
        ("parked", None, "All of it.", "Gone"),
        ("parked", None, "y", "X"),
    ]
    said = sentences(reading)
    assert "The section has no prompt “Now”; its text is parked beside it." in said
    assert "no section “Gone”; its text is parked" in said
    assert "no section “Bare”. It holds no text" in said


def test_keys_of_the_version_before_are_known(outline):
    part = outline.parts[1]
    prompt = replace(part.sections[0].prompts[0], key="before", was="past")
    section = replace(
        part.sections[0],
        key="goals/wants",
        was="goals/needs",
        prompts=(prompt, part.sections[0].prompts[1]),
    )
    part = replace(part, sections=(section, part.sections[1]))
    reading = read(small_file(), replace(outline, parts=(outline.parts[0], part)))
    assert answers(reading)["goals/wants", "before"] == "- Steel\n- Coal"
    assert reading.loose[0].section == "goals/wants"


def test_another_template_is_said_and_only_the_same_keys_are_placed(outline):
    file = small_file()
    file["template"]["key"] = "large"
    sections(file)["goals/needs"]["key"] = "goals/other"
    reading = read(file, outline)
    assert kinds(reading)[0] is OddityKind.OTHER_TEMPLATE
    assert answers(reading) == {("opening/preface", "body"): "Relations are close."}
    assert [each.text for each in reading.loose][:2] == [
        "- Steel\n- Coal",
        "Not known: no figures yet.",
    ]


def test_a_section_or_prompt_that_comes_twice_loses_nothing(outline):
    file = small_file(parked=[])
    goals = file["parts"][1]["sections"]
    goals.append(json.loads(json.dumps(goals[0])))
    goals[-1]["answers"][0]["text"] = "Other words."
    goals += [own("goals/a", "A", "a"), own("goals/a", "A", "b")]
    goals[2]["answers"] += [{"key": "more", "label": "", "text": "a more"}]
    goals[-2]["answers"] += [{"key": "body", "label": "", "text": "c"}]
    reading = read(file, outline)
    assert answers(reading)["goals/needs", "past"] == "- Steel\n- Coal"
    assert {each.text for each in reading.loose} >= {"Other words.", "b", "c", "a more"}
    assert kinds(reading).count(OddityKind.ASKED_TWICE) == 2


def test_an_own_section_without_a_title_that_can_be_is_parked(outline):
    file = small_file(parked=[])
    file["parts"][1]["sections"] += [own("goals/a", " ", "a"), own("goals/b", "B" * 201, "b")]
    file["parts"][1]["sections"] += [own(f"goals/n{n}", f"N{n}", f"n{n}") for n in range(101)]
    reading = read(file, outline)
    assert len(reading.own_sections) == 100
    assert [each.text for each in reading.loose] == ["a", "b", "n100"]


def test_what_an_import_cannot_vouch_for_is_said(outline):
    remark = {"section": "goals/needs", "answer": None, "quote": "", "is_resolved": False}
    file = small_file(discussions=[{**remark, "replies": []}], mood="calm")
    file["parts"][0]["sections"][0]["shade\ud800"] = 1
    said = sentences(read(file, outline))
    assert "1 section is approved in the file; an import can't vouch for that" in said
    assert "1 discussion of the file was left off." in said
    assert "keys that no brief has; they were left off: mood, shade\ufffd." in said


def test_a_fact_that_the_cover_does_not_take_is_parked(outline):
    facts = [{"label": "Capital", "value": "Brussels"}, {"label": "Long", "value": "x" * 300}]
    reading = read(small_file(facts=[*facts, {"label": "", "value": "y"}]), outline)
    assert reading.header.facts == (("Capital", "Brussels"),)
    assert {"Long: " + "x" * 300, ": y"} <= {each.text for each in reading.loose}


def with_picture(content, mime_type="image/png"):
    name = sha256(content).hexdigest()
    file = small_file(pictures=[picture(content, name, mime_type)])
    file["parked"][0]["text"] = f"![L](picture:{name})"
    sections(file)["opening/preface"]["answers"][0]["text"] = f"![M](picture:{name}) words"
    return name, file


def test_a_png_of_ours_keeps_its_bytes_and_its_name(outline):
    name, file = with_picture(png())
    reading = read(file, outline)
    assert [(each.sha256, each.content) for each in reading.pictures] == [(name, png())]
    assert answers(reading)["opening/preface", "body"] == f"![M](picture:{name}) words"
    assert not [kind for kind in kinds(reading) if kind is OddityKind.PICTURE]


def test_a_jpeg_is_written_anew_and_the_texts_name_it_as_it_is_then(outline):
    name, file = with_picture(jpeg(), "image/jpeg")
    reading = read_json(json.dumps(file, indent=2), outline)
    new = reading.pictures[0].sha256
    assert new != name
    assert answers(reading)["opening/preface", "body"] == f"![M](picture:{new}) words"
    assert f"![L](picture:{new})" in [each.text for each in reading.loose]
    assert reading.answers[0].line > 1
    assert "1 picture was written anew" in sentences(reading)


def test_a_picture_that_no_text_shows_is_left_off_and_said(outline):
    file = small_file(pictures=[picture(png(), sha256(png()).hexdigest())])
    reading = read(file, outline)
    assert reading.pictures == ()
    assert "No text shows this picture" in sentences(reading)
    file["look"]["house"]["logo"] = file["pictures"][0]["sha256"]
    assert "No text shows this picture" not in sentences(read(file, outline))


def test_lines_are_one_line_of_characters_that_are_seen(outline):
    reading = read(small_file(title=" A \r\n b\x07  c\ud800 ", language="<b>"), outline)
    assert reading.header.title == "A b\ufffd  c\ufffd"
    assert reading.header.language == ""
    assert "“<b>” is the tag of no language" in sentences(reading)
    assert read(small_file(language="zh-Hant-TW"), outline).header.language == "zh-Hant-TW"


def test_the_deepest_text_that_a_brief_writes_is_read(outline):
    document = document_of(read_brief("## Preface\n", OUTLINE))
    deep = "".join("  " * level + "- > - x\n" for level in range(60)) + ">" * 80 + " y"
    part = document.parts[0]
    preface = replace(part.sections[0], answers=(replace(part.sections[0].answers[0], text=deep),))
    document = replace(document, parts=(replace(part, sections=(preface,)),))
    assert read_json(write_json(document), OUTLINE).answers[0].text == normalise(deep)
