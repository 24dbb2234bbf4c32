import pytest

from briefs.models import Brief
from tests.briefs.upgrading.versions import FIRST, load
from tests.factories import add_member, make_brief


@pytest.fixture
def desk(db, viewer, author, second_author, editor, manager) -> Brief:
    """A brief at the first version of an outline that has more."""
    brief = make_brief(load(FIRST))
    for user, role in [
        (viewer, "viewer"),
        (author, "author"),
        (second_author, "author"),
        (editor, "editor"),
        (manager, "manager"),
    ]:
        add_member(brief, user, role)
    return brief
