import pytest

from briefs.models import Section
from tests.factories import section_of


@pytest.fixture
def preface(brief) -> Section:
    return section_of(brief, "opening/preface")


@pytest.fixture
def strict(preface) -> Section:
    """The preface, with two sign-offs needed."""
    preface.section_template.sign_offs_needed = 2
    preface.section_template.save()
    return preface
