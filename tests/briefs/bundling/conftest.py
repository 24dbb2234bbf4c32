import pytest

from briefs.models import Brief
from tests.factories import add_member, approve, make_brief, release, section_of


@pytest.fixture
def two(brief, template, author, editor, manager) -> list[Brief]:
    other = make_brief(template, title="Chad")
    add_member(other, manager, "manager")
    approve(section_of(brief, "goals/needs"), author, editor, "The port is old.")
    release(brief, manager)
    return [brief, other]
