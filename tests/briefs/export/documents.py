"""Documents for the writers' tests, made without a database."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime

from PIL import Image

from briefs.document.tree import (
    AnswerNode,
    Clearance,
    Document,
    Fact,
    LooseKind,
    LooseNode,
    PartNode,
    PictureNode,
    SectionNode,
    TemplateName,
    TextState,
)

CLEARED = Clearance(3, ("Edith Editor", "Emil Editor"), datetime(2025, 10, 5, 9, 30, tzinfo=UTC))


def make_section(
    key: str,
    title: str,
    *answers: AnswerNode,
    number: str = "",
    clearance: Clearance | None = None,
) -> SectionNode:
    return SectionNode(
        key=key,
        number=number,
        title=title,
        status="drafting",
        is_own=False,
        content_hash="0" * 64,
        revision=3 if any(answer.text for answer in answers) else None,
        clearance=clearance,
        answers=answers,
    )


def make_document(answer: str = "Relations are close.", **changes) -> Document:
    """An opening with one section, which holds `answer`, and a part with two: one written under two
    labels and approved, one empty."""
    preface = make_section("opening/preface", "Preface", AnswerNode("body", "", answer))
    needs = make_section(
        "goals/needs",
        "Needs",
        AnswerNode("past", "Past", "- Steel\n- Coal"),
        AnswerNode("future", "Future", "Not known: no figures yet."),
        number="1.1",
        clearance=CLEARED,
    )
    health = make_section("goals/health", "Health", AnswerNode("body", "", ""), number="1.2")
    document = Document(
        slug="belgium",
        title="Belgium",
        subject="Kingdom of Belgium",
        country="BE",
        language="en",
        reference="CB/2025/014",
        marking="UNCLASSIFIED",
        date=date(2025, 11, 24),
        modified_at=datetime(2025, 11, 20, 12, tzinfo=UTC),
        facts=(Fact("Capital", "Brussels"),),
        prepared_by=("Ada Author", "Ben Author"),
        template=TemplateName("country-brief", 1, "Country brief"),
        text=TextState.WORKING,
        parts=(
            PartNode("opening", None, "", (preface,)),
            PartNode("goals", 1, "Goals", (needs, health)),
        ),
        loose=(LooseNode(LooseKind.PARKED, "goals/needs", "A stray line.", 12),),
    )
    return replace(document, **changes)


def make_picture(width: int, height: int, kind: str = "PNG") -> PictureNode:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(stream, kind)
    content = stream.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    return PictureNode(sha256, f"image/{kind.lower()}", width, height, content)
