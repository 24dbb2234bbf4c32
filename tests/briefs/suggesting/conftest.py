import pytest

from briefs.models import Section, Suggestion
from briefs.review.actions import request_review
from briefs.suggesting.actions import Proposal, make_suggestion
from tests.factories import section_of, write

PAST = "The port of Ghent was dredged twice last year. Exports fell."


@pytest.fixture
def needs(brief, author) -> Section:
    """In review, at revision 1."""
    section = write(section_of(brief, "goals/needs"), author, past=PAST)
    request_review(section, by=author, revision=1)
    return section_of(brief, "goals/needs")


def suggest(section: Section, by, old: str, new: str, **more) -> Suggestion:
    text = section.answers.get(prompt__key="past").text
    proposal = Proposal("past", text.index(old), old, new, **more)
    version = Section.objects.values_list("version", flat=True).get(pk=section.pk)
    return make_suggestion(section, proposal, by=by, revision=version)


@pytest.fixture
def suggestion(needs, editor) -> Suggestion:
    return suggest(needs, editor, "dredged twice", "deepened once", reason="See the report.")


@pytest.fixture
def commenting_viewer(brief, viewer):
    brief.memberships.filter(user=viewer).update(may_comment=True)
    return viewer
