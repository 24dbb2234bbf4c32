"""Files that are no brief, or want to do harm: each gets a plain sentence, and none a traceback."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from briefs.export.json_schema import brief_schema
from briefs.importing.json_values import read_values
from briefs.importing.reading import read_file
from tests.briefs.importing.json_files import picture, sections, small_file
from tests.briefs.importing.stored import OUTLINE
from tests.pictures import png

VALIDATOR = Draft202012Validator(brief_schema(), format_checker=FormatChecker())


def refusal(content: bytes | str) -> str:
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(ValidationError) as refused:
        read_file(content, OUTLINE)
    return " ".join(refused.value.messages)


def spelled(file, **changes) -> str:
    return json.dumps(file | changes)


WHOLE = json.dumps(small_file())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"title": ', "no valid JSON: something is wrong in line 1, at character 11"),
        ('{"a": 1}\n{"b": 2}', "no valid JSON: something is wrong in line 2"),
        (WHOLE[:-40], "no valid JSON"),
        (WHOLE.encode()[:60] + b"\xff", "not UTF-8"),
        (WHOLE.encode("utf-16"), "not a text file"),
        ('{"title": "Belgium"}', "no brief of Chancery"),
        ("{}", "no brief of Chancery"),
        ('[{"title": "Belgium"}]', "no brief of Chancery"),
        ('{"format": ["chancery-brief"]}', "no brief of Chancery"),
        ('{"format": "chancery-brief-archive", "version": 1}', "no brief of Chancery"),
        (spelled(small_file(), version=2), "made by a newer Chancery: it is of version 2"),
        (spelled(small_file(), version=10**400), "made by a newer Chancery: it is of version 1000"),
        (spelled(small_file(), version="1"), "doesn't say of which version"),
        (spelled(small_file(), version=True), "doesn't say of which version"),
        (spelled(small_file(), version=0), "doesn't say of which version"),
        (spelled(small_file(), title=["x"]), "“title” should be a text"),
        (spelled(small_file(), date="24.11.2025"), "“date” should be a date such as 2025-11-24"),
        (spelled(small_file(), date="2025-02-30"), "“date” should be a date such as 2025-11-24"),
        (spelled(small_file(), modified_at="noon"), "“modified_at” should be a time such as"),
        (spelled(small_file(), parts={}), "“parts” should be a list"),
        (spelled(small_file(), parts=[None]), "“parts[0]” should be an object"),
        (spelled(small_file(), text="secret"), "“text” should be one of working, approved"),
        (spelled(small_file(), look={"has_contents": 1}), "“look.has_contents” should be true or"),
        (spelled(small_file(), look={"house": {"colour": "x"}}), "“look.house.colour” should be"),
        (WHOLE.replace('"line": 12', '"line": -1'), "“parked[0].line” should be a whole number"),
        (WHOLE.replace('"line": 12', '"line": 1e999'), "“parked[0].line” should be a whole number"),
        (
            WHOLE.replace('"line": 12', f'"line": {2**63}'),
            "a whole number from 0 to 2,147",
        ),
        (WHOLE.replace('"line": 12', '"line": ' + "9" * 5000), "a number that is too long"),
        (WHOLE.replace('"line": 12', '"line": NaN'), "holds “NaN”, which is no number"),
        (WHOLE.replace('"line": 12', '"line": -Infinity'), "holds “-Infinity”, which is no number"),
        (WHOLE.replace('"title"', '"slug"', 1), "holds “slug” twice"),
        ('{"' + "a" * 200 + '": 1, "' + "a" * 200 + '": 2}', "aaa…” twice"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested deeper than any brief"),
        ('{"a": [' + "1," * 1_500_001 + "1]}", "more values than any brief"),
        ('{"a":' + "[" * 100_000, "nested deeper than any brief"),
        (WHOLE.replace("Relations are close.", "x" * 2**20), "has 1024 KB; a prompt takes 64 KB"),
        (spelled(small_file(), title="x" * 2**20), "“title” has 1,048,576 characters"),
        (spelled(small_file(), subject="x" * 201), "“subject” has 201 characters"),
        (WHOLE.replace("A stray line.", "x" * 10 * 2**20), "The texts of the file have more than"),
        (spelled(small_file(), parts=[]), "doesn't look like a brief"),
        (spelled(small_file(), facts=[{"label": "a", "value": "b"}] * 10_001), "more than 10,000"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(content, sentence):
    assert sentence in refusal(content)


@pytest.mark.parametrize("key", ["title", "template", "parts", "parked", "text"])
def test_a_key_that_is_missing_is_named(key):
    file = small_file()
    del file[key]
    assert f"“{key}” is missing" in refusal(json.dumps(file))


def test_a_file_of_more_than_80_mb_is_refused_before_it_is_read():
    assert "the most that can be imported is 80 MB" in refusal(b'{"a": "' + b"x" * 80 * 2**20)


def test_markdown_is_still_told_from_json():
    assert "the most that can be imported is 2 MB" in refusal(b"x" * (2 * 2**20 + 1))
    assert "doesn't look like a brief" in refusal("{Braces} begin this text, and nothing else.")


def with_pictures(*pictures):
    file = small_file(pictures=list(pictures))
    names = " ".join(f"![x](picture:{each['sha256']})" for each in pictures)
    sections(file)["opening/preface"]["answers"][0]["text"] = names
    return json.dumps(file)


def named(content: bytes):
    return picture(content, sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg onload='alert(1)'/>", "line 1: This file is not a PNG or JPEG picture"),
        (b"", "line 1: This file is empty"),
        (png()[:60], "line 1: This picture is damaged or not complete"),
        (b"GIF89a" + b"\x00" * 40, "line 1: This file is not a PNG or JPEG picture"),
        (png() + b"x" * 5 * 2**20, "line 1: This picture has more than 5 MB"),
    ],
)
def test_a_picture_that_is_none_is_refused(content, sentence):
    assert sentence in refusal(with_pictures(named(content)))


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr("briefs.drafting.picture_file.MAX_PIXELS", 1000)
    assert "more than 40 million pixels" in refusal(with_pictures(named(png())))


def test_a_picture_under_the_name_of_another_is_refused():
    assert "isn't the one that its SHA-256 names" in refusal(
        with_pictures(picture(png(), "a" * 64))
    )
    wrong = {**named(png()), "sha256": "../../x"}
    assert "“pictures[0].sha256” should be of the form" in refusal(with_pictures(wrong))
    wrong = {**named(png()), "content": "no base64!"}
    assert "“pictures[0].content” should be bytes in base64" in refusal(with_pictures(wrong))


def test_more_pictures_than_a_brief_takes_are_refused_before_they_are_decoded():
    pictures = [named(f"{number}".encode()) for number in range(101)]
    assert "has 101 pictures; a brief takes 100" in refusal(with_pictures(*pictures))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2**33),
    st.text(max_size=4),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just(b64encode(png()).decode()),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_the_schema_takes_and_what_the_reader_takes_are_the_same(data):
    """Anything anywhere: the published schema promises neither more nor less."""
    file = small_file(edition={"number": 1, "released_on": "2025-11-24"}, pictures=[named(png())])
    target = file
    while True:
        keys = sorted(target) if isinstance(target, dict) else list(range(len(target)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(target[key], dict | list) and target[key] and data.draw(st.booleans()):
            target = target[key]
            continue
        break
    if key == "blocks":
        return
    target[key] = data.draw(ODD)
    try:
        read_values(json.dumps(file))
    except ValidationError:
        is_read = False
    else:
        is_read = True
    assert is_read == VALIDATOR.is_valid(file)
