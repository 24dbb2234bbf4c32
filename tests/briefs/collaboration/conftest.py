from collections.abc import Iterator

import pytest

from briefs.models import Brief, Section
from tests.briefs.collaboration.client import Typist
from tests.briefs.collaboration.live_server import LiveServer
from tests.factories import section_of


@pytest.fixture
def section(brief: Brief) -> Section:
    """It asks for `past` and `future`."""
    return section_of(brief, "goals/needs")


@pytest.fixture
def server(transactional_db, monkeypatch) -> Iterator[LiveServer]:
    monkeypatch.setattr("briefs.collaboration.watching.POLL", 0.2)  # what it is: test_limits.py
    with LiveServer() as server:
        yield server


@pytest.fixture
def typist(server: LiveServer, section: Section):
    """Pages that are closed at the end: `typist(author)` has a section open and joined."""
    pages: list[Typist] = []

    def page(user, *, is_open: bool = True, **options) -> Typist:
        document = options.pop("document", "")
        opened = Typist(options.pop("at", server), options.pop("in_", section), user, **options)
        pages.append(opened)
        return opened.open(document=document) if is_open else opened

    yield page
    for opened in pages:
        opened.__exit__()
