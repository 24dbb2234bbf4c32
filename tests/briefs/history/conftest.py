import pytest

from briefs.models import Section
from tests.factories import section_of


@pytest.fixture
def preface(brief) -> Section:
    return section_of(brief, "opening/preface")


@pytest.fixture
def needs(brief) -> Section:
    """A section with two prompts, "past" and "future"."""
    return section_of(brief, "goals/needs")
