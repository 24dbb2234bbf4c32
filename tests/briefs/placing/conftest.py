import pytest

from briefs.models import Brief, LooseText


@pytest.fixture
def loose(brief: Brief) -> LooseText:
    """Imported text that waits beside the section Needs."""
    text = "First paragraph.\n\nSecond paragraph.\n\nThird paragraph."
    return LooseText.objects.create(
        brief=brief,
        section=brief.sections.get(key="goals/needs"),
        kind=LooseText.Kind.PARKED,
        text=text,
        original=text,
        source="old.md",
        line=12,
    )
