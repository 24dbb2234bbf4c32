import dataclasses
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from briefs.brief_templates import draft_tree
from briefs.brief_templates.differences import differences
from briefs.brief_templates.outline_file import SHIPPED_FILE, OutlineError, digest, read_outline
from briefs.brief_templates.outline_values import write_outline
from briefs.document.outline import (
    Outline,
    OutlinePart,
    OutlinePrompt,
    OutlineSection,
    PromptForm,
    Range,
)
from briefs.document.text import normalise

SHIPPED = read_outline(SHIPPED_FILE.read_text("utf-8"))


def _one_line(text: str) -> str:
    return " ".join(normalise(text).split())


_letters = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30
).map(_one_line)
_titles = _letters.filter(bool)
_paragraph = st.text(
    st.sampled_from("ab \"\\#'“é=[]-1") | st.characters(blacklist_categories=("Cs", "Cc")),
    max_size=260,
).map(_one_line)
_guidance = st.lists(_paragraph.filter(bool), max_size=3).map("\n\n".join)
_ends = st.none() | st.integers(1, 400)
_ranges = st.tuples(_ends, _ends).map(
    lambda ends: Range(ends[1], ends[0]) if (ends[0] or 0) > (ends[1] or 400) else Range(*ends)
)


@st.composite
def outlines(draw) -> Outline:
    """Any outline that the loader takes."""
    parts = []
    number = 0
    for place in range(draw(st.integers(1, 3))):
        sections = []
        for _section in range(draw(st.integers(1, 3))):
            number += 1
            prompts = [
                OutlinePrompt(
                    f"p{at}",
                    f"{draw(_titles)} {at}" if at else draw(st.just("") | _titles),
                    draw(st.sampled_from(PromptForm)),
                    draw(_guidance),
                    draw(_ranges),
                    draw(_ranges),
                    draw(st.sampled_from(["", f"old-{at}"])),
                )
                for at in range(draw(st.integers(1, 3)))
            ]
            sections.append(
                OutlineSection(
                    f"a/s{number}",
                    f"{draw(_titles)} {number}",
                    draw(_guidance),
                    tuple(prompts),
                    draw(_ranges),
                    draw(st.integers(1, 9)),
                    draw(st.sampled_from(["", f"b/old-{number}"])),
                )
            )
        title = f"{draw(_titles)} {place}" if place else draw(st.just("") | _titles)
        parts.append(OutlinePart(f"part-{place}", title, tuple(sections)))
    return Outline("an-outline", draw(_titles), "en", tuple(parts))


@given(outlines())
def test_what_is_written_is_read_as_the_same_outline(outline):
    text = write_outline(outline)
    tomllib.loads(text)
    try:
        again = read_outline(text)
    except OutlineError as error:
        raise AssertionError(str(error)) from error
    assert again == outline
    assert digest(again) == digest(outline)
    assert write_outline(again) == text


@given(outlines())
def test_a_draft_holds_the_outline_that_it_was_made_of(outline):
    tree = draft_tree.tree_of(outline)
    checked = draft_tree.check(draft_tree.from_plain(draft_tree.to_plain(tree)))
    assert not checked.mistakes
    assert checked.outline == without_former_keys(outline)
    assert differences(outline, checked.outline) == []


def without_former_keys(outline: Outline) -> Outline:
    parts = [
        dataclasses.replace(
            part,
            sections=tuple(
                dataclasses.replace(
                    section,
                    was="",
                    prompts=tuple(dataclasses.replace(each, was="") for each in section.prompts),
                )
                for section in part.sections
            ),
        )
        for part in outline.parts
    ]
    return dataclasses.replace(outline, parts=tuple(parts))


def test_the_shipped_outline_comes_back_from_its_file():
    assert read_outline(write_outline(SHIPPED)) == SHIPPED


def test_long_guidance_is_written_over_several_lines():
    assert max(map(len, write_outline(SHIPPED).splitlines())) <= 120
