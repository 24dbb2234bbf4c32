"""The sample brief is in the canonical form, under the outline's own headings."""

import re

from django.conf import settings

from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.document.text import normalise, not_known_reason

OUTLINE = read_outline(SHIPPED_FILE.read_text("utf-8"))
TEXT = (settings.BASE_DIR / "briefs/importing/sample/belgium.md").read_text("utf-8")
HEADING = re.compile(r"^(#{1,4}) (.+)$", re.MULTILINE)


def outline_headings() -> list[str]:
    """Every heading that a full brief of this outline has, numbers computed."""
    headings = ["# Belgium"]
    for part_number, part in enumerate(OUTLINE.parts):
        if part.title:
            headings.append(f"## {part_number}. {part.title}")
        for number, section in enumerate(part.sections, start=1):
            start = f"### {part_number}.{number}" if part.title else "##"
            headings.append(f"{start} {section.title}")
            headings += [f"#### {prompt.label}" for prompt in section.prompts if prompt.label]
    return headings


def answers() -> list[str]:
    """What stands under each heading."""
    return [normalise(text) for text in HEADING.split(TEXT)[3::3]]


def test_every_heading_is_the_outline_s_in_its_order():
    written = [match[0] for match in HEADING.finditer(TEXT)]
    remaining = iter(outline_headings())
    assert [heading for heading in written if heading not in remaining] == []


def test_every_section_has_its_heading():
    sections = [heading for heading in outline_headings() if not heading.startswith("#### ")]
    assert [heading for heading in sections if f"\n{heading}\n" not in TEXT] == []


def test_some_sections_are_left_to_be_written():
    blocks = re.split(r"^#{2,3} ", TEXT, flags=re.MULTILINE)[1:]
    empty = [block for block in blocks if not HEADING.sub("", "#### " + block).strip()]
    parts = [part.title for part in OUTLINE.parts if part.title]
    assert len(empty) - len(parts) == 5


def test_something_is_not_known_for_a_reason():
    assert [reason for answer in answers() if (reason := not_known_reason(answer))] != []


def test_there_is_a_table_a_footnote_and_a_link():
    assert "| --- |" in TEXT
    assert "[^1]: " in TEXT
    assert "](https://" in TEXT
