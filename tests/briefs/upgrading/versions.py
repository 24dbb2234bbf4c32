"""Versions of one small outline, loaded as files are."""

from briefs.brief_templates.actions import load_brief_template
from briefs.brief_templates.outline_file import read_outline
from briefs.models import BriefTemplate

FIRST = """\
key = "desk"
title = "Desk brief"
language = "en"

[[part]]
key = "opening"

[[part.section]]
key = "opening/preface"
title = "Preface"

[[part.section.prompt]]
key = "body"
form = "prose"

[[part]]
key = "goals"
title = "Goals"

[[part.section]]
key = "goals/needs"
title = "Needs"

[[part.section.prompt]]
key = "past"
label = "Past"
form = "points"

[[part.section.prompt]]
key = "future"
label = "Future"
form = "points"

[[part.section]]
key = "goals/health"
title = "Health"

[[part.section.prompt]]
key = "body"
form = "prose"
"""

TRADE = """
[[part.section]]
key = "goals/trade"
title = "Trade"

[[part.section.prompt]]
key = "body"
form = "prose"
"""


def load(text: str) -> BriefTemplate:
    return load_brief_template(read_outline(text), by=None).template


def without(text: str, start: str) -> str:
    """A file without the table whose head and key stand there, and all under it."""
    head, _found, rest = text.partition(start)
    level = start.partition("\n")[0]
    for line in rest.splitlines(keepends=True):
        if line.startswith("[[") and len(line.strip()) <= len(level):
            return head + rest[rest.index(line) :]
    return head
