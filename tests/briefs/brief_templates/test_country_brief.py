import re

import pytest
from django.conf import settings

from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.document.outline import OutlinePrompt, PromptForm, Range

SEED = settings.BASE_DIR.parent / "shared" / "seeds" / "belgium.md"
OUTLINE = read_outline(SHIPPED_FILE.read_text("utf-8"))
SECTIONS = [section for part in OUTLINE.parts for section in part.sections]

PART = re.compile(r"## \d+\. (.+)")
SECTION = re.compile(r"(?:### \*\*|\*\*|## \d\. )(.+?):?(?:\*\*)?")
LABEL = re.compile(r"- \*\*([^*]+?)(?::\*\*.*|\*\*)")


def prompt(section_key: str, prompt_key: str) -> OutlinePrompt:
    section = next(section for section in SECTIONS if section.key == section_key)
    return next(prompt for prompt in section.prompts if prompt.key == prompt_key)


def seed_outline() -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The seed's parts with their sections and the labels in these, as a reader sees them."""
    parts: list[tuple[str, list[tuple[str, list[str]]]]] = [("", [])]
    before = ""
    for line in SEED.read_text("utf-8").splitlines():
        part, section, label = (kind.fullmatch(line) for kind in (PART, SECTION, LABEL))
        if part and before == "---":
            parts.append((part[1], []))
        elif section:
            parts[-1][1].append((section[1], []))
        elif label:
            parts[-1][1][-1][1].append(label[1])
        before = line or before
    return parts


def test_an_opening_and_four_parts_of_4_3_7_and_22_sections():
    assert [len(part.sections) for part in OUTLINE.parts] == [4, 4, 3, 7, 22]
    assert [bool(part.title) for part in OUTLINE.parts] == [False, True, True, True, True]


@pytest.mark.skipif(not SEED.exists(), reason="the seed brief isn't beside this checkout")
def test_titles_and_labels_are_those_of_the_seed():
    shipped = [
        (
            part.title,
            [
                (section.title, [prompt.label for prompt in section.prompts if prompt.label])
                for section in part.sections
            ],
        )
        for part in OUTLINE.parts
    ]
    assert shipped == seed_outline()


@pytest.mark.skipif(not SEED.exists(), reason="the seed brief isn't beside this checkout")
def test_no_guidance_is_the_seed_s_prose():
    seed = " ".join(re.sub(r"[^\w\s]", "", SEED.read_text("utf-8").lower()).split())
    texts = [section.guidance for section in SECTIONS]
    texts += [prompt.guidance for section in SECTIONS for prompt in section.prompts]
    for text in texts:
        words = re.sub(r"[^\w\s]", "", text.lower()).split()
        runs = [" ".join(words[start : start + 7]) for start in range(len(words) - 6)]
        assert not [run for run in runs if run in seed]


def test_a_section_without_labels_has_a_body():
    for section in SECTIONS:
        if any(not prompt.label for prompt in section.prompts):
            assert [prompt.key for prompt in section.prompts] == ["body"]


def test_every_section_and_prompt_is_guided():
    assert [section.key for section in SECTIONS if not section.guidance] == []
    assert [p.key for section in SECTIONS for p in section.prompts if not p.guidance] == []


def test_keys_are_paths_below_their_part():
    for part in OUTLINE.parts:
        assert all(section.key.startswith(f"{part.key}/") for section in part.sections)


def test_crises_ask_for_four_paragraphs_in_full_sentences():
    crises = prompt("opening/crises", "body")
    assert crises.form is PromptForm.PROSE
    assert crises.paragraphs == Range(4, 4)


def test_agreements_are_asked_for_as_a_complete_list_with_the_label_s_full_stops():
    agreements = prompt("challenges/governance", "agreements")
    assert agreements.form is PromptForm.COMPLETE_LIST
    assert agreements.label.endswith("in together. List them all.")
