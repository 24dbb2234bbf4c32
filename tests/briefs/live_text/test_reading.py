"""The text that is being typed, and the number up to which it goes, are of one moment."""

import pytest

from briefs.drafting.actions import save_section
from briefs.drafting.desk import Desk
from briefs.live_text import reading
from briefs.live_text.log import load, text_at
from briefs.live_text.reading import tidy_texts, typed_texts
from briefs.models import Section
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(brief) -> Section:
    return section_of(brief, "goals/needs")


@pytest.fixture
def _somebody_types_on(section, author, monkeypatch) -> None:
    """Between the reading of the log's head and that of its edits."""
    read_heads = reading.read_heads

    def type_and_read(heads, prompts):
        type_into(section, author, past="One. Two.\n\nMiddle.\n\nLast. More. Again.")
        return read_heads(heads, prompts)

    type_into(section, author, past="One. Two.\n\nMiddle.\n\nLast.")
    monkeypatch.setattr(reading, "read_heads", type_and_read)


@pytest.mark.usefixtures("_somebody_types_on")
def test_an_edit_that_comes_while_the_text_is_read_is_not_in_it(brief, section):
    typed = typed_texts([section_of(brief, section.key)])[section.pk]
    assert typed.texts == {"past": "One. Two.\n\nMiddle.\n\nLast."}
    assert typed.texts == tidy_texts(text_at(section, typed.seq))


@pytest.mark.usefixtures("_somebody_types_on")
def test_a_form_does_not_bring_such_an_edit_a_second_time(section, author, second_author):
    desk = Desk(section)
    mine = {"past": desk.texts["past"].replace("Middle.", "Middle. Mine.")}
    start = desk.started_from
    save_section(section, mine, by=second_author, started_from=start.version, typed_up_to=start.seq)
    text = "One. Two.\n\nMiddle. Mine.\n\nLast. More. Again."
    assert load(section.pk).text.texts()["past"] == text
