"""What a brief would be if a reading were stored, without a database: for tests of many texts."""

from itertools import groupby

from briefs.document.outline import Outline, OutlinePart, OutlinePrompt, OutlineSection, PromptForm
from briefs.document.tree import (
    AnswerNode,
    Document,
    Fact,
    PartNode,
    SectionNode,
    TemplateName,
    TextState,
)
from briefs.importing.report import Reading

POINTS = PromptForm.POINTS


def section(key: str, title: str, *labels: str, body: bool = False) -> OutlineSection:
    prompts = [OutlinePrompt("body", "", POINTS)] if body or not labels else []
    prompts += [
        OutlinePrompt(label.lower().replace(" ", "-"), label, POINTS, f"Say what {label} is.")
        for label in labels
    ]
    return OutlineSection(key, title, f"Guidance for the section {title}.", tuple(prompts))


OUTLINE = Outline(
    "small",
    "Small brief",
    "en",
    (
        OutlinePart(
            "opening",
            "",
            (section("opening/preface", "Preface"), section("opening/help", "How Can They Help?")),
        ),
        OutlinePart(
            "goals",
            "Goals",
            (
                section("goals/needs", "Needs & Wants", "Past", "Future plans"),
                section("goals/health", "Public Health"),
                section("goals/mixed", "Mixed Matters", "Risks", body=True),
            ),
        ),
        OutlinePart(
            "ends",
            "Ends",
            (
                section("ends/help", "How Can They Help?", "Past"),
                section("ends/visas", "Visa Rules for U.S. Citizens"),
            ),
        ),
    ),
)


def document_of(reading: Reading, outline: Outline = OUTLINE) -> Document:
    texts = {(answer.section, answer.prompt): answer.text for answer in reading.answers}
    header = reading.header
    return Document(
        slug="x",
        title=header.title or "Untitled",
        subject=header.subject or "Subject",
        country=header.country,
        language=header.language or "en",
        reference=header.reference,
        marking=header.marking,
        date=header.date,
        modified_at=None,
        facts=tuple(Fact(label, value) for label, value in header.facts),
        prepared_by=(),
        template=TemplateName(outline.key, 1, outline.title),
        text=TextState.WORKING,
        parts=tuple(_parts(reading, outline, texts)),
        loose=(),
    )


def _parts(reading: Reading, outline: Outline, texts: dict[tuple[str, str], str]):
    number = 0
    for part in outline.parts:
        number += bool(part.title)
        asked = [
            (
                each.key,
                each.title,
                tuple(
                    AnswerNode(prompt.key, prompt.label, texts.get((each.key, prompt.key), ""))
                    for prompt in each.prompts
                ),
            )
            for each in part.sections
        ]
        own = [each for each in reading.own_sections if each.part == part.key]
        by_anchor = {
            key: list(group)
            for key, group in groupby(
                sorted(own, key=lambda each: each.after or ""), lambda each: each.after
            )
        }
        first = [each for each in by_anchor.pop(None, []) if each.is_first]
        rows = [_own(each) for each in first]
        for key, title, answers in asked:
            rows.append((key, title, answers))
            rows += [_own(each) for each in by_anchor.get(key, [])]
        # Behind no section: at the end of the part, as `add_own_section` puts it.
        rows += [_own(each) for each in own if each.after is None and not each.is_first]
        nodes = tuple(
            SectionNode(
                key=key,
                number=f"{number}.{place}" if part.title else "",
                title=title,
                status="drafting",
                is_own=key.startswith("own-"),
                content_hash="",
                revision=None,
                clearance=None,
                answers=answers,
            )
            for place, (key, title, answers) in enumerate(rows, start=1)
        )
        yield PartNode(part.key, number if part.title else None, part.title, nodes)


def _own(each):
    return each.key, each.title, (AnswerNode("body", "", each.text),)
