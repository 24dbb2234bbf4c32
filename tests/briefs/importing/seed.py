"""The seed: a real brief with the faults that such papers have. It is read, never copied."""

import re

from django.conf import settings

from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.document.outline import Outline
from briefs.importing.report import Reading

SEED_FILE = settings.BASE_DIR.parent / "shared" / "seeds" / "belgium.md"


def seed() -> str:
    return SEED_FILE.read_text(encoding="utf-8")


def outline() -> Outline:
    return read_outline(SHIPPED_FILE.read_text(encoding="utf-8"))


def words_by_prompt(reading: Reading) -> dict[tuple[str, str], list[str]]:
    """What each prompt got, without regard to bullets and indents."""
    return {
        (answer.section, answer.prompt): re.findall(r"[^\W_]+", answer.text)
        for answer in reading.answers
    }
