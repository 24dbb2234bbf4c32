"""The number on a page is of the words on it, whatever is saved while it is read."""

import pytest

from briefs.drafting import desk as desk_module
from briefs.drafting.desk import Desk
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.mark.parametrize("as_recorded", [False, True])
def test_a_save_while_the_page_is_read(brief, author, monkeypatch, as_recorded):
    section = write(section_of(brief, KEY), author, past="One.")
    asked = desk_module.questions_of

    def save_then_ask(of):
        write(section, author, past="One. Two.")
        monkeypatch.setattr(desk_module, "questions_of", asked)
        return asked(of)

    monkeypatch.setattr(desk_module, "questions_of", save_then_ask)
    desk = Desk(section, as_recorded=as_recorded)
    assert (desk.texts, desk.section.version) == ({"past": "One. Two."}, 2)
    assert desk.started_from.version == 2
