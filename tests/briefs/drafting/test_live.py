"""What a section's room asks of drafting."""

import pytest

from briefs.document.text import size
from briefs.drafting.live import bytes_beside, name_typed_text_of, open_live_text, sections_ahead
from briefs.live_text.log import load
from briefs.models import Section
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.fixture
def section(brief) -> Section:
    return section_of(brief, KEY)


def test_a_log_is_opened_once_with_the_text_that_is_there(section, author):
    section = write(section, author, past="Saved.")
    open_live_text(section.pk)
    document = load(section.pk).document
    open_live_text(section.pk)
    assert load(section.pk).document == document
    assert load(section.pk).text.texts()["past"] == "Saved."


def test_an_empty_section_can_be_opened(section):
    open_live_text(section.pk)
    assert load(section.pk).text.texts() == {"past": "", "future": ""}
    assert sections_ahead() == []


def test_no_log_is_opened_of_a_section_that_is_not_there(section):
    with pytest.raises(Section.DoesNotExist):
        open_live_text(section.pk + 1000)


def test_typed_text_is_named_once(section, author):
    type_into(section, author, past="Typed.")
    assert sections_ahead() == [section.pk]
    assert name_typed_text_of(section.pk) == 1
    assert sections_ahead() == []
    assert name_typed_text_of(section.pk) is None


def test_what_comes_to_nothing_has_no_number(section, author):
    write(section, author, past="One.")
    type_into(section, author, past="One. Two.")
    type_into(section, author, past="One.")
    assert name_typed_text_of(section.pk) is None
    assert sections_ahead() == []


def test_the_bytes_beside_are_those_of_the_other_sections(brief, section, author):
    write(section, author, past="Mine.")
    write(section_of(brief, "opening/preface"), author, "Übrige.")
    assert bytes_beside(section.pk) == size("Übrige.")
