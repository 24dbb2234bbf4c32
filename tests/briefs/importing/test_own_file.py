"""A file that Chancery wrote, and what somebody may have done to it since."""

from dataclasses import replace

import pytest
from django.conf import settings

from briefs.export.markdown import write_markdown
from briefs.importing.landing import landing
from briefs.importing.reading import read_brief
from briefs.importing.report import OddityKind
from setup.words import catalogs
from tests.briefs.importing.seed import outline
from tests.briefs.importing.stored import OUTLINE, document_of

WRITTEN = """\
## Preface

*In italics, as an answer may be.*

## Goals

### Needs & Wants

**Past:** Old.

**Future plans:** New.

### Mixed Matters

Body.

**Risks:** Few.
"""


TAGS = [path.parent.parent.name.replace("_", "-") for path, _catalog in catalogs()]


def exported(tag="en"):
    return write_markdown(replace(document_of(read_brief(WRITTEN, OUTLINE)), language=tag))


def read(text):
    reading = read_brief(text, OUTLINE)
    answers = {(answer.section, answer.prompt): answer.text for answer in reading.answers}
    return reading, answers


def test_all_of_it_comes_back_and_nothing_is_guessed():
    text = exported().replace("## Preface\n\n", "## Preface\n\n*All in italics.*\n\n**Ends**\n\n")
    reading, answers = read(text)
    assert answers == {
        ("opening/preface", "body"): "*All in italics.*\n\n**Ends**",
        ("goals/needs", "past"): "Old.",
        ("goals/needs", "future-plans"): "New.",
        ("goals/mixed", "body"): "Body.",
        ("goals/mixed", "risks"): "Few.",
    }
    assert (reading.loose, reading.oddities, len(reading.found)) == ((), (), 7)


def test_the_mark_of_a_draft_is_structure_only_under_the_title():
    line = "*DRAFT: working text, not approved.*"
    assert line in exported()
    _reading, answers = read(exported().replace("Body.", f"Body.\n\n{line}"))
    assert answers["goals/mixed", "body"] == f"Body.\n\n{line}"


@pytest.mark.parametrize("tag", ["en", "fa", *TAGS])
def test_the_mark_of_a_draft_is_known_in_every_language(tag):
    other = exported(tag).replace(f"language: {tag}", "language: sv")
    for text in (exported(), exported(tag), other):
        reading, _answers = read(text)
        assert (reading.loose, reading.oddities, len(reading.found)) == ((), (), 7)
        assert write_markdown(replace(document_of(reading), language=tag)) == exported(tag)


def test_a_section_that_was_added_becomes_one_of_the_briefs_own():
    reading, _answers = read(
        exported().replace("## 2. Ends", "### 1.4 Football\n\nBall.\n\n## 2. Ends")
    )
    [own] = reading.own_sections
    assert (own.title, own.text, own.after) == ("Football", "Ball.", "goals/mixed")


def test_a_section_that_stood_first_stands_first_again():
    once = exported().replace("### 1.1 Needs", "### 1.1 Football\n\nBall.\n\n### 1.2 Needs")
    once = once.replace("1.2 Pub", "1.3 Pub").replace("1.3 Mixed", "1.4 Mixed")
    reading, _answers = read(once)
    assert write_markdown(document_of(reading)) == once
    goals = landing(reading, OUTLINE).parts[1]
    assert [each.title for each in goals.sections][:2] == ["Football", "Needs & Wants"]
    [own] = read("---\ntemplate: small 1\n---\n\n## 1. Goals\n\n### Football\n\nB.\n")[
        0
    ].own_sections
    assert not own.is_first


def test_a_heading_that_was_renamed_moved_or_lost_is_still_found():
    text = exported().replace("### 1.1 Needs & Wants", "### 1.1 Needs and Want")
    text = text.replace("#### Future plans\n\nNew.\n\n", "")
    text = text.replace("#### Past", "#### Future plans\n\nNew.\n\n#### Past")
    reading, answers = read(text)
    assert answers["goals/needs", "past"] == "Old."
    assert answers["goals/needs", "future-plans"] == "New."
    assert reading.own_sections == ()


def test_text_under_no_prompt_is_parked_beside_its_section():
    reading, answers = read(exported().replace("#### Past", "Loose.\n\n#### Past", 1))
    assert [(loose.section, loose.text) for loose in reading.loose] == [("goals/needs", "Loose.")]
    assert [oddity.kind for oddity in reading.oddities] == [OddityKind.NO_PLACE]
    assert answers["goals/needs", "past"] == "Old."


def test_text_between_title_and_sections_is_parked_beside_the_brief():
    reading, _answers = read(exported().replace("## Preface", "Loose.\n\n## Preface"))
    assert [(loose.section, loose.text) for loose in reading.loose] == [(None, "Loose.")]


def test_a_deeper_or_unknown_heading_is_text():
    _reading, answers = read(
        exported().replace("Old.", "Old.\n\n##### Deep\n\n#### Unknown\n\nMore.")
    )
    assert answers["goals/needs", "past"] == "Old.\n\n##### Deep\n\n#### Unknown\n\nMore."


def test_a_file_of_another_template_is_read_freely():
    reading, answers = read(exported().replace("template: small 1", "template: large 1"))
    assert answers["goals/needs", "past"] == "Old."
    assert reading.oddities[0].kind is OddityKind.OTHER_TEMPLATE


def test_the_sample_is_read_with_nothing_odd_and_is_a_fixed_point():
    asked = outline()
    sample = settings.BASE_DIR / "briefs" / "importing" / "sample" / "belgium.md"
    reading = read_brief(sample.read_text(encoding="utf-8"), asked)
    assert (reading.oddities, reading.loose, reading.own_sections) == ((), (), ())
    assert len(reading.found) == 40
    once = write_markdown(document_of(reading, asked))
    assert write_markdown(document_of(read_brief(once, asked), asked)) == once


@pytest.mark.parametrize("levels", [9, 10, 12, 13, 30])
@pytest.mark.parametrize("mark", ["- ", "1. ", "> "])
def test_a_list_of_many_levels_swallows_nothing_behind_it(levels, mark):
    indent = 0 if mark == "> " else len(mark)
    deep = "".join(
        " " * indent * level + mark * (1 if indent else level + 1) + "x\n"
        for level in range(levels)
    )
    text = exported().replace("## Preface\n\n", f"## Preface\n\n{deep}\n")
    _reading, answers = read(text)
    assert answers["opening/preface", "body"].count("x") == levels
    assert answers["goals/mixed", "risks"] == "Few."
